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

    /// Whether a hit comes after it.
    func precedes(_ docid: Docid, ofStep step: Int) -> Bool { (self.step, self.docid) < (step, docid) }
  }

  private let snapshot: any IndexSnapshot
  private let plan: SearchPlan
  private let cache: DocumentBitsetCache
  private let cancellation: Cancellation
  private let measuresSteps: Bool
  /// Whether it is known without an evaluation that no candidate matches the filter of any tier.
  private lazy var filterFindsNothing = Result { try plan.expansion.statistics.showNoMatch(of: plan.filter) }
  /// Whether a word of the text occurs in no column whose words are counted.
  private lazy var hasUnknownWord = plan.text?.rarestCount == 0
  private lazy var bitsets = Result { try cache.bitsets(for: snapshot) }
  /// Evaluates queries on the bitsets; nil where there are none.
  private lazy var evaluation = bitsets.map { [snapshot, cache, cancellation] in
    $0.map {
      DocumentBitsets.Evaluation(
        bitsets: $0, snapshot: snapshot, costs: cache.costs, cancellation: cancellation)
    }
  }
  let records: RecordCache
  private(set) var trace: SearchTrace

  /// - Parameter measuresSteps: Whether each step is evaluated alone, for explanations.
  init(
    _ snapshot: any IndexSnapshot, _ plan: SearchPlan, cache: DocumentBitsetCache, measuresSteps: Bool = false
  ) {
    self.measuresSteps = measuresSteps
    self.snapshot = snapshot
    self.plan = plan
    self.cache = cache
    cancellation = plan.expansion.statistics.cancellation
    records = RecordCache(snapshot, documents: cache.documents)
    trace = SearchTrace(costs: cache.costs)
  }

  /// The next hits after a position, at most `limit`.
  func page(limit: Int, after position: Position?) throws -> [Hit] {
    guard limit > 0, plan.filter != .nothing else { return [] }
    if !measuresSteps, let hits = try pageFromEngine(limit: limit, after: position) { return hits }
    var hits: [Hit] = []
    var earlier: [IndexQuery] = []
    var sorter: SmallResultSorter?
    var hasTriedLate = false
    for planned in plan.tiers where hits.count < limit {
      for query in try planned.queries() {
        let step = earlier.count
        if step == 0 { sorter = try smallResultFromBitsets() }
        // Exact matches are rare and cheap to find; a small result is tried before any other typed tier.
        if step > 0, sorter == nil, planned.tier.isTyped, hits.count < limit {
          let exact = position == nil ? hits.filter { $0.step == 0 }.map(\.docid) : nil
          if step == 1, isExpectedSmall {
            sorter = try smallResult(exact: exact)
          } else if !hasTriedLate, try isLateTrialWorthwhile(before: step) {
            hasTriedLate = true
            sorter = try smallResult(exact: exact)
          }
        }
        if sorter != nil, planned.tier.isTyped {
          let sorted = try trace.measureUnlisted(query) {
            try sorter?.hits(ofStep: step, after: position).prefix(limit - hits.count) ?? []
          }
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

  /// The page where the engine evaluates several steps together: those up to the last typed tier, then the others if hits
  /// are wanting. Nil where it does not.
  private func pageFromEngine(limit: Int, after position: Position?) throws -> [Hit]? {
    var hits: [Hit] = []
    var earlier: [IndexQuery] = []
    let lastTyped = plan.tiers.lastIndex(where: \.tier.isTyped) ?? plan.tiers.count - 1
    for tiers in [plan.tiers[...lastTyped], plan.tiers[(lastTyped + 1)...]] {
      var steps: [Step] = []
      let found = try snapshot.firstHits(
        of: {
          let queries = try queries(of: tiers, after: position, excluding: &earlier, steps: &steps)
          try cancellation.check()
          return queries
        }, limit: limit - hits.count)
      guard let found else { return nil }
      hits += found.map { found in
        let step = steps[found.step]
        return Hit(docid: found.docid, tier: step.tier, step: step.number, query: step.query)
      }
      if hits.count >= limit { break }
    }
    return hits
  }

  /// The queries of some tiers as an engine evaluates them together; the steps that they belong to are added to `steps`.
  private func queries(
    of tiers: ArraySlice<SearchPlan.PlannedTier>, after position: Position?,
    excluding earlier: inout [IndexQuery], steps: inout [Step]
  ) throws -> [QueryStep] {
    var queries: [QueryStep] = []
    for planned in tiers {
      for query in try planned.queries() {
        let step = Step(query: query, tier: planned.tier, number: earlier.count)
        if position.map({ $0.step <= step.number }) ?? true {
          let filtered = IndexQuery.all([query, plan.filter(in: planned.tier), .none(of: .any(earlier))])
          let start = position.flatMap { $0.step == step.number ? $0.docid.value : nil }
          steps.append(step)
          queries.append(
            QueryStep(
              query: start == .max ? .nothing : filtered, start: start.map { $0 + 1 } ?? .min))
        }
        earlier.append(plan.restricted(query, in: planned.tier))
      }
    }
    return queries
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
      if try filterFindsNothing.get() { return ([], false) }
      if hasUnknownWord, try plan.expansion.statistics.needsMissingWord(query) { return ([], false) }
      switch try evaluation.get()?.first(limit, of: query, from: start) {
      case .hits(let docids): return (docids, false)
      case .candidates(let docids) where docids.isEmpty || query.isOfPostings:
        try records.load(docids)
        let hits = try docids.filter { try records.matcher($0)?.matches(query) ?? false }
        return (Array(hits.prefix(limit)), false)
      case .candidates, .unknown, nil:
        let docids = try snapshot.docids(of: query, from: start, limit: limit)
        if start == .min, docids.count < limit { try bitsets.get()?.add(docids, of: query) }
        return (docids, true)
      }
    }
  }

  // MARK: - Small results

  /// The text, if its typed tiers can be sorted in memory: of several words, none of them a letter or a prefix.
  private var sortableText: RankedText? {
    guard let text = plan.text, text.units.count > 1, !text.isPrefix, !text.isLong,
      !text.units.contains(where: \.isLetter)
    else { return nil }
    return text
  }

  /// The query of all hits of the typed tiers, except the owners of an id or an address.
  private var typedHits: IndexQuery { .all([plan.typed, plan.filter(in: .anywhere)]) }

  /// All hits of the typed tiers, sorted into tiers; nil unless bitsets show that they are few.
  private func smallResultFromBitsets() throws -> SmallResultSorter? {
    guard !hasUnknownWord, let text = sortableText, RankingRule.owners(text).isEmpty,
      let evaluation = try evaluation.get()
    else { return nil }
    let limit = cache.costs.maximumSmallResult
    let docids = try trace.measureIfKnown(typedHits, in: .anywhere) {
      guard case .hits(let docids) = try evaluation.first(limit + 1, of: typedHits, from: .min),
        docids.count <= limit
      else { return nil }
      return docids
    }
    guard let docids else { return nil }
    return try sorted(docids, exact: nil)
  }

  /// Whether the typed tiers have few hits together, if words are independent of one another.
  private var isExpectedSmall: Bool {
    let costs = cache.costs
    guard let text = sortableText, text.expectedCount < Double(costs.maximumSmallResult) else { return false }
    return Double(text.rarestCount) >= costs.postingStepsPerRecord * max(1, text.expectedCount)
  }

  /// Whether the last typed step was slow, and at least two are left, all of which the hits of typed tiers together would
  /// save: words of one kind often exclude one another (`analyst engineer`).
  private func isLateTrialWorthwhile(before step: Int) throws -> Bool {
    guard !measuresSteps, sortableText != nil, let last = trace.steps.last, last.tier.isTyped,
      last.microseconds >= cache.costs.minimumSlowTypedStep
    else { return false }
    return try plan.tiers.filter(\.tier.isTyped).reduce(0) { $0 + (try $1.queries().count) } >= step + 2
  }

  /// All hits of the typed tiers, sorted into tiers; nil if they are not few. Without this fast path, each tier of
  /// frequent terms would read their postings, also if it has no hits.
  private func smallResult(exact: [Docid]?) throws -> SmallResultSorter? {
    let costs = cache.costs
    let docids = try docids(of: typedHits, in: .anywhere, limit: costs.maximumSmallResult + 1)
    guard docids.count <= costs.maximumSmallResult else { return nil }
    if exact == nil, let query = try plan.tiers.first(where: \.tier.isTyped)?.queries().first {
      return try sorted(
        docids,
        exact: self.docids(
          of: .all([query, plan.filter(in: .exact)]), in: .exact, limit: costs.maximumSmallResult))
    }
    return try sorted(docids, exact: exact)
  }

  /// Sorts hits of the typed tiers into their steps.
  private func sorted(_ docids: [Docid], exact: [Docid]?) throws -> SmallResultSorter {
    let steps = try plan.tiers.filter(\.tier.isTyped).flatMap { try $0.queries() }
    // A few documents are read sooner than bitsets are found.
    let isTiny = docids.count <= cache.costs.maximumVerified
    let evaluation = isTiny ? nil : try evaluation.get()
    return try SmallResultSorter(
      docids, exact: exact, steps: steps, records: records, bitsets: evaluation, cancellation: cancellation)
  }

  /// Records the slow steps, so that bitsets are built for their terms.
  private func recordSlowSteps() throws {
    var spent: [IndexQuery: Int] = [:]
    for (query, microseconds) in trace.slow {
      let missing = try query.bitsetParts.filter { try bitsets.get()?[$0] == nil }
      for part in missing { spent[part, default: 0] += microseconds }
    }
    if !spent.isEmpty { try cache.record(spent, in: snapshot, cancellation: cancellation) }
  }
}
