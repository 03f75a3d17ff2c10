/// A parameter of a statement.
enum PostgresValue: Sendable {
  case null
  case integer(Int64)
  case text(String)
  case bytes([UInt8])
  case integers([Int64])
  /// Elements without a zero byte.
  case byteStrings([[UInt8]])

  /// The parameter as libpq takes it: its bytes, and whether they are in the binary format.
  var encoded: (bytes: [UInt8], isBinary: Bool)? {
    switch self {
    case .null: nil
    case .integer(let value): (Array("\(value)".utf8) + [0], false)
    case .text(let text): (Array(text.utf8) + [0], false)
    case .bytes(let bytes): (bytes, true)
    case .integers(let values):
      (Self.array(of: 20, values.count) { write in for value in values { write.integer(value) } }, true)
    case .byteStrings(let values):
      (Self.array(of: 17, values.count) { write in for value in values { write.bytes(value) } }, true)
    }
  }

  /// An array of one dimension in the binary format, of elements of a type.
  private static func array(
    of type: Int32, _ count: Int, _ writeElements: (inout BinaryWriter) -> Void
  ) -> [UInt8] {
    var writer = BinaryWriter()
    writer.raw(Int32(count == 0 ? 0 : 1))
    writer.raw(Int32(0))
    writer.raw(type)
    if count > 0 {
      writer.raw(Int32(count))
      writer.raw(Int32(1))
      writeElements(&writer)
    }
    return writer.buffer
  }
}

/// Writes values in PostgreSQL's binary format: parameters and rows of COPY.
struct BinaryWriter {
  private(set) var buffer: [UInt8] = []

  init(capacity: Int = 64) { buffer.reserveCapacity(capacity) }

  /// A number without a length before it.
  mutating func raw(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.bigEndian) { buffer.append(contentsOf: $0) }
  }
  mutating func raw(_ bytes: some Sequence<UInt8>) { buffer.append(contentsOf: bytes) }

  mutating func null() { raw(Int32(-1)) }
  mutating func integer(_ value: Int64) {
    raw(Int32(8))
    raw(value)
  }
  mutating func integer(_ value: Int64?) {
    if let value { integer(value) } else { null() }
  }
  mutating func int32(_ value: Int32) {
    raw(Int32(4))
    raw(value)
  }
  mutating func bytes(_ bytes: some Collection<UInt8>) {
    raw(Int32(bytes.count))
    raw(bytes)
  }
  mutating func text(_ text: String) { bytes(text.utf8) }

  /// Removes everything, and keeps the memory.
  mutating func removeAll() { buffer.removeAll(keepingCapacity: true) }
}
