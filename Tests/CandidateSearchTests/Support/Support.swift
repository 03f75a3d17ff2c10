import GRDB

@testable import CandidateSearch

extension CandidateIndex {
  /// An index in memory of these records.
  static func holding(_ records: String..., connector: String = "") throws -> CandidateIndex {
    let index = try empty()
    try index.add(records, connector: connector)
    return index
  }

  @discardableResult
  func add(_ records: [String], connector: String = "") throws -> IngestSummary {
    try ingest(records.map { try CandidateDecoder().decode(json: $0) }, connector: connector)
  }

  /// Who is found by what was typed.
  func ids(_ query: String, limit: Int = 100) throws -> [String] {
    try search(query, .asTyped(limit: limit)).hits.map(\.candidate.id)
  }

  /// What a function makes of a plan, in the snapshot of the plan.
  func withPlan<T>(
    _ query: String, _ options: SearchOptions = .init(), _ body: (SearchPlan) throws -> T
  ) throws -> T {
    try snapshot {
      try body(Search(SearchQuery(query), options, scope: scope, caches: caches, in: $0).plan)
    }
  }

  func tiers(_ query: String) throws -> [String] {
    try search(query, SearchOptions(limit: 100)).hits.map { "\($0.candidate.id) \($0.tier)" }
  }
}

extension IngestSummary {
  var counts: [Int] { [added, updated, unchanged, stale, refused] }
}

// MARK: - Texts in place of queries

extension CandidateIndex {
  func search(_ text: String, _ options: SearchOptions = .init()) throws -> SearchResults {
    try search(SearchQuery(text), options)
  }
  func search(_ text: String, _ options: SearchOptions = .init()) async throws -> SearchResults {
    try await search(SearchQuery(text), options)
  }
  func search(_ query: Query, _ options: SearchOptions = .init()) throws -> SearchResults {
    try search(SearchQuery(query), options)
  }
  func count(_ text: String, _ options: SearchOptions = .init()) throws -> Int {
    try count(SearchQuery(text), options)
  }
  func count(_ query: Query, _ options: SearchOptions = .init()) throws -> Int {
    try count(SearchQuery(query), options)
  }

  func facets(
    _ text: String, of facets: [Facet], limit: Int = 10, _ options: SearchOptions = .init()
  ) throws -> [FacetCounts] {
    try search(SearchQuery(text), options.counting(facets, limit)).facets
  }
  func facets(
    _ text: String, of facets: [Facet], limit: Int = 10, _ options: SearchOptions = .init()
  ) async throws -> [FacetCounts] {
    try await search(SearchQuery(text), options.counting(facets, limit)).facets
  }

  /// What each part of a query finds, whether all of it finds something or not.
  func diagnosis(of text: String, _ options: SearchOptions = .init()) throws -> SearchDiagnosis {
    try snapshot {
      try Search(SearchQuery(text), options, scope: scope, caches: caches, in: $0).diagnosis()
    }
  }

  /// The steps of a search.
  func explained(_ text: String, _ options: SearchOptions = .init()) throws -> [SearchExplanation.Step] {
    var options = options
    options.explains = true
    return try search(text, options).explanation?.steps ?? []
  }
}

extension SearchOptions {
  fileprivate func counting(_ facets: [Facet], _ limit: Int) -> SearchOptions {
    var options = self
    (options.limit, options.facets, options.facetLimit) = (0, facets, limit)
    return options
  }
}

// MARK: - Below the library

extension CandidateIndex {
  /// The same index, as it is seen in another scope, with caches of its own.
  func seen(in scope: Scope) -> CandidateIndex { CandidateIndex(engine, scope: scope) }

  func snapshot<T>(_ body: (any IndexSnapshot) throws -> T) throws -> T { try engine.read(body) }

  /// Reads the tables.
  func read<T>(_ body: (Database) throws -> T) throws -> T {
    try engine.read { try body(database($0)) }
  }

  /// Changes the tables.
  func write<T>(_ body: (Database) throws -> T) throws -> T {
    try engine.write { try body(database($0)) }
  }

  private func database(_ snapshot: any IndexSnapshot) throws -> Database {
    guard let snapshot = snapshot as? SQLiteSnapshot else { throw InconsistentIndex(problem: "no SQLite") }
    return snapshot.db
  }
}

extension ResolvedScope {
  /// Scopes without a filter, with caches of their own.
  static var all: ResolvedScope { ResolvedScope(.all, filter: []) }
  static var `public`: ResolvedScope { ResolvedScope(.public, filter: []) }
}
