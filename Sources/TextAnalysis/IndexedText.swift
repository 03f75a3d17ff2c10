/// The part of a value that is indexed, highlighted and compared: all of it, unless it is longer than any text that
/// people write into such a field. The record keeps all of it.
package enum IndexedText {
  /// In bytes of UTF-8.
  package static let maximumLength = 10_000

  /// Whether a value is longer than what is indexed of it.
  package static func isCut(_ value: String) -> Bool { value.utf8.count > maximumLength }

  /// The whole characters of a value that lie within its first `maximumLength` bytes.
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
