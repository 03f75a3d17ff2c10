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
  /// The first and the last name as one text.
  case fullName
  case flag(FlagMember)
  case time(TimeMember)

  /// The fields that a text is joined from; empty for all others. It is present where one of them is, and highlights are
  /// reported in them.
  package var parts: [Field.ID] { if case .fullName = self { [.firstName, .lastName] } else { [] } }

  /// Calls a function with each value as text in UTF-8, valid until it returns.
  package func forEach(in candidate: Candidate, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    switch self {
    case .none: break
    case .text(let member): candidate.withUTF8(of: member, body)
    case .texts(let list), .ids(let list): candidate.forEachUTF8(in: list, body)
    case .fullName: Self.pass(candidate.fullName, to: body)
    case .flag(let member):
      if let flag = candidate.flag(member) { Self.pass(flag ? "true" : "false", to: body) }
    case .time(let member): if let time = candidate.time(member) { Self.pass(time.description, to: body) }
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

  /// Whether a candidate contains a value.
  package func isPresent(in candidate: Candidate) -> Bool {
    switch self {
    case .none: return false
    case .fullName:
      return Self.text(.firstName).isPresent(in: candidate) || Self.text(.lastName).isPresent(in: candidate)
    case .text(let member):
      var isPresent = false
      candidate.withUTF8(of: member) { isPresent = !$0.isBlank }
      return isPresent
    case .texts(let list): return candidate.contains(list) { !$0.isBlank }
    case .ids(let list): return candidate.contains(list) { _ in true }
    case .flag(let member): return candidate.flag(member) != nil
    case .time(let member): return candidate.time(member) != nil
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
