/// Assigns a few hits of the typed tiers to the steps that would find them: by bitsets, or else by the documents of the
/// records.
struct SmallResultSorter {
  /// The hits by step, ascending.
  private var docids: [Int: [Docid]] = [:]

  /// Sorts hits into steps; `exact` are the hits of the first.
  init(
    _ hits: [Docid], exact: [Docid], steps: [IndexQuery], records: RecordCache, bitsets: DocumentBitsets?,
    cancellation: Cancellation = .never
  ) throws {
    let exact = Set(exact)
    // Without bitsets, all records are needed.
    if bitsets == nil { try records.load(hits.filter { !exact.contains($0) }) }
    let verdicts = steps.map { bitsets?.verdict(on: $0) }
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

  /// The hits of a step after a position.
  func hits(ofStep step: Int, after position: TierPass.Position?) -> [Docid] {
    docids[step, default: []].filter { docid in
      position.map { (step, docid) > ($0.step, $0.docid) } ?? true
    }
  }
}
