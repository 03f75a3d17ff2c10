/// Values that are made of short texts and wanted again and again, as cities, titles and first names occur. A table
/// without buckets: a text replaces another of the same slot. Belongs to one thread.
package final class RecentValues<Kind: Equatable, Value> {
  private struct Entry {
    let text: [UInt8]
    let kind: Kind
    let value: Value
  }

  /// In bytes. Longer texts hardly occur again.
  private static var maximumLength: Int { 60 }

  private var entries: [Entry?]

  /// A table of at most `count` values, a power of two.
  package init(count: Int) { entries = Array(repeating: nil, count: count) }

  /// The value of a text and a kind. It is made where it is not known.
  package func value(
    of text: UnsafeBufferPointer<UInt8>, _ kind: Kind, make: (UnsafeBufferPointer<UInt8>) -> Value
  ) -> Value {
    guard text.count <= Self.maximumLength else { return make(text) }
    let slot = Int(truncatingIfNeeded: TableHash.hash(UnsafeRawBufferPointer(text))) & (entries.count - 1)
    if let entry = entries[slot], entry.kind == kind, entry.text.elementsEqual(text) { return entry.value }
    let value = make(text)
    entries[slot] = Entry(text: Array(text), kind: kind, value: value)
    return value
  }
}
