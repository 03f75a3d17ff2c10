import GRDB
import TestSupport
import Testing

@testable import CandidateSearch

/// Whatever runs when a caller cancels ends at its next step.
@Suite struct CancellationTests {
  struct Work: Sendable, CustomTestStringConvertible {
    let name: String
    /// How many steps it takes at least, each of which can be the last.
    let leastSteps: Int
    let run: @Sendable (CandidateIndex, any IndexSnapshot, Cancellation) throws -> Void
    var testDescription: String { name }

    init(
      _ name: String, leastSteps: Int,
      _ run: @escaping @Sendable (CandidateIndex, any IndexSnapshot, Cancellation) throws -> Void
    ) {
      self.name = name
      self.leastSteps = leastSteps
      self.run = run
    }

    static func search(
      _ name: String, _ query: String, leastSteps: Int, sort: SearchSort? = nil,
      _ answer: @escaping @Sendable (Search) throws -> Void = { _ = try $0.results() }
    ) -> Work {
      Work(name, leastSteps: leastSteps) { index, snapshot, cancellation in
        var options = SearchOptions()
        options.sort = sort
        try answer(
          try Search(
            SearchQuery(query), options, scope: index.scope, caches: index.caches, in: snapshot,
            cancellation: cancellation))
      }
    }
  }

  private static let count = 3_000

  static let works: [Work] = [
    .search("look-ups of words", "a b c d e f g h", leastSteps: 16),
    .search("tiers", "nurse smith", leastSteps: 8),
    .search("reading all words for corrections", "nurze", leastSteps: 8),
    .search("corrections", "nurze smitt zzzzz qqqqq xxxxx", leastSteps: 12),
    .search("ids", "id:" + (0..<50).map(String.init).joined(separator: ","), leastSteps: 50),
    .search("sorting", "nurse", leastSteps: 6, sort: SearchSort(by: .name)),
    .search("diagnosis", "nurse smith nobody", leastSteps: 9) { _ = try $0.diagnosis() },
    .search("facets from memory", "nurse", leastSteps: 9) { _ = try $0.facets([.tag, .title], limit: 5) },
    .search("facets of few records", "w7", leastSteps: 8) { _ = try $0.facets([.tag], limit: 5) },
    Work("suggestions", leastSteps: 50) { _, snapshot, cancellation in
      let statistics = TermStatistics(snapshot: snapshot, scope: .all, cancellation: cancellation)
      _ = try Suggester(statistics: statistics).suggestions("nur", limit: 5)
    },
    Work("statistics", leastSteps: 5) { index, snapshot, cancellation in
      _ = try index.statistics(snapshot, cancellation)
    },
    Work("the order of candidates", leastSteps: 3) { _, snapshot, cancellation in
      _ = try DocidOrdinals(snapshot, cancellation)
    },
    Work("sets", leastSteps: 3) { _, snapshot, cancellation in
      _ = try DocumentBitset(
        of: .phrase(["nurse"]), DocidOrdinals(snapshot), in: snapshot, cancellation: cancellation)
    },
    Work("few hits, told apart by their records", leastSteps: 40) { _, snapshot, cancellation in
      let docids = try snapshot.docids(of: .phrase(["nurse"]), from: .min, limit: 40)
      var sorter = try SmallResultSorter(
        docids, exact: [], steps: [.nothing, .phrase(["nurse"]), .everything],
        records: RecordCache(snapshot), bitsets: nil, cancellation: cancellation)
      _ = try sorter.hits(ofStep: 2, after: nil)
    },
  ]

  private static func index() throws -> CandidateIndex {
    let index = try CandidateIndex.empty()
    try index.add(
      (0..<count).map {
        #"{"id":"\#($0)","last_name":"Smith\#($0)","title":"Nurse w\#($0)","tags":["t\#($0 % 9)"]}"#
      })
    return index
  }

  @Test(.slow, arguments: works) func endsAtTheNextStep(_ work: Work) throws {
    // What is kept in memory would take no steps the second time.
    let shared = try Self.index()
    func run(_ allowed: Int) throws -> Int {
      let index = shared.seen(in: .all)
      let countdown = Countdown(allowed)
      if allowed == .max {
        try index.snapshot { try work.run(index, $0, countdown.cancellation) }
      } else {
        #expect(throws: CancellationError.self) {
          try index.snapshot { try work.run(index, $0, countdown.cancellation) }
        }
      }
      return countdown.count
    }
    let steps = try run(.max)
    #expect(steps >= work.leastSteps, "\(steps)")
    for allowed in Set((0..<12).map { $0 * steps / 12 } + [1, steps - 1]).sorted() {
      #expect(try run(allowed) == allowed + 1, "not a step after being told")
    }
  }

  /// A call that does not block its thread.
  struct Call: Sendable, CustomTestStringConvertible {
    let name: String
    let run: @Sendable (CandidateIndex) async throws -> Void
    var testDescription: String { name }

    init(_ name: String, _ run: @escaping @Sendable (CandidateIndex) async throws -> Void) {
      self.name = name
      self.run = run
    }
  }

  static let calls: [Call] = [
    Call("search") { _ = try await $0.search("nurse") },
    Call("searches") { _ = try await $0.search(["nurse", "smith"]) },
    Call("count") { _ = try await $0.count("nurse") },
    Call("suggestions") { _ = try await $0.suggest("nur") },
    Call("ids") { _ = try await $0.candidates(ids: ["1", "2"]) },
    Call("statistics") { _ = try await $0.statistics() },
    Call("connectors") { _ = try await $0.connectorStates() },
  ]

  @Test(arguments: calls) func aCancelledTaskEndsTheCall(_ call: Call) async throws {
    let index = try CandidateIndex.holding(#"{"id":"1","title":"Nurse"}"#)
    try await call.run(index)
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      try await call.run(index)
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  /// A task that is cancelled sets the flag that loops ask.
  @Test(.mustEnd) func cancellingATaskReachesLoops() async throws {
    let folder = try TemporaryFolder()
    let index = try CandidateIndex(path: folder.file("c.db"), access: .writing)
    let task = Task {
      try await index.engine.read { _, cancellation in
        // SQLite is never asked: nothing but the flag can end this.
        while true { try cancellation.check() }
      }
    }
    try await Task.sleep(for: .milliseconds(20))
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
