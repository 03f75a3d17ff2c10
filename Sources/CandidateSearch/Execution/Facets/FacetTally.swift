/// How often each value of a facet occurs in a result, before its spelling is read.
struct FacetTally: Equatable {
  /// A value.
  struct Entry: Equatable {
    /// Of its key.
    let hash: Hash128
    var count: Int
    /// The most recent hit that has it.
    let mostRecent: Int64
  }

  /// In the order of their keys.
  let entries: [Entry]
  /// How many hits have no value.
  let missing: Int

  /// The most frequent entries; those that are equally frequent in the order of their keys. Of many thousands only these
  /// are sorted.
  func top(_ limit: Int) -> [Entry] {
    let least = leastCount(ofTop: limit)
    let kept = entries.filter { $0.count >= least }
    let order = kept.indices.sorted {
      kept[$0].count == kept[$1].count ? $0 < $1 : kept[$0].count > kept[$1].count
    }
    return order.prefix(limit).map { kept[$0] }
  }

  /// The minimum count of an entry among the first `limit`.
  private func leastCount(ofTop limit: Int) -> Int {
    guard limit < entries.count, let most = entries.map(\.count).max() else { return 0 }
    var numberOfEntries = [Int](repeating: 0, count: most + 1)
    for entry in entries { numberOfEntries[entry.count] += 1 }
    var (least, reached) = (most, numberOfEntries[most])
    while reached < limit, least > 0 {
      least -= 1
      reached += numberOfEntries[least]
    }
    return least
  }
}

/// Adds up the values of candidates one by one, from their records, the most recent candidate first.
struct RecordTally {
  let facet: Facet
  private var entries: [FilterTerm: FacetTally.Entry] = [:]
  private var missing = 0

  init(_ facet: Facet) { self.facet = facet }

  mutating func add(_ stored: StoredRecord) {
    let keys = Set(facet.values(of: stored.candidate, connector: stored.connector).map(\.key))
    if keys.isEmpty { missing += 1 }
    for key in keys {
      entries[
        key,
        default: .init(hash: FacetIndex.hash(key), count: 0, mostRecent: stored.docid.value)
      ].count += 1
    }
  }

  var tally: FacetTally {
    let sorted = entries.sorted { $0.key.token.utf8.lexicographicallyPrecedes($1.key.token.utf8) }
    return FacetTally(entries: sorted.map(\.value), missing: missing)
  }
}
