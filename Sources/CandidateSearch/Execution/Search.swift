import CandidateModel
import CandidateQuery
import Foundation

/// One search in one snapshot: hits, count, facets and diagnosis from one plan.
final class Search {
  private let query: SearchQuery
  private let options: SearchOptions
  private let scope: Scope
  /// Removes what the scope does not return from records.
  private lazy var redaction = scope.includesContacts ? nil : RecordRedaction()
  private let caches: SearchCaches
  let snapshot: any IndexSnapshot
  private let missingParts: [String]
  let cancellation: Cancellation
  private let cursor: SearchCursor?
  private let now: Timestamp
  let parsed: ParsedQuery
  let plan: SearchPlan
  /// Whether the plan finds nothing; nil if that is not known yet.
  private var findsNothing: Bool?
  /// The query of all hits of the plan, without an order.
  private lazy var plannedHits = Result { try plan.everyHit() }
  /// The search of the relaxed tiers, for explanations; nil if it was not needed.
  private var relaxedSearch: RelaxedSearch?
  /// The hits of relaxed tiers; empty if the plan finds anything.
  private lazy var relaxedHits = Result { try findRelaxedHits() }

  /// Plans a search.
  /// - Throws: `QueryError`, `CursorError`.
  init(
    _ query: SearchQuery, _ options: SearchOptions, scope: Scope, caches: SearchCaches,
    in snapshot: any IndexSnapshot, cancellation: Cancellation = .never
  ) throws {
    self.query = query
    self.options = options
    self.scope = scope
    self.snapshot = snapshot
    missingParts = try snapshot.missingParts
    // What is derived from some parts is not of the whole generation.
    let caches = missingParts.isEmpty ? caches : caches.unshared()
    self.caches = caches
    self.cancellation = cancellation
    cursor = try options.cursor.map {
      try SearchCursor(
        $0, fingerprint: SearchCursor.fingerprint(of: query, options, in: scope), sort: options.sort,
        key: caches.cursorKey(snapshot))
    }
    now = options.now ?? cursor?.now ?? .now
    let parsed = try ParsedQuery(
      query, now: now, includesContacts: scope.includesContacts, customFields: snapshot.customFields)
    // A cursor does not keep a candidate in the scope that has left it since.
    let resolved = try caches.scopes.resolved(scope, now: options.now ?? .now, in: snapshot)
    let statistics = TermStatistics(snapshot: snapshot, scope: resolved, cancellation: cancellation)
    let words = caches.scopes.withoutFilter(scope)
    let expansion = QueryExpansion(
      statistics: statistics, options: ExpansionOptions(options),
      spellingIndex: {
        try words.spellingIndex.value(for: snapshot) {
          try SpellingIndex(TermStatistics(snapshot: snapshot, scope: words, cancellation: cancellation))
        }
      },
      readSpellingIndex: { try words.spellingIndex.computedValue(for: snapshot) },
      synonyms: { try caches.synonyms.value(for: snapshot) { SynonymTable(try Synonyms(snapshot)) } })
    self.parsed = parsed
    plan = try SearchPlan(parsed, expansion)
  }

  /// Computes everything that the options request.
  func results() throws -> SearchResults {
    let limit = min(max(0, options.limit), Int.max - 1)
    let page = try options.sort.map { try sortedPage(by: $0, limit) } ?? rankedOrRelaxedPage(limit)
    let count = options.includesCount ? try count() : nil
    let facets = try facets(options.facets, limit: options.facetLimit)
    let isEmpty =
      page.shown.isEmpty && options.cursor == nil
      && (limit > 0 || count == 0 || (!facets.isEmpty && facets.allSatisfy(\.isEmpty)))
    let diagnosis = isEmpty && options.diagnosesEmptyResult ? try diagnosis() : nil
    return SearchResults(
      query: { [parsed] in parsed.tree }, hits: page.shown.hits, identities: page.shown.identities,
      cursor: page.cursor,
      notices: plan.notices + page.notices + page.corrections.map(QueryNotice.init),
      corrections: page.corrections, count: count,
      facets: facets, diagnosis: diagnosis,
      explanation: options.explains ? explanation(page.steps + (relaxedSearch?.trace.steps ?? [])) : nil,
      freshness: options.includesFreshness ? try freshness() : [], missingParts: missingParts,
      generation: try snapshot.generation())
  }

  func count() throws -> Int { try snapshot.count(of: everyHit(ifRelaxed: .always)) }

  func facets(_ facets: [Facet], limit: Int) throws -> [FacetCounts] {
    if facets.isEmpty { return [] }
    return try FacetCounter(snapshot: snapshot, cache: caches.facets, cancellation: cancellation)
      .counts(of: facets, in: everyHit(ifRelaxed: .always), limit: max(0, limit))
  }

  /// The query of all hits, without an order: of relaxed tiers where one of these options is set and the plan finds
  /// nothing.
  private func everyHit(ifRelaxed relaxed: Relaxed...) throws -> IndexQuery {
    let planned = try plannedHits.get()
    guard relaxed.contains(options.relaxed) else { return planned }
    let hits = try relaxedHits.get()
    if hits.isEmpty { return planned }
    return .any(hits.flatMap(\.docids).sorted().map { .record(.docids($0.value...$0.value)) })
  }

  private func findRelaxedHits() throws -> [RelaxedHits] {
    guard options.relaxed != .never, plan.text != nil else { return [] }
    if findsNothing == nil {
      findsNothing = try snapshot.docids(of: plannedHits.get(), from: .min, limit: 1).isEmpty
    }
    guard findsNothing == true else { return [] }
    let search = RelaxedSearch(snapshot, plan, costs: caches.costs)
    relaxedSearch = search
    return try search.results()
  }

  func diagnosis() throws -> SearchDiagnosis {
    let ordinals = try caches.ordinals.value(for: snapshot) { try DocidOrdinals(snapshot, cancellation) }
    return try Diagnosis(
      snapshot: snapshot, ordinals: ordinals, bitsets: caches.clauses,
      maximumRows: caches.costs.maximumDiagnosedRows,
      cancellation: cancellation
    ).run(parsed, plan)
  }

  private func freshness() throws -> [ConnectorFreshness] {
    let scope = try caches.scopes.resolved(scope, now: options.now ?? .now, in: snapshot)
    return try snapshot.freshness().filter { connector in
      try cancellation.check()
      return try scope.shows(connector: connector.connector, in: snapshot)
    }
  }

  /// The explanation, without the filter of the scope, which may name people.
  private func explanation(_ steps: [SearchTrace.Step]) -> SearchExplanation {
    let scope = plan.expansion.statistics.scope
    let hidden = scope.hasFilter ? scope.filter.conditions : []
    return SearchExplanation(
      tree: parsed.tree,
      steps: steps.map { step in
        let query = step.query.without(hidden)
        return SearchExplanation.Step(
          tier: step.tier, expression: snapshot.expression(of: query),
          source: snapshot.source(of: query), rows: step.rows, microseconds: step.microseconds)
      })
  }

  // MARK: - Pages

  /// The candidates of a page: hits if the options include records, otherwise their identities.
  private struct Shown {
    var hits: [Hit] = []
    var identities: [HitIdentity] = []

    var isEmpty: Bool { hits.isEmpty && identities.isEmpty }
    /// The identity of the last one; nil if there is none.
    var last: StoredIdentity? {
      hits.last.map { StoredIdentity(id: $0.candidate.id, connector: $0.connector) }
        ?? identities.last.map { StoredIdentity(id: $0.id, connector: $0.connector) }
    }
  }

  private struct Page {
    let shown: Shown
    /// Encodes the cursor after the last hit; nil on the last page.
    let cursor: (@Sendable () -> String)?
    var notices: [QueryNotice] = []
    var corrections: [Correction] = []
    let steps: [SearchTrace.Step]
  }

  private func identities(_ found: some Sequence<(docid: Docid, tier: Tier)>) throws -> Shown {
    let found = Array(found)
    let stored = try snapshot.identities(found.map(\.docid))
    return Shown(
      identities: found.compactMap { docid, tier in
        stored[docid].map { HitIdentity(id: $0.id, connector: $0.connector, tier: tier) }
      })
  }

  /// A page of the plan, or of relaxed tiers where the plan finds nothing.
  private func rankedOrRelaxedPage(_ limit: Int) throws -> Page {
    if cursor?.isRelaxed != true {
      let page = try rankedPage(limit)
      guard page.shown.isEmpty, cursor == nil, limit > 0, options.relaxed != .never else { return page }
      findsNothing = true
      let relaxed = try relaxedPage(limit)
      return relaxed.shown.isEmpty ? page : relaxed
    }
    return try relaxedPage(limit)
  }

  private func relaxedPage(_ limit: Int) throws -> Page {
    let position = try cursor?.tierPosition(in: snapshot)
    var found: [(group: RelaxedHits, step: Int, docid: Docid)] = []
    for (i, group) in try relaxedHits.get().enumerated() where found.count <= limit {
      let step = SearchCursor.firstRelaxedStep + i
      for docid in group.docids where position?.precedes(docid, ofStep: step) ?? true {
        found.append((group, step, docid))
      }
    }
    let page = found.prefix(limit)
    let shown = try relaxedHits(page)
    let last = found.count > limit ? page.last : nil
    return Page(
      shown: shown, cursor: try last.flatMap { try cursor(after: shown.last, at: $0.docid, step: $0.step) },
      notices: page.first.map { [QueryNotice(relaxed: $0.group)] } ?? [], steps: [])
  }

  private func relaxedHits(
    _ page: ArraySlice<(group: RelaxedHits, step: Int, docid: Docid)>
  ) throws -> Shown {
    guard options.includesRecords else { return try identities(page.lazy.map { ($0.docid, $0.group.tier) }) }
    let stored = try snapshot.records(page.map(\.docid))
    return Shown(
      hits: try page.compactMap { found in try stored[found.docid].map { try hit($0, in: found.group) } })
  }

  private func hit(_ stored: StoredRecord, in group: RelaxedHits) throws -> Hit {
    try hit(stored, in: group.tier, explainer([group.highlighted]) { [reason = group.reason] _ in reason })
  }

  private func rankedPage(_ limit: Int) throws -> Page {
    let pass = TierPass(snapshot, plan, cache: caches.bitsets, measuresSteps: options.explains)
    // One more hit shows whether there is another page.
    let found = try pass.page(limit: limit > 0 ? limit + 1 : 0, after: cursor?.tierPosition(in: snapshot))
    let page = found.prefix(limit)
    let shown =
      options.includesRecords
      ? try rankedHits(page, pass.records) : try identities(page.lazy.map { ($0.docid, $0.tier) })
    let last = found.count > limit ? page.last : nil
    return Page(
      shown: shown, cursor: try last.flatMap { try cursor(after: shown.last, at: $0.docid, step: $0.step) },
      notices: try synonymNotices(page), corrections: try corrections(page), steps: pass.trace.steps)
  }

  private func rankedHits(_ page: ArraySlice<TierPass.Hit>, _ records: RecordCache) throws -> Shown {
    try records.load(page.map(\.docid))
    let synonyms = page.contains { $0.tier == .synonym } ? try plan.synonymRuns() : []
    // Hits of one step share their explainer.
    var shared: (step: Int, explainer: QueryExplainer)?
    var hits: [Hit] = []
    hits.reserveCapacity(page.count)
    for found in page {
      guard let record = records[found.docid] else { continue }
      if shared?.step != found.step {
        shared = (found.step, try explainer(of: found, replacing: synonyms))
      }
      hits.append(try hit(record, in: found.tier, shared?.explainer))
    }
    return Shown(hits: hits)
  }

  private func sortedPage(by sort: SearchSort, _ limit: Int) throws -> Page {
    let query = try everyHit(ifRelaxed: .hits, .always)
    let relaxed = try relaxedByDocid()
    var trace = SearchTrace(costs: caches.costs)
    var found: [SortedHit] = []
    try cancellation.check()
    _ = try trace.measure(query, in: .sorted) {
      found = try snapshot.sortedHits(
        of: query, by: sort, limit: limit > 0 ? limit + 1 : 0, after: cursor?.position)
      return (found.map(\.docid), true)
    }
    let page = found.prefix(limit)
    try cancellation.check()
    let shown: Shown
    if options.includesRecords {
      let stored = try snapshot.records(page.map(\.docid))
      try cancellation.check()
      let explainer = explainer([try plan.everyHighlightedHit()])
      shown = Shown(
        hits: try page.compactMap { found in
          try stored[found.docid].map { stored in
            try relaxed[found.docid].map { try hit(stored, in: $0) } ?? hit(stored, in: .sorted, explainer)
          }
        })
    } else {
      shown = try identities(page.lazy.map { ($0.docid, relaxed[$0.docid]?.tier ?? .sorted) })
    }
    let last = found.count > limit ? page.last : nil
    return Page(
      shown: shown, cursor: try last.map { try self.cursor(after: $0.position, step: 0) },
      notices: try relaxedHits.get().first.map { [QueryNotice(relaxed: $0)] } ?? [], steps: trace.steps)
  }

  private func relaxedByDocid() throws -> [Docid: RelaxedHits] {
    var groups: [Docid: RelaxedHits] = [:]
    for group in try relaxedHits.get() { for docid in group.docids { groups[docid] = group } }
    return groups
  }

  private func hit(_ stored: StoredRecord, in tier: Tier, _ explainer: QueryExplainer?) throws -> Hit {
    Hit(candidate: try shown(stored), connector: stored.connector, tier: tier, explainer: explainer)
  }

  /// The explainer of the hits of a step of the plan.
  private func explainer(
    of hit: TierPass.Hit, replacing synonyms: [SynonymRun]
  ) throws -> QueryExplainer {
    if let occupation = plan.expansion.occupation(of: hit.query) {
      return explainer([hit.query]) { _ in "another title of the same occupation (\(occupation))" }
    }
    if hit.tier == .synonym {
      return explainer([hit.query]) { SynonymText.reason(synonyms, in: $0) }
    }
    if hit.tier.isOfVariants, let text = try plan.text(of: hit.query, in: hit.tier) {
      return explainer([hit.query]) { [options = plan.expansion.options] in
        VariantReason.text(of: text, options, in: $0)
      }
    }
    return explainer([hit.query])
  }

  /// An explainer that highlights some queries and everything that was typed.
  private func explainer(
    _ queries: [IndexQuery], reason: @escaping @Sendable (Candidate) -> String? = { _ in nil }
  ) -> QueryExplainer {
    QueryExplainer(queries + [plan.typed, plan.queryFilter], reason: reason)
  }

  /// The candidate as the scope returns it.
  private func shown(_ stored: StoredRecord) throws -> Candidate {
    try redaction?.redacted(stored.candidate) ?? stored.candidate
  }

  private func cursor(
    after last: StoredIdentity?, at docid: Docid, step: Int
  ) throws -> (@Sendable () -> String)? {
    try last.map { last in
      try cursor(
        after: SortPosition(value: .none, second: docid.second, id: last.id, connector: last.connector),
        step: step)
    }
  }

  /// Returns a closure that encodes and signs a cursor, since many callers use none.
  private func cursor(after position: SortPosition, step: Int) throws -> @Sendable () -> String {
    let key = try caches.cursorKey(snapshot)
    return { [query, options, scope, now] in
      SearchCursor(
        fingerprint: SearchCursor.fingerprint(of: query, options, in: scope), now: now, step: step,
        position: position
      ).text(signedWith: key)
    }
  }
}
