import CandidateModel
import CandidateQuery

/// How the values of a field are read from a candidate.
enum FieldValues: Sendable {
  /// The candidate contains none: the field belongs to the record around it, or tests other fields.
  case none
  case text(@Sendable (Candidate) -> String?)
  case texts(TextList)
  /// Opaque ids: even a blank one counts as present.
  case ids(TextList)
  /// A text that is joined from other fields; it is present where one of them is, and highlights are reported
  /// in them.
  case joined([Field.ID], @Sendable (Candidate) -> String)
  case flag(@Sendable (Candidate) -> Bool?)
  case time(@Sendable (Candidate) -> Timestamp?)

  /// Calls a function with each value as text.
  func forEach(in candidate: Candidate, _ body: (String) -> Void) {
    switch self {
    case .none: break
    case .text(let value): if let value = value(candidate) { body(value) }
    case .texts(let list), .ids(let list): candidate.forEachText(in: list, body)
    case .joined(_, let value): body(value(candidate))
    case .flag(let value): if let value = value(candidate) { body(value ? "true" : "false") }
    case .time(let value): if let value = value(candidate) { body(value.description) }
    }
  }

  /// The values as text.
  func texts(of candidate: Candidate) -> [String] {
    if case .texts(let list) = self { return candidate.texts(list) }
    var texts: [String] = []
    forEach(in: candidate) { texts.append($0) }
    return texts
  }

  /// Whether a candidate contains a value; false for `none` and `joined`, which `IndexSchema.values(of:)`
  /// resolves.
  func isPresent(in candidate: Candidate) -> Bool {
    switch self {
    case .none, .joined: false
    case .text(let value): value(candidate).map { !$0.isBlank } ?? false
    case .texts(let list): candidate.contains(list) { !$0.isBlank }
    case .ids(let list): candidate.contains(list) { _ in true }
    case .flag(let value): value(candidate) != nil
    case .time(let value): value(candidate) != nil
    }
  }
}

extension String {
  /// Whether it contains only white space.
  var isBlank: Bool {
    // Most texts begin with an ASCII character other than white space.
    if let first = utf8.first, first > 0x20, first < 0x7F { return false }
    return allSatisfy(\.isWhitespace)
  }
}
