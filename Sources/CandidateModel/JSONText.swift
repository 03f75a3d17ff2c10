/// A JSON value as it is spelled in a record.
public struct JSONText: Sendable, Hashable, CustomStringConvertible {
  /// The value's JSON, as it was received.
  public var description: String

  /// A member of an object.
  public struct Member: Sendable, Hashable {
    /// The member's name.
    public let name: String
    /// The texts of its value, as `members` describes them.
    public let values: [String]
  }

  init(_ text: String) { description = text }

  init(_ bytes: UnsafeRawBufferPointer) {
    description = String(decoding: bytes, as: UTF8.self)
  }

  /// The members of an object, each with its values as text: the elements of a list one by one, numbers and booleans
  /// as they are spelled, nothing for null and for nested objects. Empty if the value is not an object.
  public var members: [Member] {
    // As a member of another object, so that its own members are limited as they were in the record.
    let json = Array("{\"\":".utf8) + Array(description.utf8) + Array("}".utf8)
    let document = JSONDocument(limits: RecordLimits.stored)
    return json.withUnsafeBytes { bytes in
      guard let root = try? document.parse(bytes), let object = root[""], object.isObject else { return [] }
      return object.children.map {
        Member(name: String(decoding: $0.key, as: UTF8.self), values: $0.plainTexts)
      }
    }
  }
}
