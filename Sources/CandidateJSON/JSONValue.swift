import CandidateModel
import Foundation

/// A JSON value to be written.
public enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case number(Int)
  /// A number with one decimal.
  case decimal(Double)
  case string(String)
  case list([JSONValue])
  /// Members in their order; a name must occur once.
  case object([(String, JSONValue)])
  /// A JSON text in UTF-8, written as it is.
  case json([UInt8])

  /// The value as a text on one line, unless a `json` within it has lines. Control characters and marks of direction
  /// are escaped, since a terminal or a reader of lines would obey others than JSON forbids. Linear in its length.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// `text` in UTF-8.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return bytes
  }

  /// Appends `text` in UTF-8.
  public func append(to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes += "null".utf8
    case .bool(let flag): bytes += (flag ? "true" : "false").utf8
    case .number(let number): bytes += String(number).utf8
    case .decimal(let number): bytes += String(format: "%.1f", number).utf8
    case .string(let string): Self.append(string, to: &bytes)
    case .json(let json): bytes += json
    case .list(let elements):
      Self.append(elements, between: ("[", "]"), to: &bytes) { $0.append(to: &$1) }
    case .object(let members):
      Self.append(members, between: ("{", "}"), to: &bytes) { member, bytes in
        Self.append(member.0, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        member.1.append(to: &bytes)
      }
    }
  }

  private static func append<Element>(
    _ elements: [Element], between brackets: (Unicode.Scalar, Unicode.Scalar), to bytes: inout [UInt8],
    _ append: (Element, inout [UInt8]) -> Void
  ) {
    bytes.append(UInt8(ascii: brackets.0))
    for (i, element) in elements.enumerated() {
      if i > 0 { bytes.append(UInt8(ascii: ",")) }
      append(element, &bytes)
    }
    bytes.append(UInt8(ascii: brackets.1))
  }

  private static func append(_ string: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    var string = string
    let isWritten = string.withUTF8 { text in
      guard text.allSatisfy(isPlain) else { return false }
      bytes.append(contentsOf: text)
      return true
    }
    if !isWritten { appendEscaped(string, to: &bytes) }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Whether a byte is a character that is written as it is.
  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x20...0x7E).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  /// Appends the text between the quotation marks of any string.
  package static func appendEscaped(_ string: String, to bytes: inout [UInt8]) {
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": bytes += #"\""#.utf8
      case "\\": bytes += #"\\"#.utf8
      case "\n": bytes += #"\n"#.utf8
      case "\t": bytes += #"\t"#.utf8
      case "\r": bytes += #"\r"#.utf8
      case " "..."~": bytes.append(UInt8(truncatingIfNeeded: scalar.value))
      case _ where scalar.isControlOrBidi: bytes += escape(scalar).utf8
      default: bytes += UTF8.encode(scalar) ?? .init()
      }
    }
  }

  /// `\u` and four digits, as JSON escapes a character of the basic plane.
  package static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}

extension JSONValue: ExpressibleByStringLiteral {
  /// Creates a string.
  public init(stringLiteral string: String) { self = .string(string) }
}
