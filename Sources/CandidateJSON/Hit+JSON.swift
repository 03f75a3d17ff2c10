import CandidateModel
import CandidateSearch

extension Hit {
  /// The stored record on one line, with an additional member `_match`: the tier, the reason if there is one, the
  /// connector, and the matching fields and ranges, in bytes of UTF-8 of each field's value. Line breaks between members
  /// of the record are replaced by spaces.
  ///
  /// - Parameters:
  ///   - record: The record's text; that of `candidate` if nil. A part of it, for example.
  ///   - includesHighlights: Whether `_match` contains fields and ranges, which take some ten microseconds, and the reason
  ///     of other forms of words (the tiers `variant` and `initials`), which takes longer.
  public func json(record: [UInt8]? = nil, includesHighlights: Bool = true) -> [UInt8] {
    var bytes: [UInt8] = []
    appendJSON(to: &bytes, record: record, includesHighlights: includesHighlights)
    return bytes
  }

  /// Appends `json(record:includesHighlights:)`.
  public func appendJSON(
    to bytes: inout [UInt8], record: [UInt8]? = nil, includesHighlights: Bool = true
  ) {
    let start = bytes.count
    if let record { bytes += record } else { candidate.appendJSON(to: &bytes) }
    // Raw line breaks occur only between members: JSON requires them to be escaped in strings.
    bytes.withUnsafeMutableBufferPointer { bytes in
      for i in start..<bytes.count {
        let byte = bytes[i]
        bytes[i] = byte == 0x0A || byte == 0x0D ? 0x20 : byte
      }
    }
    if let end = bytes[start...].lastIndex(of: UInt8(ascii: "}")) { bytes.removeSubrange(end...) }
    while bytes.count > start, bytes.last == 0x20 || bytes.last == 0x09 { bytes.removeLast() }
    let isEmpty = bytes.count > start && bytes.last == UInt8(ascii: "{")
    bytes += (isEmpty ? "\"_match\":" : ",\"_match\":").utf8
    match(includesHighlights: includesHighlights).append(to: &bytes)
    bytes.append(UInt8(ascii: "}"))
  }

  private func match(includesHighlights: Bool) -> JSONValue {
    var members: [(String, JSONValue)] = [("tier", .string(tier.rawValue))]
    if includesHighlights || !tier.isOfVariants {
      members += reason.map { [("reason", .string($0))] } ?? []
    }
    members.append(("connector", .string(connector)))
    guard includesHighlights else { return .object(members) }
    var fields: [String] = []
    for highlight in highlights where !fields.contains(highlight.field.rawValue) {
      fields.append(highlight.field.rawValue)
    }
    members.append(("fields", .list(fields.map { .string($0) })))
    members.append(("highlights", .list(highlights.map(\.json))))
    return .object(members)
  }
}

extension Highlight {
  /// The field, the number of its value, and the ranges.
  public var json: JSONValue {
    .object([
      ("field", .string(field.rawValue)), ("value", .number(value)),
      ("ranges", .list(ranges.map { .list([.number($0.lowerBound), .number($0.upperBound)]) })),
    ])
  }
}
