import CandidateSearch

/// A text in pieces, some of which match the query.
struct MarkedText {
  struct Piece {
    let text: String
    let isMatch: Bool
  }

  private(set) var pieces: [Piece]

  init(_ text: String) { pieces = text.isEmpty ? [] : [Piece(text: text, isMatch: false)] }

  /// A text with ranges that match, in bytes of UTF-8.
  init(_ text: String, _ ranges: [Range<Int>]) {
    let bytes = Array(text.utf8)
    pieces = []
    var place = 0
    for range in ranges where range.lowerBound >= place && range.upperBound <= bytes.count {
      append(bytes[place..<range.lowerBound], isMatch: false)
      append(bytes[range], isMatch: true)
      place = range.upperBound
    }
    append(bytes[place...], isMatch: false)
  }

  var isEmpty: Bool { pieces.isEmpty }
  var hasMatch: Bool { pieces.contains(where: \.isMatch) }

  private mutating func append(_ bytes: ArraySlice<UInt8>, isMatch: Bool) {
    if !bytes.isEmpty { pieces.append(Piece(text: String(decoding: bytes, as: UTF8.self), isMatch: isMatch)) }
  }

  /// Both texts with a space between.
  static func + (a: MarkedText, b: MarkedText) -> MarkedText {
    var joined = a
    if !a.isEmpty, !b.isEmpty { joined.pieces.append(Piece(text: " ", isMatch: false)) }
    joined.pieces += b.pieces
    return joined
  }
}

/// The values of a candidate with the ranges of its highlights.
struct MarkedValues {
  private var ranges: [Field.ID: [Int: [Range<Int>]]] = [:]
  let candidate: Candidate

  init(_ hit: Hit) {
    candidate = hit.candidate
    for highlight in hit.highlights {
      ranges[highlight.field, default: [:]][highlight.value] = highlight.ranges
    }
  }

  /// The values of a field.
  func values(of field: Field.ID) -> [MarkedText] {
    candidate.values(of: field).enumerated().map { MarkedText($1, ranges[field]?[$0] ?? []) }
  }

  /// The first value of a field; nil without one.
  func value(of field: Field.ID) -> MarkedText? { values(of: field).first.flatMap { $0.isEmpty ? nil : $0 } }

  /// The values of a field that match.
  func matches(of field: Field.ID) -> [MarkedText] {
    ranges[field] == nil ? [] : values(of: field).filter(\.hasMatch)
  }

  /// The name as it is written, family name first where its script does so.
  var name: MarkedText {
    let first = value(of: .firstName) ?? MarkedText("")
    let last = value(of: .lastName) ?? MarkedText("")
    return Script.writesFamilyNameFirst(candidate.lastName ?? "") ? last + first : first + last
  }
}
