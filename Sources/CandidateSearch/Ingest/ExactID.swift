/// An id as a key of a dictionary: equal only byte for byte. Swift's own strings are equal in every Unicode form, and
/// two records would become one.
package struct ExactID: Hashable {
  package let id: String

  package init(_ id: String) { self.id = id }

  package static func == (a: ExactID, b: ExactID) -> Bool { a.id.utf8.elementsEqual(b.id.utf8) }

  package func hash(into hasher: inout Hasher) {
    var id = id
    id.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
