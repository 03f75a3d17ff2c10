/// An answer that is not what it should be: one that was cut off, or a proxy's own page. A retry may help.
package struct UnusableAnswer: Error, Hashable {
  package let reason: String
}

/// A page taken apart: its cursor, the bytes of its list, and the ids of its records. Nothing else is looked at in the
/// list, so that a record that is no good does not cost the others.
///
/// Reading takes linear time for any bytes, and a byte of memory for each level of nesting.
package struct PageEnvelope: Sendable {
  package let cursor: String?
  /// From bracket to bracket.
  package let items: [UInt8]
  /// In the order of the records; those that have one.
  package let ids: [String]

  /// A cursor must fit into an address, in bytes.
  package static let maximumCursorLength = 16 << 10

  /// Nothing but a whole object with both members is a page: `{}` must not pass for the end of a walk.
  package init(_ answer: consuming [UInt8]) throws(UnusableAnswer) {
    var bytes = answer
    var cursorRange: Range<Int>?
    var itemsRange: Range<Int>?
    var shape = JSONShape(bytes[...])
    try shape.readObject { name, value in
      if name.elementsEqual("cursor".utf8) { cursorRange = value }
      if name.elementsEqual("items".utf8) { itemsRange = value }
    }
    try shape.expectEnd()
    // The shape's reference would have the bytes copied below.
    shape = JSONShape([])
    guard let cursorRange, let itemsRange else {
      throw UnusableAnswer(reason: "the answer is no page of candidates")
    }
    cursor = try Self.cursor(bytes[cursorRange])
    switch bytes[itemsRange.lowerBound] {
    case UInt8(ascii: "["):
      bytes.removeSubrange(itemsRange.upperBound...)
      bytes.removeSubrange(..<itemsRange.lowerBound)
    // Were null an empty list, a walk would seem whole, and those who were not in it would be removed.
    default: throw UnusableAnswer(reason: "the page's items are no list")
    }
    ids = Self.ids(bytes)
    items = bytes
  }

  private static func cursor(_ text: ArraySlice<UInt8>) throws(UnusableAnswer) -> String? {
    if text.elementsEqual("null".utf8) { return nil }
    guard text.count <= maximumCursorLength else {
      throw UnusableAnswer(reason: "the page's cursor is longer than \(maximumCursorLength) bytes")
    }
    guard let cursor = JSONString.text(text) else {
      throw UnusableAnswer(reason: "the page's cursor is no text")
    }
    return cursor
  }

  /// Those up to the place where the list is broken, if it is.
  private static func ids(_ items: [UInt8]) -> [String] {
    var ids: [String] = []
    var shape = JSONShape(items[...])
    try? shape.readList { value in
      if let id = RecordID.find(in: items[value]) { ids.append(id) }
    }
    return ids
  }
}

/// The id of a record, whatever else is wrong with the record.
package enum RecordID {
  /// A longer one counts as none, in bytes as it is spelled.
  package static let maximumLength = 1024

  /// The value of the last member `id`, if it is a text or a number; of a record that is cut short, of what there is.
  package static func find(in record: ArraySlice<UInt8>) -> String? {
    var id: String?
    var shape = JSONShape(record)
    // What comes after the place where the record is broken is not known.
    try? shape.readObject { name, value in
      if name.elementsEqual("id".utf8) { id = text(record[value]) }
    }
    return id.flatMap { $0.isEmpty ? nil : $0 }
  }

  private static func text(_ value: ArraySlice<UInt8>) -> String? {
    guard value.count <= maximumLength, let first = value.first else { return nil }
    switch first {
    case UInt8(ascii: "\""): return JSONString.text(value)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return String(decoding: value, as: UTF8.self)
    default: return nil
    }
  }
}
