import Foundation

/// What the API says of an error: a text, or a list of what is wrong where.
enum ErrorDetail {
  private static let maximumLength = 300

  /// What a text from outside says, redacted and only then cut: half a secret would not be recognised. One line without
  /// control characters.
  static func line(_ text: String, redactedBy access: BindbeeAccess) -> String {
    var line = String.UnicodeScalarView()
    for scalar in access.redacted(text).unicodeScalars.prefix(maximumLength) {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: line.append(" ")
      default: line.append(scalar)
      }
    }
    return String(line)
  }

  /// The detail in an answer's body; empty if there is none.
  static func text(of body: [UInt8]) -> String {
    (try? JSONDecoder().decode(Body.self, from: Data(body)))?.detail.text ?? ""
  }

  private struct Body: Decodable {
    let detail: Detail
  }

  private enum Detail: Decodable {
    case text(String)
    case problems([Problem])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) {
        self = .text(text)
      } else {
        self = .problems(try container.decode([Problem].self))
      }
    }

    var text: String {
      switch self {
      case .text(let text): text
      case .problems(let problems): problems.map(\.text).joined(separator: "; ")
      }
    }
  }

  private struct Problem: Decodable {
    let loc: [Step]?
    let msg: String?

    var text: String {
      let place = (loc ?? []).map(\.text).joined(separator: ".")
      return [place, msg ?? ""].filter { !$0.isEmpty }.joined(separator: ": ")
    }
  }

  /// A name, or a place in a list.
  private struct Step: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      text = try (try? container.decode(String.self)) ?? String(container.decode(Int.self))
    }
  }
}
