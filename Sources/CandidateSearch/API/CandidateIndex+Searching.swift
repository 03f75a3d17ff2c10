import CandidateModel
import CandidateQuery

extension CandidateIndex {
  /// Returns the best hits of a query, the most recent first within each tier, and the count, facets, diagnosis and
  /// explanation that the options request. All results are from one snapshot. The cost of the hits hardly grows with
  /// the size of the index; the options state the cost of the rest.
  /// - Throws: `QueryError`, `CursorError`, `IndexError`.
  public func search(_ query: SearchQuery, _ options: SearchOptions = .init()) throws -> SearchResults {
    try engine.read(allowingMissingParts: options.allowsMissingParts) {
      try search(query, options, in: $0).results()
    }
  }

  /// Searches without blocking the calling thread. Cancelling the task ends the search.
  /// - Throws: `QueryError`, `CursorError`, `IndexError`, `CancellationError`.
  public func search(_ query: SearchQuery, _ options: SearchOptions = .init()) async throws -> SearchResults {
    try await engine.read(allowingMissingParts: options.allowsMissingParts) {
      try self.search(query, options, in: $0, cancellation: $1).results()
    }
  }

  /// Searches without blocking the calling thread, and returns what `body` makes of the results, on the thread of the search:
  /// highlights, for example, or JSON. Cancelling the task ends the search; `body` is called with a function that throws
  /// `CancellationError` from then on.
  /// - Throws: `QueryError`, `CursorError`, `IndexError`, `CancellationError`, and what `body` throws.
  public func search<T: Sendable>(
    _ query: SearchQuery, _ options: SearchOptions = .init(),
    _ body: @escaping @Sendable (SearchResults, _ checkCancellation: () throws -> Void) throws -> T
  ) async throws -> T {
    try await engine.read(allowingMissingParts: options.allowsMissingParts) { snapshot, cancellation in
      let results = try self.search(query, options, in: snapshot, cancellation: cancellation).results()
      return try body(results, cancellation.check)
    }
  }

  /// Searches for each of some queries in one snapshot, without blocking the calling thread, and returns the results in the
  /// order of the queries. Cancelling the task ends the call.
  /// - Throws: `QueryError`, `CursorError`, `IndexError`, `CancellationError`.
  public func search(
    _ queries: [SearchQuery], _ options: SearchOptions = .init()
  ) async throws -> [SearchResults] {
    try await engine.read(allowingMissingParts: options.allowsMissingParts) { snapshot, cancellation in
      try queries.map { try self.search($0, options, in: snapshot, cancellation: cancellation).results() }
    }
  }

  /// Returns the exact number of hits of a query. The cost grows with that number (about 35 ms for a million). Where the
  /// options allow missing parts, the number does not tell whether any are: `SearchOptions.includesCount` does.
  /// - Throws: `QueryError`, `IndexError`.
  public func count(_ query: SearchQuery, _ options: SearchOptions = .init()) throws -> Int {
    try engine.read(allowingMissingParts: options.allowsMissingParts) {
      try search(query, options, in: $0).count()
    }
  }

  /// Counts hits without blocking the calling thread. Cancelling the task ends the call.
  /// - Throws: `QueryError`, `IndexError`, `CancellationError`.
  public func count(_ query: SearchQuery, _ options: SearchOptions = .init()) async throws -> Int {
    try await engine.read(allowingMissingParts: options.allowsMissingParts) {
      try self.search(query, options, in: $0, cancellation: $1).count()
    }
  }

  /// The names of the parts of the index that cannot be read now (`SearchOptions.allowsMissingParts`). The cost is that of a
  /// search; some seconds where a server does not answer.
  /// - Throws: `IndexError`.
  public func missingParts() throws -> [String] {
    try engine.read(allowingMissingParts: true) { snapshot in
      _ = try snapshot.docids(of: .term(.all), from: .min, limit: 1)
      return try snapshot.missingParts
    }
  }

  /// Completions of a text: words with its last word as a prefix, and whole values of fields that contain its words,
  /// the most frequent first, at most `limit` of each. None for a text of more than 64 words. In a scope with a filter, the
  /// words with the prefix are counted at the first call after a change of the index: the cost grows with their number and
  /// their frequency.
  /// - Throws: `IndexError`.
  public func suggest(_ text: String, limit: Int = 10) throws -> Suggestions {
    try engine.read { try suggestions(text, limit, in: $0, .never) }
  }

  /// Completes a text without blocking the calling thread. Cancelling the task ends the call.
  /// - Throws: `IndexError`, `CancellationError`.
  public func suggest(_ text: String, limit: Int = 10) async throws -> Suggestions {
    try await engine.read { try self.suggestions(text, limit, in: $0, $1) }
  }

  /// The candidates with an id, or with it in lower case, one for each connector that has one.
  /// - Throws: `IndexError`.
  public func candidates(id: String) throws -> [Hit] {
    try engine.read { try hits(id: id, in: $0) }
  }

  /// The candidates with some ids, or with them in lower case, from one snapshot.
  /// - Throws: `IndexError`.
  public func candidates(ids: [String]) throws -> FoundCandidates {
    try engine.read { try found(ids, in: $0, .never) }
  }

  /// Looks candidates up without blocking the calling thread. Cancelling the task ends the call.
  /// - Throws: `IndexError`, `CancellationError`.
  public func candidates(ids: [String]) async throws -> FoundCandidates {
    try await engine.read { try self.found(ids, in: $0, $1) }
  }

  private func found(
    _ ids: [String], in snapshot: any IndexSnapshot, _ cancellation: Cancellation
  ) throws -> FoundCandidates {
    let found = try ids.map { id in
      try cancellation.check()
      return try hits(id: id, in: snapshot)
    }
    return FoundCandidates(hits: found, generation: try snapshot.generation())
  }

  private func hits(id: String, in snapshot: any IndexSnapshot) throws -> [Hit] {
    try hits(snapshot.records(id: id), .id, in: snapshot)
  }

  /// The records within the scope, as hits.
  func hits(_ records: [StoredRecord], _ tier: Tier, in snapshot: any IndexSnapshot) throws -> [Hit] {
    let filter = try resolvedScope(snapshot).filter
    let redaction = scope.includesContacts ? nil : RecordRedaction()
    return try records.filter { stored in
      let record = IndexQuery.record(.docids(stored.docid.value...stored.docid.value))
      return try filter == .everything
        || !snapshot.docids(of: .all([record, filter]), from: .min, limit: 1).isEmpty
    }.map { stored in
      Hit(
        candidate: try redaction?.redacted(stored.candidate) ?? stored.candidate,
        connector: stored.connector, tier: tier)
    }
  }

  /// The scope at the present moment.
  func resolvedScope(_ snapshot: any IndexSnapshot) throws -> ResolvedScope {
    try caches.scopes.resolved(scope, now: .now, in: snapshot)
  }

  private func search(
    _ query: SearchQuery, _ options: SearchOptions, in snapshot: any IndexSnapshot,
    cancellation: Cancellation = .never
  ) throws -> Search {
    try Search(
      query, options, scope: scope, caches: caches, in: snapshot, cancellation: cancellation)
  }

  private func suggestions(
    _ text: String, _ limit: Int, in snapshot: any IndexSnapshot, _ cancellation: Cancellation
  ) throws -> Suggestions {
    let limit = max(0, limit)
    let scope = try resolvedScope(snapshot)
    return try caches.suggestions.suggestions(text, limit: limit, scope: scope, in: snapshot) {
      let statistics = TermStatistics(snapshot: snapshot, scope: scope, cancellation: cancellation)
      return try Suggester(statistics: statistics).suggestions(text, limit: limit)
    }
  }
}
