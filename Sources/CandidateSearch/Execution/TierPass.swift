/// A pass over the tiers of a plan, from strict to relaxed, each in the order of docids, until the page is full.
final class TierPass {
  /// A hit, with the tier and the query that found it.
  struct Hit {
    let docid: Docid
    let tier: Tier
    /// The number of the query that found it, among all queries of the plan.
    let step: Int
    let query: IndexQuery
  }

  /// The last hit of the previous page.
  struct Position {
    let step: Int
    let docid: Docid
  }

  private let snapshot: any IndexSnapshot
  private let plan: SearchPlan
  private let cache: DocumentBitsetCache
  private let cancellation: Cancellation
  private lazy var bitsets = Result { try cache.bitsets(for: snapshot) }
  let records: RecordCache
  private(set) var trace: SearchTrace

  init(_ snapshot: any IndexSnapshot, _ plan: SearchPlan, cache: DocumentBitsetCache) {
    self.snapshot = snapshot
    self.plan = plan
    self.cache = cache
    cancellation = plan.expansion.statistics.cancellation
    records = RecordCache(snapshot)
    trace = SearchTrace(costs: cache.costs)
  }

  /// The next hits after a position, at most `limit`.
  func page(limit: Int, after position: Position?) throws -> [Hit] {
    guard limit > 0, plan.filter != .nothing else { return [] }
    var hits: [Hit] = []
    var earlier: [IndexQuery] = []
    var sorter: SmallResultSorter?
    for planned in plan.tiers where hits.count < limit {
      for query in try planned.queries() {
        let step = earlier.count
        // Exact matches are rare and cheap to find; a small result is tried before any other typed tier.
        if step == 1, planned.tier.isTyped, hits.count < limit {
          sorter = try smallResult(exact: position == nil ? hits.map(\.docid) : nil)
        }
        if let sorter, planned.tier.isTyped {
          let sorted = sorter.hits(ofStep: step, after: position).prefix(limit - hits.count)
          hits += sorted.map { Hit(docid: $0, tier: planned.tier, step: step, query: query) }
        } else if hits.count < limit, position.map({ $0.step <= step }) ?? true {
          let found = Step(query: query, tier: planned.tier, number: step)
          try find(found, after: position, excluding: earlier, limit: limit, into: &hits)
        }
        earlier.append(plan.restricted(query, in: planned.tier))
      }
    }
    try recordSlowSteps()
    return hits
  }

  /// One query of a plan.
  private struct Step {
    let query: IndexQuery
    let tier: Tier
    let number: Int
  }

  /// Adds what one query finds besides the earlier ones.
  private func find(
    _ step: Step, after position: Position?, excluding earlier: [IndexQuery], limit: Int,
    into hits: inout [Hit]
  ) throws {
    var query = IndexQuery.all([step.query, plan.filter(in: step.tier)])
    var wanted = limit - hits.count
    var after: Docid?
    if let position {
      // The hits of earlier pages are not in memory.
      if !earlier.isEmpty { query = .all([query, .none(of: .any(earlier))]) }
      after = position.step == step.number ? position.docid : nil
    } else {
      // A relaxed query also finds the hits of the strict ones.
      wanted += hits.count
    }
    let docids = try docids(of: query, in: step.tier, limit: wanted, after: after)
    let known = Set(hits.map(\.docid))
    for docid in docids where hits.count < limit && !known.contains(docid) {
      hits.append(Hit(docid: docid, tier: step.tier, step: step.number, query: step.query))
    }
  }

  private func docids(
    of query: IndexQuery, in tier: Tier, limit: Int, after: Docid? = nil
  ) throws -> [Docid] {
    if query == .nothing || after?.value == .max { return [] }
    try cancellation.check()
    let start = after.map { $0.value + 1 } ?? .min
    return try trace.measure(query, in: tier) {
      if let known = try bitsets.get()?.first(limit, of: query, from: start) { return (known, false) }
      return (try snapshot.docids(of: query, from: start, limit: limit), true)
    }
  }

  // MARK: - Small results

  /// All hits of the typed tiers, sorted into tiers; nil if they are not few. Without this fast path, each tier of
  /// frequent terms would read their postings, also if it has no hits.
  private func smallResult(exact: [Docid]?) throws -> SmallResultSorter? {
    let costs = cache.costs
    guard let text = plan.text, text.units.count > 1, !text.isPrefix, !text.isLong,
      !text.units.contains(where: \.isLetter), text.expectedCount < Double(costs.maximumSmallResult),
      Double(text.rarestCount) >= costs.postingStepsPerRecord * max(1, text.expectedCount)
    else { return nil }
    let typed = IndexQuery.all([plan.typed, plan.filter(in: .anywhere)])
    let docids = try docids(of: typed, in: .anywhere, limit: costs.maximumSmallResult + 1)
    guard docids.count <= costs.maximumSmallResult else { return nil }
    let steps = try plan.tiers.filter(\.tier.isTyped).flatMap { try $0.queries() }
    let exact =
      try exact
      ?? self.docids(
        of: .all([steps[0], plan.filter(in: .exact)]), in: .exact, limit: costs.maximumSmallResult)
    return try trace.measureUnlisted(.any(Array(steps.dropFirst()))) {
      try SmallResultSorter(
        docids, exact: exact, steps: steps, records: records, bitsets: bitsets.get(),
        cancellation: cancellation)
    }
  }

  /// Records the slow steps, so that bitsets are built for their terms.
  private func recordSlowSteps() throws {
    var spent: [IndexQuery: Int] = [:]
    for (query, microseconds) in trace.slow {
      let terms = try query.leaves.filter { try bitsets.get()?.sets[$0] == nil }
      for term in terms { spent[term, default: 0] += microseconds / terms.count }
    }
    if !spent.isEmpty { try cache.record(spent, in: snapshot, cancellation: cancellation) }
  }
}
