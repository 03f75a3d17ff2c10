/// How often each value of a facet occurs in a result, before its spelling is read.
struct FacetTally: Equatable {
  /// A value and its count.
  struct Entry: Equatable {
    /// The hash of its term.
    let hash: Hash128
    var count: Int
    /// The docid of the most recent hit with it.
    let mostRecent: Int64
  }

  /// The values in the order of their terms.
  let entries: [Entry]
  /// The number of hits without a value.
  let missing: Int

  /// The `limit` most frequent entries; equally frequent ones in the order of their terms. Only these are sorted.
  func top(_ limit: Int) -> [Entry] {
    let minimum = minimumCount(ofTop: limit)
    let kept = entries.filter { $0.count >= minimum }
    let order = kept.indices.sorted {
      kept[$0].count == kept[$1].count ? $0 < $1 : kept[$0].count > kept[$1].count
    }
    return order.prefix(limit).map { kept[$0] }
  }

  /// The minimum count of an entry among the first `limit`.
  private func minimumCount(ofTop limit: Int) -> Int {
    guard limit < entries.count, let maximum = entries.map(\.count).max() else { return 0 }
    var numberOfEntries = [Int](repeating: 0, count: maximum + 1)
    for entry in entries { numberOfEntries[entry.count] += 1 }
    var minimum = maximum
    var reached = numberOfEntries[maximum]
    while reached < limit, minimum > 0 {
      minimum -= 1
      reached += numberOfEntries[minimum]
    }
    return minimum
  }
}

/// Counts the values of candidates by their records. The most recent candidate must be added first.
struct RecordTally {
  let facet: Facet
  private var entries: [FilterTerm: FacetTally.Entry] = [:]
  private var missing = 0

  init(_ facet: Facet) { self.facet = facet }

  mutating func add(_ stored: StoredRecord) {
    let terms = Set(facet.values(of: stored.candidate, connector: stored.connector).map(\.term))
    if terms.isEmpty { missing += 1 }
    for term in terms {
      entries[
        term,
        default: .init(hash: FacetIndex.hash(term), count: 0, mostRecent: stored.docid.value)
      ].count += 1
    }
  }

  var tally: FacetTally {
    let sorted = entries.sorted { $0.key.token.utf8.lexicographicallyPrecedes($1.key.token.utf8) }
    return FacetTally(entries: sorted.map(\.value), missing: missing)
  }
}
