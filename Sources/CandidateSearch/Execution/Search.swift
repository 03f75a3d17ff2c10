import CandidateModel
import CandidateQuery
import Foundation

/// One search in one snapshot: hits, count, facets and diagnosis from one plan.
final class Search {
  private let query: SearchQuery
  private let options: SearchOptions
  private let scope: Scope
  private let caches: SearchCaches
  let snapshot: any IndexSnapshot
  let cancellation: Cancellation
  private let cursor: SearchCursor?
  private let now: Timestamp
  let parsed: ParsedQuery
  let plan: SearchPlan
  /// The query of all hits, without an order.
  private lazy var everyHit = Result { try plan.everyHit() }

  /// Plans a search.
  /// - Throws: `QueryError`, `CursorError`.
  init(
    _ query: SearchQuery, _ options: SearchOptions, scope: Scope, caches: SearchCaches,
    in snapshot: any IndexSnapshot, cancellation: Cancellation = .never
  ) throws {
    self.query = query
    self.options = options
    self.scope = scope
    self.caches = caches
    self.snapshot = snapshot
    self.cancellation = cancellation
    cursor = try options.cursor.map {
      try SearchCursor(
        $0, fingerprint: SearchCursor.fingerprint(of: query, options, in: scope), sort: options.sort,
        key: caches.cursorKey(snapshot))
    }
    now = options.now ?? cursor?.now ?? .now
    let parsed = try ParsedQuery(query, now: now, customFields: snapshot.customFields)
    let statistics = TermStatistics(snapshot: snapshot, scope: scope, cancellation: cancellation)
    let expansion = QueryExpansion(statistics: statistics, options: ExpansionOptions(options)) {
      try caches.spellingIndex.value(for: snapshot) { try SpellingIndex(statistics) }
    }
    self.parsed = parsed
    plan = try SearchPlan(parsed, expansion)
  }

  /// Computes everything that the options request.
  func results() throws -> SearchResults {
    let limit = min(max(0, options.limit), Int.max - 1)
    let page = try options.sort.map { try sortedPage(by: $0, limit) } ?? rankedPage(limit)
    let count = options.includesCount ? try count() : nil
    let facets = try facets(options.facets, limit: options.facetLimit)
    let isEmpty =
      page.hits.isEmpty && options.cursor == nil
      && (limit > 0 || count == 0 || (!facets.isEmpty && facets.allSatisfy(\.isEmpty)))
    let diagnosis = isEmpty && options.diagnosesEmptyResult ? try diagnosis() : nil
    return SearchResults(
      hits: page.hits, cursor: page.cursor, notices: plan.notices + page.notices, count: count,
      facets: facets, diagnosis: diagnosis, explanation: options.explains ? explanation(page.steps) : nil)
  }

  func count() throws -> Int { try snapshot.count(of: everyHit.get()) }

  func facets(_ facets: [Facet], limit: Int) throws -> [FacetCounts] {
    if facets.isEmpty { return [] }
    return try FacetCounter(snapshot: snapshot, cache: caches.facets, cancellation: cancellation)
      .counts(of: facets, in: everyHit.get(), limit: max(0, limit))
  }

  func diagnosis() throws -> SearchDiagnosis {
    let ordinals = try caches.ordinals.value(for: snapshot) { try DocidOrdinals(snapshot, cancellation) }
    return try Diagnosis(
      snapshot: snapshot, ordinals: ordinals, maximumRows: caches.costs.maximumDiagnosedRows,
      cancellation: cancellation
    ).run(parsed, plan)
  }

  private func explanation(_ steps: [SearchTrace.Step]) -> SearchExplanation {
    SearchExplanation(
      tree: parsed.tree,
      steps: steps.map { step in
        SearchExplanation.Step(
          tier: step.tier, expression: snapshot.expression(of: step.query),
          source: snapshot.source(of: step.query), rows: step.rows, microseconds: step.microseconds)
      })
  }

  // MARK: - Pages

  private struct Page {
    let hits: [Hit]
    /// Encodes the cursor after the last hit; nil on the last page.
    let cursor: (@Sendable () -> String)?
    var notices: [QueryNotice] = []
    let steps: [SearchTrace.Step]
  }

  private func rankedPage(_ limit: Int) throws -> Page {
    let pass = TierPass(snapshot, plan, cache: caches.bitsets)
    // One more hit shows whether there is another page.
    let found = try pass.page(limit: limit > 0 ? limit + 1 : 0, after: cursor?.tierPosition(in: snapshot))
    try pass.records.load(found.prefix(limit).map(\.docid))
    let hits = found.prefix(limit).compactMap { found in
      pass.records[found.docid].map { hit($0, in: found.tier, by: found.query) }
    }
    var cursor: (@Sendable () -> String)?
    if found.count > limit, let last = found.prefix(limit).last, let hit = hits.last {
      cursor = try self.cursor(
        after: SortPosition(
          value: .none, second: last.docid.second, id: hit.candidate.id, connector: hit.connector),
        step: last.step)
    }
    return Page(
      hits: hits, cursor: cursor, notices: try correctionNotices(found.prefix(limit)), steps: pass.trace.steps
    )
  }

  private func sortedPage(by sort: SearchSort, _ limit: Int) throws -> Page {
    let query = try everyHit.get()
    var trace = SearchTrace(costs: caches.costs)
    var found: [SortedHit] = []
    try cancellation.check()
    _ = try trace.measure(query, in: .sorted) {
      found = try snapshot.sortedHits(
        of: query, by: sort, limit: limit > 0 ? limit + 1 : 0, after: cursor?.position)
      return (found.map(\.docid), true)
    }
    let stored = try snapshot.records(found.prefix(limit).map(\.docid))
    try cancellation.check()
    let hits = found.prefix(limit).compactMap { found in
      stored[found.docid].map { hit($0, in: .sorted, by: query) }
    }
    let last = found.count > limit ? found.prefix(limit).last : nil
    return Page(
      hits: hits, cursor: try last.map { try self.cursor(after: $0.position, step: 0) }, steps: trace.steps)
  }

  private func hit(_ stored: StoredRecord, in tier: Tier, by query: IndexQuery) -> Hit {
    let (candidate, queries) = (stored.candidate, [query, plan.typed, plan.filter])
    return Hit(candidate: candidate, connector: stored.connector, tier: tier) {
      Highlighter(queries).highlights(in: candidate)
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

  /// A notice for each word that was corrected, if the corrections found a hit.
  private func correctionNotices(_ found: some Sequence<TierPass.Hit>) throws -> [QueryNotice] {
    let corrected = found.filter { $0.tier == .corrected }
    guard let text = plan.text, !corrected.isEmpty else { return [] }
    let spelled = try plan.expansion.otherSpellings(of: text)
    guard corrected.contains(where: { spelled.contains($0.query) }) else { return [] }
    return try zip(text.units, plan.expansion.correctedWords(of: text)).compactMap { unit, words in
      guard let typed = unit.token, !words.isEmpty else { return nil }
      return QueryNotice("showing results for \(words.joined(separator: ", ")) (typed \(typed))")
    }
  }
}

extension ExpansionOptions {
  fileprivate init(_ options: SearchOptions) {
    self.init(
      findsVariants: options.findsVariants, completesLastWord: options.completesLastWord,
      correctsWords: options.correctsWords)
  }
}
