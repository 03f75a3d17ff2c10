import CandidateSearch
import Foundation
import HTTPTypes
import Hummingbird
import PostgresEngine
import SearchLog
import Synchronization

/// Records in the search log who searched for what and was shown whom.
final class SearchRecorder: Sendable {
  /// The name of a caller on a server without keys.
  private static let localName = "local"
  static let purpose = Parameter(
    name: "X-Purpose", kind: .text(maximum: 500),
    summary: "Why candidates are searched or opened, for the search log. A server may require it.",
    place: .header)

  /// The requests that may still record what they show.
  private struct Requests {
    var last = 0
    var running: Set<Int> = []
  }

  private let requests = Mutex(Requests())
  private let log: SearchLog
  private let typed: TypedSearches
  let requiresPurpose: Bool
  private let program: String

  init(_ log: SearchLog, requiresPurpose: Bool, program: String) {
    self.log = log
    typed = TypedSearches(log)
    self.requiresPurpose = requiresPurpose
    self.program = program
  }

  /// Runs a request that is recorded. One that cannot be recorded is refused before anything depends on what it would
  /// show.
  /// - Throws: `Problem`, `SearchLogError`, and what `body` throws.
  func running<T>(_ call: Call, _ body: () async throws -> T) async throws -> T {
    if requiresPurpose, purpose(of: call) == nil {
      throw Problem(.purposeMissing, "send \(Self.purpose.name): a few words")
    }
    if let failure = log.failure { throw failure }
    try log.checkIsWritable()
    let number = requests.withLock { requests in
      requests.last += 1
      requests.running.insert(requests.last)
      return requests.last
    }
    defer { requests.withLock { _ = $0.running.remove(number) } }
    return try await body()
  }

  /// Waits until the requests that are running now have ended: later ones are not waited for.
  func waitForRunning() async throws {
    let running = requests.withLock(\.running)
    while !requests.withLock({ $0.running.isDisjoint(with: running) }) {
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  /// Records a search before it is answered: what cannot be recorded is not shown. `count`: the number of results where
  /// another search has counted them.
  /// - Throws: `Problem`, `SearchLogError`.
  func record(
    _ results: SearchResults, of query: String, count: Int? = nil, on index: CandidateIndex, _ call: Call
  ) throws {
    try record(results, as: .search, of: query, count: count, on: index, call)
  }

  private func record(
    _ results: SearchResults, as kind: SearchLogEntry.Kind, of query: String, count: Int? = nil,
    on index: CandidateIndex, _ call: Call
  ) throws {
    var entry = try entry(kind, results.loggedCandidates, index, call)
    entry.generation = results.generation
    entry.query = query
    entry.canonicalQuery = results.canonicalQuery
    entry.count = results.count ?? count
    try append(entry, call)
  }

  /// Records that the candidates that a search found are exported.
  /// - Throws: `Problem`, `SearchLogError`.
  func record(
    export results: SearchResults, of query: String, on index: CandidateIndex, _ call: Call
  ) throws {
    try record(results, as: .export, of: query, on: index, call)
  }

  /// Records that the record of a candidate is opened.
  /// - Throws: `Problem`, `SearchLogError`.
  func record(_ hit: Hit, ofGeneration generation: Int, on index: CandidateIndex, _ call: Call) throws {
    var entry = try entry(.record, [SearchLogEntry.Candidate(hit)], index, call)
    entry.generation = generation
    try append(entry, call)
  }

  /// Records that candidates were looked up, with the queries of the items, which `forget` erases like others.
  /// - Throws: `Problem`, `SearchLogError`.
  func record(
    _ found: [SearchResults], ofItems items: [String], on index: CandidateIndex, _ call: Call
  ) throws {
    var entry = try entry(.search, found.flatMap(\.loggedCandidates), index, call)
    entry.generation = found.first?.generation
    entry.query = Self.query(ofItems: items)
    try append(entry, call)
  }

  /// The disjunction of the queries of items: the first of them, with at most `Limits.queryCharacters`, and `…` for others.
  private static func query(ofItems items: [String]) -> String? {
    var (query, length) = ("", 0)
    for item in items {
      let separator = query.isEmpty ? "" : " OR "
      length += (separator + item).unicodeScalars.count
      if length > Limits.queryCharacters { return query + separator + "…" }
      query += separator + item
    }
    return query.isEmpty ? nil : query
  }

  /// Removes candidates from the log, and texts that name them. Bytes on a server are erased by the second call.
  /// - Throws: `SearchLogError`.
  func forget(_ people: ForgottenPeople) throws {
    try typed.flush()
    _ = try log.forget(people)
  }

  /// Removes candidates once more, after they were removed from the index, and adds where the log keeps bytes of them.
  /// - Throws: `SearchLogError`.
  func forget(_ people: ForgottenPeople, beside index: CandidateIndex, _ summary: inout ForgetSummary) throws
  {
    try typed.flush()
    _ = try log.forget(people, beside: index, &summary)
  }

  /// Reads the log.
  /// - Throws: `SearchLogError`, and what `body` throws.
  func read(_ body: (SearchLog) throws -> [LoggedEntry]) throws -> [LoggedEntry] {
    try typed.logRested()
    try log.flush()
    return try body(log)
  }

  /// Removes entries that are older than a period.
  /// - Throws: `SearchLogError`.
  func removeEntries(olderThan period: Period) throws { try log.removeEntries(olderThan: period) }

  /// Writes what is pending.
  /// - Throws: `SearchLogError`.
  func finish() throws { try typed.flush() }

  private func entry(
    _ kind: SearchLogEntry.Kind, _ candidates: [SearchLogEntry.Candidate], _ index: CandidateIndex,
    _ call: Call
  ) throws -> SearchLogEntry {
    var entry = SearchLogEntry(kind, key: call.caller.name ?? Self.localName, candidates: candidates)
    entry.purpose = purpose(of: call)
    entry.scope = index.scope.description
    entry.program = program
    entry.request = call.entryID
    return entry
  }

  private func append(_ entry: SearchLogEntry, _ call: Call) throws {
    if let failure = log.failure { throw failure }
    if let session = call.arguments.text("session") {
      try typed.add(entry, session: "\(entry.key)\u{0}\(session)")
    } else {
      try log.append(entry)
    }
  }

  /// The request with another purpose.
  static func request(_ request: Request, withPurpose text: String) -> Request {
    guard let field = purpose.field else { return request }
    var head = request.head
    head.headerFields[field] = text
    return Request(head: head, body: request.body)
  }

  private func purpose(of call: Call) -> String? {
    let text = call.arguments.text(Self.purpose.name)?.trimmingCharacters(in: .whitespacesAndNewlines)
    return text.flatMap { $0.isEmpty ? nil : $0 }
  }
}
