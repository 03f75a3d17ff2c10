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
    cursor = try options.cursor.map { try SearchCursor($0, fingerprint: fingerprint, db) }
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
    let searcher = Searcher(db, plan)
    // One more tells whether there is another page.
    let found = try searcher.page(limit: limit > 0 ? limit &+ 1 : 0, after: cursor?.position(db))
    let shown = found.prefix(limit)
    let hits = try shown.compactMap { found in
      try searcher.stored(found.docid).map { stored in
        Hit(
          candidate: stored.candidate, connector: stored.connector, tier: found.tier.name,
          matches: [found.match, plan.typed, plan.filter])
      }
    }
    return SearchResults(
      hits: hits, nextCursor: try found.count > limit ? nextCursor(shown.last, hits.last) : nil,
      notices: plan.notices + (try correctionNotices(shown)),
      explanation: SearchExplanation(tree: plan.tree, steps: searcher.trace))
  }

  func count() throws -> Int { try Searcher(db, plan).count() }

  private func nextCursor(_ last: Searcher.Found?, _ hit: Hit?) throws -> String? {
    guard let last, let hit else { return nil }
    return try SearchCursor(
      fingerprint: fingerprint, now: now, step: last.step, second: last.docid.second, id: hit.candidate.id,
      connector: hit.connector
    ).text(db)
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
      "\(options.findsVariants)\(options.completesLastWord)\(options.correctsWords)\(visibility.rawValue)\(query)"
    return Array(all.utf8).withUnsafeBytes { ContentHash.hash($0, without: nil) }
  }
}
