/// The part of a text that is analysed: all of it, unless it is longer than any text that people write into a
/// field.
package enum IndexedText {
  /// In bytes (UTF-8).
  package static let maximumLength = 10_000

  /// Whether a text is longer than what is analysed of it.
  package static func isCut(_ value: String) -> Bool { value.utf8.count > maximumLength }

  /// Calls a function with what is analysed of a text in UTF-8.
  package static func withPrefix<T>(
    of text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) throws -> T
  ) rethrows -> T {
    guard text.count > maximumLength else { return try body(text) }
    var prefix = prefix(of: String(decoding: text, as: UTF8.self))
    return try prefix.withUTF8(body)
  }

  /// The whole characters within the first `maximumLength` bytes of a text.
  package static func prefix(of value: String) -> String {
    guard isCut(value) else { return value }
    var end = value.startIndex
    var length = 0
    while end < value.endIndex {
      let next = value.index(after: end)
      length += value.utf8.distance(from: end, to: next)
      guard length <= maximumLength else { break }
      end = next
    }
    return String(value[..<end])
  }
}
