/// Values that are made of short texts and wanted again and again, as cities, titles and first names occur. A table
/// without buckets: a text replaces another of the same slot. Belongs to one thread.
package final class RecentValues<Kind: Equatable, Value> {
  private struct Entry {
    let length: Int
    let kind: Kind
    let value: Value
  }

  /// In bytes. Longer texts hardly occur again.
  private static var maximumLength: Int { 60 }

  /// The number of slots that a table begins with: a search that makes a few documents pays for no more.
  private static var initialCount: Int { 64 }

  private let maximumCount: Int
  @exclusivity(unchecked) private var entries: [Entry?]
  /// The text of each slot, at a multiple of `maximumLength`: references to arrays would be counted with every comparison.
  @exclusivity(unchecked) private var texts: UnsafeMutableRawPointer
  /// The number of values that were made since the table has grown.
  private var made = 0
  private let tableHash = TableHash()

  /// A table of at most `maximumCount` values, a power of two.
  package init(maximumCount: Int) {
    self.maximumCount = maximumCount
    let count = min(Self.initialCount, maximumCount)
    entries = Array(repeating: nil, count: count)
    texts = Self.memory(slots: count)
  }

  deinit { texts.deallocate() }

  private static func memory(slots: Int) -> UnsafeMutableRawPointer {
    .allocate(byteCount: slots * maximumLength, alignment: 1)
  }

  /// The value of a text and a kind. It is made where it is not known.
  package func value(
    of text: UnsafeBufferPointer<UInt8>, _ kind: Kind, make: (UnsafeBufferPointer<UInt8>) -> Value
  ) -> Value {
    guard text.count <= Self.maximumLength else { return make(text) }
    let bytes = UnsafeRawBufferPointer(text)
    let slot = slot(of: bytes)
    if let entry = entries[slot], entry.kind == kind, self.text(of: slot, entry).hasBytes(of: bytes) {
      return entry.value
    }
    let value = make(text)
    store(bytes, Entry(length: text.count, kind: kind, value: value), at: slot)
    made += 1
    if made > entries.count, entries.count < maximumCount { grow() }
    return value
  }

  private func slot(of text: UnsafeRawBufferPointer) -> Int {
    Int(truncatingIfNeeded: tableHash.hash(text)) & (entries.count - 1)
  }

  private func text(of slot: Int, _ entry: Entry) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: texts + slot * Self.maximumLength, count: entry.length)
  }

  private func store(_ text: UnsafeRawBufferPointer, _ entry: Entry, at slot: Int) {
    UnsafeMutableRawBufferPointer(start: texts + slot * Self.maximumLength, count: text.count).copyMemory(
      from: text)
    entries[slot] = entry
  }

  private func grow() {
    let (known, knownTexts) = (entries, texts)
    let count = min(4 * known.count, maximumCount)
    entries = Array(repeating: nil, count: count)
    texts = Self.memory(slots: count)
    made = 0
    for (i, entry) in known.enumerated() {
      guard let entry else { continue }
      let text = UnsafeRawBufferPointer(start: knownTexts + i * Self.maximumLength, count: entry.length)
      store(text, entry, at: slot(of: text))
    }
    knownTexts.deallocate()
  }
}
