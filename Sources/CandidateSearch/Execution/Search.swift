import CandidateModel
import CandidateQuery
import Dispatch
import Foundation
import GRDB

/// One search in one snapshot of the index.
struct Search {
  /// A query as it comes.
  enum Source: Sendable {
    case text(String)
    case query(Query)
  }

  let index: CandidateIndex
  private let options: SearchOptions
  let db: Database
  let parsed: ParsedQuery
  let plan: SearchPlan
  private let cursor: SearchCursor?
  private let now: Timestamp
  private let fingerprint: SearchFingerprint
  let cancellation: Cancellation

  init(
    _ index: CandidateIndex, _ source: Source, _ options: SearchOptions, _ db: Database,
    _ cancellation: Cancellation = .never
  ) throws {
    self.index = index
    self.options = options
    self.db = db
    self.cancellation = cancellation
    let fingerprint = SearchFingerprint(source: source, options: options, visibility: index.visibility)
    cursor = try options.cursor.map {
      try SearchCursor($0, fingerprint: fingerprint.hash, sort: options.sort, db)
    }
    self.fingerprint = fingerprint
    now = options.now ?? cursor?.now ?? .now
    parsed =
      switch source {
      case .text(let text):
        try ParsedQuery(
          text, in: QueryResolver.Context(now: now, customFields: try CustomFieldStore(db: db).all()))
      case .query(let query): try ParsedQuery(query)
      }
    let statistics = TermStatistics(
      db: db, isPublic: index.visibility == .public, cancellation: cancellation)
    let expansion = QueryExpansion(
      statistics: statistics,
      options: ExpansionOptions(
        findsVariants: options.findsVariants, completesLastWord: options.completesLastWord,
        correctsWords: options.correctsWords),
      spellingIndex: { try index.caches.spellingIndex.value(db) { try SpellingIndex(statistics) } })
    plan = try SearchPlan(parsed, expansion)
  }

  func results() throws -> SearchResults {
    let limit = min(max(0, options.limit), Int.max - 1)
    // One more tells whether there is another page.
    return try options.sort.map { try sorted(by: $0, limit) } ?? ranked(limit)
  }

  private func ranked(_ limit: Int) throws -> SearchResults {
    let searcher = Searcher(db, plan, index.caches.sets)
    let found = try searcher.page(limit: limit > 0 ? limit + 1 : 0, after: cursor?.position(db))
    let stored = try searcher.stored(found.prefix(limit).map(\.docid))
    let hits = found.prefix(limit).compactMap { found in
      stored[found.docid].map { hit($0, found.tier, found.match) }
    }
    var next: NextPage?
    if found.count > limit, let last = found.prefix(limit).last, let hit = hits.last {
      next = try nextPage(
        last.step,
        SortPosition(value: .none, second: last.docid.second, id: hit.candidate.id, connector: hit.connector))
    }
    return SearchResults(
      hits: hits, next: next, notices: plan.notices + (try correctionNotices(found.prefix(limit))),
      explanation: SearchExplanation(query: parsed, steps: searcher.trace))
  }

  private func sorted(by sort: SearchSort, _ limit: Int) throws -> SearchResults {
    let match = try plan.everyHit()
    let start = DispatchTime.now().uptimeNanoseconds
    let found = try SortedSearch(db: db, cancellation: cancellation).docids(
      of: match, sort: sort, limit: limit > 0 ? limit + 1 : 0, after: cursor?.place)
    let step = SearchExplanation.Step(
      tier: Tier.sorted.name, match: match, rows: found.count,
      microseconds: Int((DispatchTime.now().uptimeNanoseconds - start) / 1_000))
    let stored = try RecordLoader(db).load(found.prefix(limit).map(\.docid))
    let hits = found.prefix(limit).compactMap { found in
      stored[found.docid].map { hit($0, .sorted, match) }
    }
    let last = found.count > limit ? found.prefix(limit).last : nil
    return SearchResults(
      hits: hits, next: try last.map { try nextPage(0, $0.position) }, notices: plan.notices,
      explanation: SearchExplanation(query: parsed, steps: [step]))
  }

  private func hit(_ stored: RecordLoader.Stored, _ tier: Tier, _ match: IndexQuery) -> Hit {
    Hit(
      candidate: stored.candidate, connector: stored.connector, tier: tier.name,
      matches: [match, plan.typed, plan.filter])
  }

  private func nextPage(_ step: Int, _ place: SortPosition) throws -> NextPage {
    NextPage(
      fingerprint: fingerprint, now: now, step: step, place: place, key: try index.caches.cursorKey(db))
  }

  func count() throws -> Int { try Searcher.count(plan.everyHit(), db) }

  func facets(_ facets: [Facet], limit: Int) throws -> [FacetCounts] {
    try FacetCounter(db: db, cache: index.caches.facets, cancellation: cancellation).counts(
      of: facets, in: plan.everyHit(), limit: max(0, limit))
  }

  /// Says what was taken for a typing error, where that has found something.
  private func correctionNotices(_ found: some Sequence<Searcher.Found>) throws -> [QueryNotice] {
    let corrected = found.filter { $0.tier.name == "corrected" }
    guard let text = plan.text, !corrected.isEmpty else { return [] }
    let spelled = try plan.expansion.otherSpellings(of: text)
    guard corrected.contains(where: { spelled.contains($0.match) }) else { return [] }
    return try zip(text.units, plan.expansion.correctedWords(of: text)).compactMap { unit, words in
      guard let typed = unit.token, !words.isEmpty else { return nil }
      return QueryNotice("showing results for \(words.joined(separator: ", ")) (typed \(typed))")
    }
  }
}
