import CandidateModel
import Foundation

/// Writes the few JSON values that are not records.
package indirect enum JSONOutput {
  case null
  case bool(Bool)
  case number(Int)
  /// A number with one decimal.
  case decimal(Double)
  case string(String)
  case list([JSONOutput])
  case object([(String, JSONOutput)])

  package var text: String {
    switch self {
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    case .number(let number): String(number)
    case .decimal(let number): String(format: "%.1f", number)
    case .string(let string): Self.quoted(string)
    case .list(let elements): "[" + elements.map(\.text).joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.map { Self.quoted($0) + ":" + $1.text }.joined(separator: ",") + "}"
    }
  }

  private static func quoted(_ string: String) -> String {
    var quoted = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case "\r": quoted += "\\r"
      // A terminal or a reader of lines would obey others than JSON forbids.
      case _ where scalar.isControlOrBidi: quoted += escape(scalar)
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// `\u` and four digits, as JSON escapes a character of the basic plane.
  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }

  /// A JSON text for a terminal: control characters and marks of direction inside strings are escaped, which changes
  /// no value, and white space between members becomes spaces, unless lines are kept.
  package static func terminalSafe(_ json: [UInt8], keepingLines: Bool = false) -> [UInt8] {
    var safe = ""
    for scalar in String(decoding: json, as: UTF8.self).unicodeScalars {
      if !scalar.isControlOrBidi {
        safe.unicodeScalars.append(scalar)
      } else {
        // Inside a string JSON does not allow these as they are.
        let isSpace = scalar.value < 0x20
        safe += !isSpace ? escape(scalar) : keepingLines && scalar == "\n" ? "\n" : " "
      }
    }
    return Array(safe.utf8)
  }
}
