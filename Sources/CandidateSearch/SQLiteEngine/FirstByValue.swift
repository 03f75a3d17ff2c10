import Foundation

/// The first of the rows that are added, by their values, then by their docids; rows without a value come last. The cost
/// is constant for each row.
struct FirstByValue {
  /// A row by the bytes of its value. An unsigned number in big-endian order is compared as bytes are.
  private struct Row {
    let docid: Int64
    let key: [UInt8]?
  }

  private let limit: Int
  private let isAscending: Bool
  private let isOfNames: Bool
  /// Only rows after this one are added.
  private let after: Row?
  private var rows: [Row] = []
  /// A row that is not before this one is no longer among the first.
  private var last: Row?

  /// - Parameter after: the value and the docid after which rows are added.
  init(limit: Int, isAscending: Bool, isOfNames: Bool, after: (value: SortPosition.Value, docid: Int64)?) {
    self.limit = max(0, limit)
    self.isAscending = isAscending
    self.isOfNames = isOfNames
    self.after = after.map { after in
      let key: [UInt8]? =
        switch after.value {
        case .none: nil
        case .name(let name): Array(name.utf8)
        case .time(let time): Self.key(time)
        }
      return Row(docid: after.docid, key: key)
    }
  }

  /// The first rows, in order, at most `limit`.
  var all: [(Int64, SortPosition.Value)] {
    sorted.prefix(limit).map { row in
      guard let key = row.key else { return (row.docid, .none) }
      return (row.docid, isOfNames ? .name(String(decoding: key, as: UTF8.self)) : .time(Self.time(key)))
    }
  }

  mutating func add(_ docid: Int64, time: Int64?) {
    guard let time else { return add(docid, bytes: nil) }
    withUnsafeBytes(of: Self.bigEndian(time)) { add(docid, bytes: $0) }
  }

  mutating func add(_ docid: Int64, name: UnsafeRawBufferPointer?) { add(docid, bytes: name) }

  private mutating func add(_ docid: Int64, bytes: UnsafeRawBufferPointer?) {
    guard limit > 0, last.map({ isBefore(docid, bytes, $0) }) ?? true,
      after.map({ !isBefore(docid, bytes, $0) && docid != $0.docid }) ?? true
    else { return }
    rows.append(Row(docid: docid, key: bytes.map(Array.init)))
    // Sorted once for each `limit` rows.
    if rows.count - limit >= limit {
      rows = Array(sorted.prefix(limit))
      last = rows.last
    }
  }

  private var sorted: [Row] {
    rows.sorted { a, b in
      a.key.map { key in key.withUnsafeBytes { isBefore(a.docid, $0, b) } } ?? isBefore(a.docid, nil, b)
    }
  }

  /// Whether a row comes before another.
  private func isBefore(_ docid: Int64, _ bytes: UnsafeRawBufferPointer?, _ other: Row) -> Bool {
    guard let bytes else { return other.key == nil && docid < other.docid }
    guard let key = other.key else { return true }
    let order = key.withUnsafeBytes { Self.compare(bytes, $0) }
    return order == 0 ? docid < other.docid : (order < 0) == isAscending
  }

  /// As SQLite compares texts: by their bytes.
  private static func compare(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Int {
    if let x = a.baseAddress, let y = b.baseAddress {
      let order = memcmp(x, y, min(a.count, b.count))
      if order != 0 { return Int(order) }
    }
    return a.count - b.count
  }

  // MARK: - Times as keys

  /// A time as a number whose bytes are in its order.
  private static func bigEndian(_ time: Int64) -> UInt64 {
    (UInt64(bitPattern: time) ^ (1 << 63)).bigEndian
  }

  private static func key(_ time: Int64) -> [UInt8] { withUnsafeBytes(of: bigEndian(time)) { Array($0) } }

  private static func time(_ key: [UInt8]) -> Int64 {
    Int64(bitPattern: key.reduce(0) { $0 << 8 | UInt64($1) } ^ (1 << 63))
  }
}
