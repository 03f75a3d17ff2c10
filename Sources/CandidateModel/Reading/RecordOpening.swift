/// How a record opens in the midst of a line: a brace after a comma or a closing brace, and the name of a first member
/// that records of this input begin with. Where none is known, any name.
struct RecordOpening {
  /// A decision examines at most this many bytes on either side of a brace.
  static let reach = 512
  private static let maximumNames = 8
  private static let maximumNameLength = 128

  /// Names of first members with their quotes, the last seen first.
  private var names: [[UInt8]] = []

  /// Notes how a whole record opens.
  mutating func learn(from record: UnsafeRawBufferPointer) {
    let open = record.dropFirst().drop(while: isWhiteSpace)
    if let last = names.first, open.starts(with: last) { return }
    guard let name = Self.name(in: record, after: 0), !name.isEmpty else { return }
    names.removeAll { $0.elementsEqual(name) }
    names.insert(Array(name), at: 0)
    if names.count > Self.maximumNames { names.removeLast() }
  }

  /// These openings, and that of an object which turned out to be broken, if its first member has a whole name.
  func including(_ object: UnsafeRawBufferPointer) -> RecordOpening {
    var opening = self
    opening.learn(from: UnsafeRawBufferPointer(rebasing: object.prefix(Self.reach)))
    return opening
  }

  /// Whether a record opens at a brace; nil where more bytes are needed to decide.
  func matches(_ bytes: UnsafeRawBufferPointer, at brace: Int) -> Bool? {
    let before = bytes[max(0, brace - Self.reach)..<brace].last { !isWhiteSpace($0) }
    guard before == UInt8(ascii: ",") || before == UInt8(ascii: "}") else { return false }
    guard let name = Self.name(in: bytes, after: brace) else { return nil }
    return !name.isEmpty && (names.isEmpty || names.contains { $0.elementsEqual(name) })
  }

  /// Whether a member's name and a colon come after a place.
  static func isMember(_ bytes: UnsafeRawBufferPointer, after place: Int) -> Bool {
    name(in: bytes, after: place)?.isEmpty == false
  }

  /// The name of the first member after a brace, with its quotes and followed by a colon; empty where there is none, nil
  /// where more bytes are needed to decide.
  private static func name(in bytes: UnsafeRawBufferPointer, after brace: Int) -> Slice<
    UnsafeRawBufferPointer
  >? {
    let near = bytes[(brace + 1)...].prefix(reach)
    let isWhole = near.count == reach
    let none = bytes[0..<0]
    guard let open = near.firstIndex(where: { !isWhiteSpace($0) }) else { return isWhole ? none : nil }
    guard near[open] == UInt8(ascii: "\"") else { return none }
    let text = near[(open + 1)...].prefix(maximumNameLength)
    guard let close = text.firstIndex(of: UInt8(ascii: "\"")) else {
      return isWhole || text.count == maximumNameLength ? none : nil
    }
    guard let colon = near[(close + 1)...].first(where: { !isWhiteSpace($0) }) else {
      return isWhole ? none : nil
    }
    return colon == UInt8(ascii: ":") ? near[open...close] : none
  }
}
