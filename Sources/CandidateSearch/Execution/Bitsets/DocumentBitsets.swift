/// The bitsets that a search uses.
struct DocumentBitsets: Sendable {
  let ordinals: DocidOrdinals
  /// The bitsets by the query of their term, as `IndexQuery.leaves` returns it.
  let sets: [IndexQuery: DocumentBitset]
  /// The maximum number of leaves of a query that is evaluated.
  let maximumLeaves: Int

  /// Whether candidates match a query, as far as bitsets decide it.
  struct Verdict {
    fileprivate let bound: BitsetBound
    fileprivate let ordinals: DocidOrdinals

    /// Whether a candidate matches; nil where the bitsets do not decide it.
    func callAsFunction(_ docid: Docid) -> Bool? {
      let ordinal = ordinals.first(notBelow: docid.value)
      guard ordinals.contains(docid.value, at: ordinal), bound.expression.contains(ordinal) else {
        return false
      }
      return bound.isExact ? true : nil
    }
  }

  func verdict(on query: IndexQuery) -> Verdict { Verdict(bound: bound(of: query), ordinals: ordinals) }

  /// The first matching docids, at most `limit`, from this one on; nil where the bitsets do not decide it.
  func first(_ limit: Int, of query: IndexQuery, from docid: Int64) -> [Docid]? {
    guard query.leafCount <= maximumLeaves else { return nil }
    let bound = bound(of: query)
    guard bound.isExact || !bound.expression.isEverything else { return nil }
    let start = ordinals.first(notBelow: docid)
    let found = bound.expression.first(bound.isExact ? limit : 1, from: start, of: ordinals.count)
    guard bound.isExact || found.isEmpty else { return nil }
    return found.map { Docid(value: ordinals.docids[$0]) }
  }

  private func bound(of query: IndexQuery) -> BitsetBound {
    BitsetBound(of: query, ordinals: ordinals) { sets[$0] }
  }
}
