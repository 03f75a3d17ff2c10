/// An id as a key of a dictionary: equal only byte for byte. Swift's own strings are equal in every Unicode form, and
/// two records would become one.
struct ExactID: Hashable {
  let id: String

  init(_ id: String) { self.id = id }

  static func == (a: ExactID, b: ExactID) -> Bool { a.id.utf8.elementsEqual(b.id.utf8) }

  func hash(into hasher: inout Hasher) {
    var id = id
    id.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
