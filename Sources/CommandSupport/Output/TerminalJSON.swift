import CandidateJSON
import CandidateModel

extension JSONValue {
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
