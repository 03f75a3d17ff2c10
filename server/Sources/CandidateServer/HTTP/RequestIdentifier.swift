import HTTPTypes
import Hummingbird

/// The id of a request, which its answer and its log line have.
enum RequestIdentifier {
  private static let maximumLength = 36
  /// The numbers of digits of ids of traces and UUIDs. A phone number has at most 15 (E.164).
  private static let digits = 16...32
  static let parameter = Parameter(
    name: "X-Request-Id", kind: .anyText,
    summary:
      "The id of the request, which the answer and the line of the log have, if it is a UUID or an id of a trace: \(digits.lowerBound) to \(digits.upperBound) hexadecimal digits, with dashes at most \(maximumLength) characters; else they have a new one.",
    place: .header)

  /// The caller's own id; nil if there is none, or if it may be more than the id of a request, such as a name.
  static func ofCaller(_ request: Request) -> String? {
    guard let text = parameter.field.flatMap({ request.headers[$0] }), text.utf8.count <= maximumLength,
      text.utf8.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: "-") }),
      digits.contains(text.utf8.count(where: isDigit))
    else { return nil }
    return text
  }

  static func new() -> String { String(UInt64.random(in: .min ... .max), radix: 36) }

  private static func isDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }
}
