import CandidateModel
import CandidateQuery

/// How the values of a field are read from a candidate.
package enum FieldValues: Sendable {
  /// The candidate contains none: the field belongs to the record around it, or tests other fields.
  case none
  case text(TextMember)
  case texts(TextList)
  /// Opaque ids: even a blank one counts as present.
  case ids(TextList)
  /// A text that is joined from other fields; it is present where one of them is, and highlights are reported
  /// in them.
  case joined([Field.ID], @Sendable (Candidate) -> String)
  case flag(@Sendable (Candidate) -> Bool?)
  case time(@Sendable (Candidate) -> Timestamp?)

  /// Calls a function with each value as text in UTF-8, valid until it returns.
  package func forEach(in candidate: Candidate, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    switch self {
    case .none: break
    case .text(let member): candidate.withUTF8(of: member, body)
    case .texts(let list), .ids(let list): candidate.forEachUTF8(in: list, body)
    case .joined(_, let value): Self.pass(value(candidate), to: body)
    case .flag(let value): if let value = value(candidate) { Self.pass(value ? "true" : "false", to: body) }
    case .time(let value): if let value = value(candidate) { Self.pass(value.description, to: body) }
    }
  }

  /// Whether a candidate contains a value, in UTF-8, that satisfies a condition.
  package func contains(in candidate: Candidate, where isIncluded: (UnsafeBufferPointer<UInt8>) -> Bool)
    -> Bool
  {
    if case .texts(let list) = self { return candidate.contains(list, where: isIncluded) }
    var contains = false
    forEach(in: candidate) { if !contains { contains = isIncluded($0) } }
    return contains
  }

  private static func pass(_ text: String, to body: (UnsafeBufferPointer<UInt8>) -> Void) {
    var text = text
    text.withUTF8(body)
  }

  /// The values as text.
  package func texts(of candidate: Candidate) -> [String] {
    var texts: [String] = []
    forEach(in: candidate) { texts.append(String(decoding: $0, as: UTF8.self)) }
    return texts
  }

  /// Whether a candidate contains a value; false for `none` and `joined`, which `IndexSchema.values(of:)`
  /// resolves.
  package func isPresent(in candidate: Candidate) -> Bool {
    switch self {
    case .none, .joined: return false
    case .text(let member):
      var isPresent = false
      candidate.withUTF8(of: member) { isPresent = !$0.isBlank }
      return isPresent
    case .texts(let list): return candidate.contains(list) { !$0.isBlank }
    case .ids(let list): return candidate.contains(list) { _ in true }
    case .flag(let value): return value(candidate) != nil
    case .time(let value): return value(candidate) != nil
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether a text in UTF-8 contains only white space.
  package var isBlank: Bool {
    // Most texts begin with an ASCII character other than white space.
    if let first, first > 0x20, first < 0x7F { return false }
    return String(decoding: self, as: UTF8.self).allSatisfy(\.isWhitespace)
  }
}

extension String {
  /// Whether it contains only white space.
  package var isBlank: Bool {
    var text = self
    return text.withUTF8(\.isBlank)
  }
}
