import CandidateModel
import CandidateQuery

extension CandidateIndex {
  /// The best hits of a query, the most recent first within each tier, and what else the options request: count, facets,
  /// diagnosis, explanation. All of it is from one snapshot. The cost of the hits hardly grows with the index; that of
  /// the rest is stated with the options.
  /// - Throws: `QueryError`, `CursorError`, `IndexError`.
  public func search(_ query: SearchQuery, _ options: SearchOptions = .init()) throws -> SearchResults {
    try engine.read { try search(query, options, in: $0).results() }
  }

  /// As without `await`, and the calling thread is free meanwhile. Where the task is cancelled, the search ends.
  /// - Throws: `QueryError`, `CursorError`, `IndexError`, `CancellationError`.
  public func search(_ query: SearchQuery, _ options: SearchOptions = .init()) async throws -> SearchResults {
    try await engine.read { try self.search(query, options, in: $0, cancellation: $1).results() }
  }

  /// The exact number of hits on all pages of a query together. Its cost grows with that number (about 35 ms for a
  /// million).
  /// - Throws: `QueryError`, `IndexError`.
  public func count(_ query: SearchQuery, _ options: SearchOptions = .init()) throws -> Int {
    try engine.read { try search(query, options, in: $0).count() }
  }

  /// As without `await`; ends where the task is cancelled.
  /// - Throws: `QueryError`, `IndexError`, `CancellationError`.
  public func count(_ query: SearchQuery, _ options: SearchOptions = .init()) async throws -> Int {
    try await engine.read { try self.search(query, options, in: $0, cancellation: $1).count() }
  }

  /// Completions of a text: words with its last word as a prefix, and whole values of fields that contain its words, the
  /// most frequent first, at most `limit` of each. None for a text of more than 64 words.
  /// - Throws: `IndexError`.
  public func suggest(_ text: String, limit: Int = 10) throws -> Suggestions {
    try engine.read { try suggester($0).suggestions(text, limit: max(0, limit)) }
  }

  /// As without `await`; ends where the task is cancelled.
  /// - Throws: `IndexError`, `CancellationError`.
  public func suggest(_ text: String, limit: Int = 10) async throws -> Suggestions {
    try await engine.read { try self.suggester($0, $1).suggestions(text, limit: max(0, limit)) }
  }

  /// The candidates with an id, or with it in lower case, one for each connector that has one.
  /// - Throws: `IndexError`.
  public func candidates(id: String) throws -> [Hit] {
    try engine.read { snapshot in
      try snapshot.records(id: id).filter { scope.contains($0.candidate) }
        .map { Hit(candidate: $0.candidate, connector: $0.connector, tier: .id) }
    }
  }

  private func search(
    _ query: SearchQuery, _ options: SearchOptions, in snapshot: any IndexSnapshot,
    cancellation: Cancellation = .never
  ) throws -> Search {
    try Search(
      query, options, scope: scope, caches: caches, in: snapshot, cancellation: cancellation)
  }

  private func suggester(
    _ snapshot: any IndexSnapshot, _ cancellation: Cancellation = .never
  ) -> Suggester {
    Suggester(
      statistics: TermStatistics(snapshot: snapshot, scope: scope, cancellation: cancellation))
  }
}
