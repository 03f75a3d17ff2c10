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
    try await readAsync { try Search(self, .text(query), options, $0, $1).results() }
  }

  /// As without `await`; see there.
  public func search(_ query: Query, _ options: SearchOptions = .init()) async throws -> SearchResults {
    try await readAsync { try Search(self, .query(query), options, $0, $1).results() }
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
    try await readAsync { try Search(self, .text(query), options, $0, $1).count() }
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
    try await readAsync { try Search(self, .text(query), options, $0, $1).facets(facets, limit: limit) }
  }

  /// Why a query finds nobody: what each of its parts finds alone. Its cost grows with those numbers
  /// (about 0.1 microseconds for each candidate), up to five millions; beyond, no part is counted. Throws `QueryError` or
  /// `IndexError`.
  public func diagnosis(of query: String, _ options: SearchOptions = .init()) throws -> SearchDiagnosis {
    try read { try Search(self, .text(query), options, $0).diagnosis() }
  }

  /// What a text may be going to be: words that its last word begins, and whole values of fields that hold it, the most
  /// frequent first, at most `limit` of each; none for a text of more than 64 words. Throws `IndexError`.
  public func suggest(_ text: String, limit: Int = 10) throws -> Suggestions {
    try read {
      try Suggester(statistics: TermStatistics(db: $0, isPublic: visibility == .public))
        .suggestions(text, limit: max(0, limit))
    }
  }

  /// As without `await`; cancelling the task interrupts it.
  public func suggest(_ text: String, limit: Int = 10) async throws -> Suggestions {
    let isPublic = visibility == .public
    return try await readAsync {
      try Suggester(statistics: TermStatistics(db: $0, isPublic: isPublic, cancellation: $1))
        .suggestions(text, limit: max(0, limit))
    }
  }

  /// The candidates with an id, one for each connector that has one. Throws `IndexError`.
  public func candidates(id: String) throws -> [Hit] {
    try read { db in
      try RecordLoader(db).load(id: id)
        .filter { visibility == .all || $0.candidate.isPrivate != true }
        .map { Hit(candidate: $0.candidate, connector: $0.connector, tier: "id") }
    }
  }
}
