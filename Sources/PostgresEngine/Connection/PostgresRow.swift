import CPostgres

/// A row of a result in the binary format. Valid during the call that it is passed to.
struct PostgresRow {
  let library: CPGFunctions
  let result: OpaquePointer
  let row: Int32

  /// The bytes of a column; empty for null.
  func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
    guard let start = library.PQgetvalue(result, row, column) else {
      return UnsafeRawBufferPointer(start: nil, count: 0)
    }
    return UnsafeRawBufferPointer(start: start, count: Int(library.PQgetlength(result, row, column)))
  }

  func isNull(_ column: Int32) -> Bool { library.PQgetisnull(result, row, column) != 0 }

  /// A number of two, four or eight bytes; nil for null and for anything else.
  func integer(_ column: Int32) -> Int64? {
    if isNull(column) { return nil }
    let bytes = bytes(column)
    return switch bytes.count {
    case 8: Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
    case 4: Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self)))
    case 2: Int64(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self)))
    case 1: Int64(bytes[0])
    default: nil
    }
  }

  func integer(orZero column: Int32) -> Int64 { integer(column) ?? 0 }
  func bool(_ column: Int32) -> Bool { integer(column) == 1 }
  func text(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }
  func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }
}
