/// Why a record is refused. Everything else of the input is taken all the same.
public enum RecordDefect: Error, Hashable, Sendable, CustomStringConvertible {
  /// The text is no JSON object; the reason is simdjson's or the reader's.
  case notJSON(String)
  /// The record has no `id`, or an empty one.
  case noID
  /// The record's `id` is neither text nor a number.
  case idOfWrongKind(found: String)
  /// The record's `id` contains a control character or a bidirectional control: lists of ids are lines, and people
  /// compare ids by eye.
  case controlCharacterInID(Unicode.Scalar)
  /// The record's `id` contains half of a surrogate pair, or U+FFFD, which replaces what is no character: different ids would
  /// become one.
  case replacedCharacterInID
  /// The record's `id` is longer than `RecordLimits.maximumIDBytes`.
  case idTooLong(limit: Int)
  /// The input ended, or another record began, before the record's closing brace.
  case cutShort
  /// The input ended inside a list or a page: records may be missing.
  case listCutShort
  /// A list of records was closed, and went on.
  case listEndedEarly
  /// The record is longer than a record may be, in bytes.
  case tooLong(limit: Int)
  /// The record is nested deeper than a record may be, in brackets.
  case tooDeep(limit: Int)
  /// The record has more members of its own than a record may have.
  case tooManyMembers(limit: Int)

  /// The reason, beginning with the field where there is one.
  public var description: String {
    switch self {
    case .notJSON(let reason): return "not a JSON object: \(reason)"
    case .noID: return "id: missing; a record needs one to be kept apart from the others"
    case .idOfWrongKind(let found): return "id: expected text, found \(found)"
    case .controlCharacterInID(let scalar):
      let code = String(scalar.value, radix: 16, uppercase: true)
      return
        "id: contains the control character U+\(String(repeating: "0", count: max(0, 4 - code.count)))\(code)"
    case .replacedCharacterInID:
      return "id: contains half of a surrogate pair, or U+FFFD in place of a character"
    case .idTooLong(let limit): return "id: longer than \(limit) bytes"
    case .cutShort: return "cut short: it has no end"
    case .listCutShort: return "the input ends inside a list of records; some may be missing"
    case .listEndedEarly: return "not a JSON object: the list of records was closed before this one"
    case .tooLong(let limit): return "longer than \(limit / 1_048_576) MiB"
    case .tooDeep(let limit): return "nested deeper than \(limit) levels"
    case .tooManyMembers(let limit): return "more than \(limit) members"
    }
  }
}

extension Unicode.Scalar {
  /// Whether the scalar controls how lines are split or ordered instead of being shown: C0, DEL and C1, the line and
  /// paragraph separators, and the marks, embeddings, overrides and isolates of the bidirectional algorithm (UAX #9).
  package var isControlOrBidi: Bool {
    switch value {
    case 0...0x1F, 0x7F...0x9F, 0x2028, 0x2029, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}

extension String {
  /// The text on one line, without anything that a terminal or a spreadsheet would obey: control characters, with which
  /// escape sequences begin, become spaces, and marks that change the direction of writing are left out.
  package var onOneLine: String {
    guard unicodeScalars.contains(where: \.isControlOrBidi) else { return self }
    var line = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      if !scalar.isControlOrBidi {
        line.append(scalar)
      } else if scalar.properties.generalCategory != .format {
        line.append(" ")
      }
    }
    return String(line)
  }

  /// The text with another in place of a scalar. For Swift, a mark that follows a character makes another one of it.
  package func replacing(scalar: Unicode.Scalar, with text: String) -> String {
    var replaced = ""
    for next in unicodeScalars {
      if next == scalar { replaced += text } else { replaced.unicodeScalars.append(next) }
    }
    return replaced
  }
}
