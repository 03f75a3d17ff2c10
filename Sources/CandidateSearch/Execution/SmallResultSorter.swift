/// Assigns a few hits of the typed tiers to the steps that would find them: by bitsets, or else by the documents of the
/// records.
struct SmallResultSorter {
  /// The hits by step, ascending.
  private var docids: [Int: [Docid]] = [:]

  /// Sorts hits into steps, of which the last finds all. `exact` are the hits of the first; nil if they are not known.
  init(
    _ hits: [Docid], exact: [Docid]?, steps: [IndexQuery], records: RecordCache,
    bitsets: DocumentBitsets.Evaluation?, cancellation: Cancellation = .never
  ) throws {
    let known = exact.map(Set.init)
    // Without bitsets, all records are needed.
    if bitsets == nil { try records.load(hits.filter { known?.contains($0) != true }) }
    let verdicts = try steps.dropLast().enumerated().map { step, query in
      step == 0 && known != nil || hits.isEmpty ? nil : try bitsets?.verdict(on: query)
    }
    func belongs(_ docid: Docid, _ ordinal: Int?, to step: Int) throws -> Bool {
      if step == 0, let known { return known.contains(docid) }
      if let ordinal, let verdict = verdicts[step], let belongs = verdict(ordinal) { return belongs }
      return try records.matcher(docid)?.matches(steps[step]) ?? false
    }
    var ordinal: Int?
    for docid in hits {
      try cancellation.check()
      ordinal = bitsets?.bitsets.ordinals.first(notBelow: docid.value, from: ordinal ?? 0)
      let step = try verdicts.indices.first { try belongs(docid, ordinal, to: $0) } ?? steps.count - 1
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
