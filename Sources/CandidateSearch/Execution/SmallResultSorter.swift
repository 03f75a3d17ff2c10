/// All hits of what was typed, where they are few, and the tiers that they belong to: told apart by sets of what words
/// stand where, else on the records themselves.
struct SmallResultSorter {
  /// More hits are not few.
  static let most = 100

  /// By step, ascending.
  private var docids: [Int: [Docid]] = [:]

  /// Sorts hits into the steps that FTS5 would find them in; `exact` are those of the first.
  init(
    _ hits: [Docid], exact: [Docid], _ steps: [IndexQuery], _ records: RecordCache, _ sets: DocumentBitsets?,
    _ cancellation: Cancellation = .never
  ) throws {
    let exact = Set(exact)
    // Without sets, all records are needed.
    if sets == nil { _ = try records.stored(hits.filter { !exact.contains($0) }) }
    let verdicts = steps.map { sets?.verdict(on: $0) }
    func belongs(_ docid: Docid, to step: Int) throws -> Bool {
      if let verdict = verdicts[step], let belongs = verdict(docid) { return belongs }
      return try records.matcher(docid)?.matches(steps[step]) ?? false
    }
    for docid in hits {
      try cancellation.check()
      let step =
        exact.contains(docid)
        ? 0 : try steps.indices.dropFirst().dropLast().first { try belongs(docid, to: $0) } ?? steps.count - 1
      docids[step, default: []].append(docid)
    }
  }

  /// The hits of a step behind a position.
  func hits(
    ofStep step: Int, _ tier: Tier, _ match: IndexQuery, after position: Searcher.Position?
  ) -> [Searcher.Found] {
    docids[step, default: []].compactMap { docid in
      if let position, (step, docid) <= (position.step, position.docid) { return nil }
      return Searcher.Found(docid: docid, tier: tier, step: step, match: match)
    }
  }
}
