import Foundation

/// A JSON value of a request.
enum JSONInput: Sendable, Decodable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case list([JSONInput])
  case object([String: JSONInput])

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let bool = try? value.decode(Bool.self) {
      self = .bool(bool)
    } else if let integer = try? value.decode(Int.self) {
      self = .integer(integer)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let string = try? value.decode(String.self) {
      self = .string(string)
    } else if let list = try? value.decode([JSONInput].self) {
      self = .list(list)
    } else {
      self = .object(try value.decode([String: JSONInput].self))
    }
  }

  /// The maximum number of lists and objects within one another; bodies need three. The time of Foundation's decoder grows
  /// with the square of the depth: 500 levels in a kilobyte take a second, and a megabyte of three levels takes one, too.
  static let maximumDepth = 4

  /// The members of a JSON object in UTF-8. The cost is linear in the length, which callers limit.
  /// - Throws: `Problem`.
  static func object(_ bytes: [UInt8]) throws(Problem) -> [String: JSONInput] {
    guard isFlat(bytes) else {
      throw Problem(.wrongBody, "the body has more than \(maximumDepth) lists and objects within one another")
    }
    guard case .object(let members)? = try? JSONDecoder().decode(JSONInput.self, from: Data(bytes)) else {
      throw Problem(.wrongBody, "the body must be one JSON object")
    }
    return members
  }

  /// Whether at most `maximumDepth` lists and objects are within one another. Brackets in strings do not count. False for
  /// NUL, which JSON in UTF-16 would contain.
  private static func isFlat(_ bytes: [UInt8]) -> Bool {
    var (depth, isInString, isEscaped) = (0, false, false)
    for byte in bytes {
      switch byte {
      case 0: return false
      case _ where isEscaped: isEscaped = false
      case UInt8(ascii: "\\") where isInString: isEscaped = true
      case UInt8(ascii: "\""): isInString.toggle()
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        if !isInString { depth += 1 }
        if depth > maximumDepth { return false }
      case UInt8(ascii: "]"), UInt8(ascii: "}"): if !isInString { depth -= 1 }
      default: break
      }
    }
    return true
  }
}
