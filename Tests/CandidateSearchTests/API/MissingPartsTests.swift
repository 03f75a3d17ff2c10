import Testing

@testable import CandidateSearch

/// What is answered while a part of the index cannot be read, and what remains of it.
@Suite struct MissingPartsTests {
  private let engine: PartsEngine
  private let index: CandidateIndex

  init() throws {
    func nurse(_ id: String, _ name: String) -> String {
      #"{"id":"\#(id)","last_name":"\#(name)","title":"Nurse","tags":["\#(id)"]}"#
    }
    engine = try PartsEngine(
      first: [nurse("a1", "Abbott"), nurse("a2", "Brandt"), nurse("a3", "Carter")],
      second: [nurse("b1", "Fairweather"), nurse("b2", "Quintero")])
    index = Self.index(engine)
  }

  /// With caches that are filled by the first search.
  private static func index(_ engine: PartsEngine) -> CandidateIndex {
    CandidateIndex(engine, caches: SearchCaches(costs: .eager))
  }

  private var partial: SearchOptions {
    var options = SearchOptions()
    options.allowsMissingParts = true
    return options
  }

  private let error = IndexError.partsMissing(location: ":memory:", parts: ["db2"])

  // MARK: Errors

  @Test func withoutTheOptionTheErrorNamesTheParts() throws {
    engine.isSecondDown = true
    #expect(throws: error) { try index.search("nurse") }
    #expect(throws: error) { try index.count("nurse") }
    #expect(throws: error) { try index.facets("nurse", of: [.tag]) }
    #expect(throws: error) { try index.suggest("nur") }
    #expect(throws: error) { try index.candidates(id: "a1") }
  }

  @Test func asynchronousCallsThrowTheSameError() async {
    engine.isSecondDown = true
    let query = SearchQuery("nurse")
    await #expect(throws: error) { try await index.search(query) }
    await #expect(throws: error) { try await index.search(query) { results, _ in results.count } }
    await #expect(throws: error) { try await index.search([query]).count }
    await #expect(throws: error) { try await index.count(query) }
  }

  @Test(arguments: [
    ([], "a part of the index cannot be reached, or is being brought up to date"),
    (["db2"], "the server db2 cannot be reached, or is being brought up to date"),
    (["db2", "db3"], "the servers db2 and db3 cannot be reached, or are being brought up to date"),
    (["a", "b", "c"], "the servers a, b and c cannot be reached, or are being brought up to date"),
  ]) func theErrorInWords(_ parts: [String], _ statement: String) {
    let error = IndexError.partsMissing(location: "postgresql://db1/x", parts: parts)
    #expect(error.description == "postgresql://db1/x: \(statement), so that answers would be incomplete")
  }

  // MARK: Partial answers

  private func expectPartial(_ results: SearchResults) {
    #expect(Set(results.hits.map(\.candidate.id)) == ["a1", "a2", "a3"])
    #expect(results.missingParts == ["db2"])
  }

  @Test func callsWithTheOptionAnswer() throws {
    engine.isSecondDown = true
    expectPartial(try index.search("nurse", partial))
    #expect(try index.count("nurse", partial) == 3)
    #expect(try index.facets("nurse", of: [.tag], partial).first?.distinct == 3)
  }

  @Test func asynchronousCallsWithTheOptionAnswer() async throws {
    engine.isSecondDown = true
    let query = SearchQuery("nurse")
    expectPartial(try await index.search(query, partial))
    expectPartial(try await index.search(query, partial) { results, _ in results })
    for results in try await index.search([query, query], partial) { expectPartial(results) }
    #expect(try await index.count(query, partial) == 3)
  }

  @Test func aCompleteAnswerHasNoMissingParts() throws {
    let results = try index.search("nurse", partial)
    #expect(results.hits.count == 5)
    #expect(results.missingParts.isEmpty)
  }

  // MARK: Caches

  /// Each reads what a search caches, in the order in which nothing else has read it.
  static let cached: [(query: String, scope: Scope)] = [
    ("quintreo", .all), ("nurse quintero", .all), ("nurs", .all), ("nurse xyzzy", .all), ("nurse", .public),
    ("fairwether", .public),
  ]

  private func answer(_ query: String, in scope: Scope) throws -> [String] {
    var options = partial
    options.includesCount = true
    options.facets = [.tag]
    options.diagnosesEmptyResult = true
    let results = try index.scoped(to: scope).search(query, options)
    return [
      "\(results.hits.map { "\($0.candidate.id) \($0.tier)" })", "\(results.count ?? 0)", "\(results.facets)",
      "\(results.corrections)", "\(String(describing: results.diagnosis))",
    ]
  }

  /// The generation does not tell a partial answer from a complete one.
  @Test func aPartialAnswerIsOfTheSameGeneration() throws {
    let generation = try index.search("nurse", partial).generation
    engine.isSecondDown = true
    #expect(try index.search("nurse", partial).generation == generation)
  }

  @Test(arguments: cached) func aPartialAnswerFillsNoCache(_ query: String, _ scope: Scope) throws {
    engine.isSecondDown = true
    let partial = try answer(query, in: scope)
    engine.isSecondDown = false
    let complete = try answer(query, in: scope)
    #expect(try MissingPartsTests(engine).answer(query, in: scope) == complete)
    #expect(partial != complete)
  }

  @Test(arguments: cached) func aPartialAnswerUsesNoCache(_ query: String, _ scope: Scope) throws {
    let complete = try answer(query, in: scope)
    engine.isSecondDown = true
    let partial = try answer(query, in: scope)
    #expect(try MissingPartsTests(engine).answer(query, in: scope) == partial)
    #expect(partial != complete)
  }

  /// The same index, with caches of its own.
  private init(_ engine: PartsEngine) {
    self.engine = engine
    index = Self.index(engine)
  }

  // MARK: Cursors

  @Test(arguments: [true, false]) func aCursorContinuesAPage(_ isFirstPagePartial: Bool) throws {
    engine.isSecondDown = isFirstPagePartial
    var options = partial
    (options.limit, options.sort) = (2, SearchSort(by: .name))
    let first = try index.search("nurse", options)
    #expect(first.hits.map(\.candidate.id) == ["a1", "a2"])
    engine.isSecondDown.toggle()
    options.limit = 10
    options.cursor = first.nextCursor
    #expect(options.cursor != nil)
    let rest = try index.search("nurse", options).hits.map(\.candidate.id)
    #expect(rest == (isFirstPagePartial ? ["a3", "b1", "b2"] : ["a3"]))
    // Nor is a cursor bound to the option.
    engine.isSecondDown = false
    options.allowsMissingParts = false
    #expect(try index.search("nurse", options).hits.map(\.candidate.id) == ["a3", "b1", "b2"])
  }
}
