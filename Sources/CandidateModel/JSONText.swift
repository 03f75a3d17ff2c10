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
    let padded = Array(description.utf8) + [UInt8](repeating: 0, count: JSONDocument.padding)
    let document = JSONDocument()
    return padded.withUnsafeBytes { bytes in
      let text = UnsafeRawBufferPointer(rebasing: bytes.dropLast(JSONDocument.padding))
      guard let object = try? document.parse(text) else { return [] }
      return object.children.map { (String(decoding: $0.key, as: UTF8.self), $0.plainTexts) }
    }
  }
}
