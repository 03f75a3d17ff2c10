/// A text as a key of a dictionary: equal only byte for byte. Swift's own strings are equal in every Unicode form, and
/// two records would become one.
package struct ExactText: Hashable, Sendable {
  package let text: String
  /// Different texts are nearly always told apart by it, without a look at their bytes.
  private let tableHash: UInt64

  package init(_ text: String) {
    self.text = text
    var text = text
    tableHash = text.withUTF8 { TableHash().hash(UnsafeRawBufferPointer($0)) }
  }

  package static func == (a: ExactText, b: ExactText) -> Bool {
    guard a.tableHash == b.tableHash else { return false }
    var (a, b) = (a.text, b.text)
    return a.withUTF8 { a in
      b.withUTF8 { b in UnsafeRawBufferPointer(a).hasBytes(of: UnsafeRawBufferPointer(b)) }
    }
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(tableHash) }
}
