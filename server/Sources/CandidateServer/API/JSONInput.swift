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

  /// The members of a JSON object in UTF-8. The cost of nesting is that of its depth times its length, so callers limit
  /// the length.
  /// - Throws: `Problem`.
  static func object(_ bytes: [UInt8]) throws(Problem) -> [String: JSONInput] {
    guard case .object(let members)? = try? JSONDecoder().decode(JSONInput.self, from: Data(bytes)) else {
      throw Problem(.wrongBody, "the body must be one JSON object")
    }
    return members
  }
}
