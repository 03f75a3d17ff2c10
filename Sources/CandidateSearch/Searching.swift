import Dispatch
import Foundation
import GRDB

extension CandidateIndex {
  /// The best hits of a query, most recent first within each tier; an empty query means all candidates. Its cost
  /// hardly grows with the index. Throws `QueryError`, `CursorError` or `IndexError`.
  public func search(_ query: String, _ options: SearchOptions = .init()) throws -> SearchResults {
    try read { try Search(self, .text(query), options, $0).results() }
  }

  /// The best hits of a query that was put together in a program; otherwise as with text.
  public func search(_ query: Query, _ options: SearchOptions = .init()) throws -> SearchResults {
    try read { try Search(self, .query(query), options, $0).results() }
  }

  /// As without `await`, but the calling thread is left to others meanwhile. Cancelling the task interrupts the search:
  /// then it throws `CancellationError`.
  public func search(_ query: String, _ options: SearchOptions = .init()) async throws -> SearchResults {
    try await readAsync { try Search(self, .text(query), options, $0).results() }
  }

  /// As without `await`; see there.
  public func search(_ query: Query, _ options: SearchOptions = .init()) async throws -> SearchResults {
    try await readAsync { try Search(self, .query(query), options, $0).results() }
  }

  /// The exact number of candidates that all pages of a query give together. Its cost grows with that number (about
  /// 35 ms for a million). Throws `QueryError` or `IndexError`.
  public func count(_ query: String, _ options: SearchOptions = .init()) throws -> Int {
    try read { try Search(self, .text(query), options, $0).count() }
  }

  /// As with text, of a query that was put together in a program.
  public func count(_ query: Query, _ options: SearchOptions = .init()) throws -> Int {
    try read { try Search(self, .query(query), options, $0).count() }
  }

  /// As without `await`; cancelling the task interrupts it.
  public func count(_ query: String, _ options: SearchOptions = .init()) async throws -> Int {
    try await readAsync { try Search(self, .text(query), options, $0).count() }
  }

  /// How often each value of some fields stands in all that a query finds, the most frequent first, at most `limit` of
  /// each. Its cost grows with the number of hits (about twice that of counting them, once the first call has read the
  /// values). Throws `QueryError` or `IndexError`.
  public func facets(
    _ query: String, of facets: [Facet], limit: Int = 10, _ options: SearchOptions = .init()
  ) throws -> [FacetCounts] {
    try read { try Search(self, .text(query), options, $0).facets(facets, limit: limit) }
  }

  /// As without `await`; cancelling the task interrupts it.
  public func facets(
    _ query: String, of facets: [Facet], limit: Int = 10, _ options: SearchOptions = .init()
  ) async throws -> [FacetCounts] {
    try await readAsync { try Search(self, .text(query), options, $0).facets(facets, limit: limit) }
  }

  /// Why a query finds nobody: what each of its parts finds alone. Its cost grows with those numbers. Throws
  /// `QueryError` or `IndexError`.
  public func diagnosis(of query: String, _ options: SearchOptions = .init()) throws -> SearchDiagnosis {
    try read { try Search(self, .text(query), options, $0).diagnosis() }
  }

  /// What a text may be going to be: words that its last word begins, and whole values of fields that hold it, the most
  /// frequent first, at most `limit` of each. Throws `IndexError`.
  public func suggest(_ text: String, limit: Int = 10) throws -> Suggestions {
    try read {
      try Suggester(db: $0, isPublic: visibility == .public).suggestions(text, limit: max(0, limit))
    }
  }

  /// As without `await`; cancelling the task interrupts it.
  public func suggest(_ text: String, limit: Int = 10) async throws -> Suggestions {
    let isPublic = visibility == .public
    return try await readAsync {
      try Suggester(db: $0, isPublic: isPublic).suggestions(text, limit: max(0, limit))
    }
  }

  /// The candidates with an id, one for each connector that has one. Throws `IndexError`.
  public func candidates(id: String) throws -> [Hit] {
    try read { db in
      try RecordLoader(db: db).load(id: id, with: CandidateDecoder())
        .filter { visibility == .all || $0.candidate.isPrivate != true }
        .map { Hit(candidate: $0.candidate, connector: $0.connector, tier: "id") }
    }
  }
}

/// One search in one snapshot of the index.
struct Search {
  /// A query as it comes.
  enum Source {
    case text(String)
    case query(Query)
  }

  private let index: CandidateIndex
  private let options: SearchOptions
  let db: Database
  let parsed: ParsedQuery
  let plan: SearchPlan
  private let cursor: SearchCursor?
  private let now: Timestamp
  private let fingerprint: Int64

  init(_ index: CandidateIndex, _ source: Source, _ options: SearchOptions, _ db: Database) throws {
    (self.index, self.options, self.db) = (index, options, db)
    let fingerprint = Self.fingerprint(source, options, index.visibility)
    cursor = try options.cursor.map { try SearchCursor($0, fingerprint: fingerprint, sort: options.sort, db) }
    self.fingerprint = fingerprint
    now = options.now ?? cursor?.now ?? .now
    parsed =
      switch source {
      case .text(let text):
        try ParsedQuery(
          text, in: QueryResolver.Context(now: now, customFields: try CustomFieldStore(db: db).all()))
      case .query(let query): ParsedQuery(query)
      }
    let vocabulary = Vocabulary(db: db, isPublic: index.visibility == .public)
    let wording = Wording(
      vocabulary: vocabulary,
      options: WordingOptions(
        findsVariants: options.findsVariants, completesLastWord: options.completesLastWord,
        correctsWords: options.correctsWords),
      lexicon: { try index.lexicons.lexicon(of: vocabulary) })
    plan = try SearchPlan(parsed, wording)
  }

  func results() throws -> SearchResults {
    let limit = min(max(0, options.limit), Int.max - 1)
    // One more tells whether there is another page.
    return try options.sort.map { try sorted(by: $0, limit) } ?? ranked(limit)
  }

  private func ranked(_ limit: Int) throws -> SearchResults {
    let searcher = Searcher(db, plan)
    let found = try searcher.page(limit: limit > 0 ? limit + 1 : 0, after: cursor?.position(db))
    let hits = try found.prefix(limit).compactMap { found in
      try searcher.stored(found.docid).map { hit($0, found.tier, found.match) }
    }
    var next: (cursor: SearchCursor, key: Data)?
    if found.count > limit, let last = found.prefix(limit).last, let hit = hits.last {
      next = try cursor(
        last.step,
        SortPosition(value: .none, second: last.docid.second, id: hit.candidate.id, connector: hit.connector))
    }
    return SearchResults(
      hits: hits, next: next, notices: plan.notices + (try correctionNotices(found.prefix(limit))),
      explanation: SearchExplanation(tree: plan.tree, steps: searcher.trace))
  }

  private func sorted(by sort: SearchSort, _ limit: Int) throws -> SearchResults {
    let match = try plan.everyHit()
    let start = DispatchTime.now().uptimeNanoseconds
    let found = try SortedSearch(db: db).docids(
      of: match, sort: sort, limit: limit > 0 ? limit + 1 : 0, after: cursor?.place)
    let step = SearchExplanation.Step(
      tier: Tier.sorted.name, match: match, rows: found.count,
      microseconds: Int((DispatchTime.now().uptimeNanoseconds - start) / 1_000))
    let loader = RecordLoader(db: db)
    let decoder = CandidateDecoder()
    let hits = try found.prefix(limit).compactMap { found in
      try loader.load(found.docid, with: decoder).map { hit($0, .sorted, match) }
    }
    let last = found.count > limit ? found.prefix(limit).last : nil
    return SearchResults(
      hits: hits, next: try last.map { try cursor(0, $0.position) }, notices: plan.notices,
      explanation: SearchExplanation(tree: plan.tree, steps: [step]))
  }

  private func hit(_ stored: RecordLoader.Stored, _ tier: Tier, _ match: Match) -> Hit {
    Hit(
      candidate: stored.candidate, connector: stored.connector, tier: tier.name,
      matches: [match, plan.typed, plan.filter])
  }

  private func cursor(_ step: Int, _ place: SortPosition) throws -> (cursor: SearchCursor, key: Data) {
    (SearchCursor(fingerprint: fingerprint, now: now, step: step, place: place), try SearchCursor.key(db))
  }

  func count() throws -> Int { try Searcher(db, plan).count() }

  func facets(_ facets: [Facet], limit: Int) throws -> [FacetCounts] {
    try FacetCounter(db: db, cache: index.facetCache).counts(
      of: facets, in: plan.everyHit(), limit: max(0, limit))
  }

  /// Says what was taken for a typing error, where that has found something.
  private func correctionNotices(_ found: some Sequence<Searcher.Found>) throws -> [QueryNotice] {
    guard let text = plan.text, found.contains(where: { $0.tier.name == "corrected" }) else { return [] }
    return try zip(text.units, plan.wording.correctedWords(of: text)).compactMap { unit, words in
      guard let typed = unit.token, !words.isEmpty else { return nil }
      return QueryNotice("showing results for \(words.joined(separator: ", ")) (typed \(typed))")
    }
  }

  private static func fingerprint(_ source: Source, _ options: SearchOptions, _ visibility: Visibility)
    -> Int64
  {
    let query =
      switch source {
      case .text(let text): "t\(text)"
      case .query(let query): "q\(query)"
      }
    let all =
      "\(options.sort?.description ?? "")\(options.findsVariants)\(options.completesLastWord)\(options.correctsWords)\(visibility.rawValue)\(query)"
    return Array(all.utf8).withUnsafeBytes { ContentHash.hash($0, without: nil) }
  }
}
