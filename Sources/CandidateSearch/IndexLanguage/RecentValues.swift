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

  /// The number of slots that a table begins with: a search that makes a few documents pays for no more.
  private static var initialCount: Int { 64 }

  private let maximumCount: Int
  @exclusivity(unchecked) private var entries: [Entry?]
  /// The number of values that were made since the table has grown.
  private var made = 0

  /// A table of at most `maximumCount` values, a power of two.
  package init(maximumCount: Int) {
    self.maximumCount = maximumCount
    entries = Array(repeating: nil, count: min(Self.initialCount, maximumCount))
  }

  /// The value of a text and a kind. It is made where it is not known.
  package func value(
    of text: UnsafeBufferPointer<UInt8>, _ kind: Kind, make: (UnsafeBufferPointer<UInt8>) -> Value
  ) -> Value {
    guard text.count <= Self.maximumLength else { return make(text) }
    let bytes = UnsafeRawBufferPointer(text)
    let slot = slot(of: bytes)
    if let entry = entries[slot], entry.kind == kind, entry.text.withUnsafeBytes(bytes.hasBytes) {
      return entry.value
    }
    let value = make(text)
    entries[slot] = Entry(text: Array(text), kind: kind, value: value)
    made += 1
    if made > entries.count, entries.count < maximumCount { grow() }
    return value
  }

  private func slot(of text: UnsafeRawBufferPointer) -> Int {
    Int(truncatingIfNeeded: TableHash.hash(text)) & (entries.count - 1)
  }

  private func grow() {
    let known = entries
    entries = Array(repeating: nil, count: min(4 * known.count, maximumCount))
    made = 0
    for case let entry? in known { entries[entry.text.withUnsafeBytes(slot)] = entry }
  }
}
