/// Candidates by their docids, in memory.
package struct TakenDocids {
  /// The candidates of some docids that follow one another, ascending: those of a second, or a part of those without a time.
  private var blocks: [Int64: [DocidEntry]] = [:]
  /// The blocks of candidates without a time, ascending.
  private var untimed: [Int64] = []

  package init() {}

  package var isEmpty: Bool { blocks.isEmpty }

  private static func block(_ docid: Int64) -> Int64 { docid >> 24 }

  package mutating func insert(_ entry: DocidEntry) {
    let block = Self.block(entry.docid.value)
    if blocks[block] == nil, entry.docid.second == nil {
      untimed.insert(block, at: untimed.partitioningIndex { $0 >= block })
    }
    let position = blocks[block]?.partitioningIndex { $0.docid >= entry.docid } ?? 0
    blocks[block, default: []].insert(entry, at: position)
  }

  package mutating func remove(_ entry: DocidEntry) {
    let block = Self.block(entry.docid.value)
    blocks[block]?.removeAll { $0 == entry }
    if blocks[block]?.isEmpty == true {
      blocks[block] = nil
      untimed.removeAll { $0 == block }
    }
  }

  package mutating func removeAll() {
    blocks.removeAll(keepingCapacity: true)
    untimed.removeAll(keepingCapacity: true)
  }

  /// The candidate with the lowest docid in a range; nil if there is none.
  package func first(in range: ClosedRange<Int64>) -> DocidEntry? {
    let (first, last) = (Self.block(range.lowerBound), Self.block(range.upperBound))
    if first == last { return self.first(in: range, block: first) }
    // Only a range of docids without a time has more than one block, and it may have thousands.
    for block in untimed[untimed.partitioningIndex { $0 >= first }...] {
      if block > last { break }
      if let found = self.first(in: range, block: block) { return found }
    }
    return nil
  }

  private func first(in range: ClosedRange<Int64>, block: Int64) -> DocidEntry? {
    guard let entries = blocks[block] else { return nil }
    let i = entries.partitioningIndex { $0.docid.value >= range.lowerBound }
    return i < entries.count && entries[i].docid.value <= range.upperBound ? entries[i] : nil
  }
}

extension Array {
  /// The position of the first element with a property that all elements after it have, too.
  package func partitioningIndex(where hasProperty: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if hasProperty(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
