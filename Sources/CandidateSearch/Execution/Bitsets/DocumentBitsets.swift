import TextAnalysis

/// The sets that there are while a search runs.
struct DocumentBitsets: Sendable {
  let ordinals: DocidOrdinals
  let sets: [IndexQuery: DocumentBitset]

  /// Of larger matches, each of many words is rare: FTS5 finds them as fast.
  static let mostLeaves = 64

  /// Whether a candidate matches; nil where the sets do not tell.
  struct Verdict {
    fileprivate let bound: BitsetBound
    fileprivate let ordinals: DocidOrdinals

    func callAsFunction(_ docid: Docid) -> Bool? {
      let ordinal = ordinals.first(notBelow: docid.value)
      guard ordinals.holds(docid.value, at: ordinal), bound.expression.contains(ordinal) else { return false }
      return bound.isExact ? true : nil
    }
  }

  func verdict(on match: IndexQuery) -> Verdict { Verdict(bound: bound(of: match), ordinals: ordinals) }

  /// The first docids that match, from this one; nil where the sets do not tell.
  func first(_ limit: Int, of match: IndexQuery, from docid: Int64) -> [Docid]? {
    guard match.leafCount <= Self.mostLeaves else { return nil }
    let bound = bound(of: match)
    guard bound.isExact || !bound.expression.isEverybody else { return nil }
    let start = ordinals.first(notBelow: docid)
    let found = bound.expression.first(bound.isExact ? limit : 1, from: start, of: ordinals.count)
    guard bound.isExact || found.isEmpty else { return nil }
    return found.map { Docid(value: ordinals.docids[$0]) }
  }

  private func bound(of match: IndexQuery) -> BitsetBound { BitsetBound(match, ordinals) { sets[$0] } }
}
