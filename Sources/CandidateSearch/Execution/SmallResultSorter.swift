/// Assigns a few hits of the typed tiers to the steps that would find them: by bitsets, or else by the documents of the
/// records. A step is evaluated when its hits are wanted.
struct SmallResultSorter {
  private let steps: [IndexQuery]
  private let exact: Set<Docid>?
  private let records: RecordCache
  private let bitsets: DocumentBitsets.Evaluation?
  private let cancellation: Cancellation
  /// The hits of the steps that were evaluated, ascending.
  private var sorted: [[Docid]] = []
  /// The hits that none of these steps finds, ascending.
  private var others: [Docid]

  /// Sorts hits into steps, of which the last finds all. `exact` are the hits of the first; nil if they are not known.
  init(
    _ hits: [Docid], exact: [Docid]?, steps: [IndexQuery], records: RecordCache,
    bitsets: DocumentBitsets.Evaluation?, cancellation: Cancellation = .never
  ) throws {
    self.steps = steps
    self.exact = exact.map(Set.init)
    self.records = records
    self.bitsets = bitsets
    self.cancellation = cancellation
    others = hits
    // Without bitsets, all records are needed.
    if bitsets == nil { try records.load(hits.filter { self.exact?.contains($0) != true }) }
  }

  /// The hits of a step after a position.
  mutating func hits(ofStep step: Int, after position: TierPass.Position?) throws -> [Docid] {
    while sorted.count <= step, sorted.count < steps.count { try evaluate(sorted.count) }
    guard step < sorted.count else { return [] }
    return sorted[step].filter { position?.precedes($0, ofStep: step) ?? true }
  }

  private mutating func evaluate(_ step: Int) throws {
    var hits: [Docid] = []
    if step == steps.count - 1 {
      (hits, others) = (others, [])
    } else if step == 0, let exact {
      hits = others.filter(exact.contains)
      others.removeAll(where: exact.contains)
    } else if !others.isEmpty {
      let verdict = try bitsets?.verdict(on: steps[step])
      var (left, ordinal) = ([Docid](), 0)
      for docid in others {
        try cancellation.check()
        var known: Bool?
        if let verdict, let ordinals = bitsets?.bitsets.ordinals {
          ordinal = ordinals.first(notBelow: docid.value, from: ordinal)
          known = ordinals.contains(docid.value, at: ordinal) ? verdict(ordinal) : false
        }
        let belongs = try known ?? records.matcher(docid)?.matches(steps[step]) ?? false
        if belongs { hits.append(docid) } else { left.append(docid) }
      }
      others = left
    }
    sorted.append(hits)
  }
}
