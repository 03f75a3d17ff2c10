/// A JSON value as it is spelled in a record.
public struct JSONText: Sendable, Hashable, CustomStringConvertible {
  /// The value's JSON, as it was received.
  public var description: String

  init(_ bytes: UnsafeRawBufferPointer) {
    description = String(decoding: bytes, as: UTF8.self)
  }

  /// The members of an object, each with its values as text: those of a list one by one, numbers and booleans as
  /// they are spelled, nothing for null and for what is an object itself. Empty if this is no object.
  public var members: [(name: String, values: [String])] {
    // As a member of another object, so that its own members are limited as they were in the record.
    let json = Array("{\"\":".utf8) + Array(description.utf8) + Array("}".utf8)
    let padded = json + [UInt8](repeating: 0, count: JSONDocument.padding)
    let document = JSONDocument(limits: RecordLimits.stored)
    return padded.withUnsafeBytes { bytes in
      guard let root = try? document.parse(UnsafeRawBufferPointer(rebasing: bytes[..<json.count])),
        let object = root[""], object.isObject
      else { return [] }
      return object.children.map { (String(decoding: $0.key, as: UTF8.self), $0.plainTexts) }
    }
  }
}
