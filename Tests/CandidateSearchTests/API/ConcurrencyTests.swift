import TestSupport
import Testing

@testable import CandidateSearch

/// Many tasks at once, and tasks that are not wanted any more.
@Suite struct ConcurrencyTests {
  @Test func manyTasksSearchWhileOneWrites() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("c.db")
    let writer = try CandidateIndex(path: path, access: .writing)
    try writer.add((0..<200).map { #"{"id":"\#($0)","title":"Nurse","company":"old"}"# })
    let reader = try CandidateIndex(path: path)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          for _ in 0..<20 {
            // A snapshot: the count is that of the hits, whatever is written meanwhile.
            let results = try await reader.search("nurse", .asTyped(limit: 1_000))
            #expect(results.hits.count == 200)
            let companies = Set(results.hits.map(\.candidate.company))
            #expect(companies.count == 1, "one state or the other")
          }
        }
      }
      group.addTask {
        for round in 0..<5 {
          try writer.add((0..<200).map { #"{"id":"\#($0)","title":"Nurse","company":"round \#(round)"}"# })
        }
      }
      try await group.waitForAll()
    }
  }

  /// Results state the generation that they are of, whatever is written before they are used.
  @Test func resultsStateTheirGeneration() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("c.db")
    let writer = try CandidateIndex(path: path, access: .writing)
    try writer.add([#"{"id":"1","title":"Nurse"}"#])
    let reader = try CandidateIndex(path: path)
    let generation = try writer.generation()
    let (found, stated) = try await reader.search("nurse") { results, _ in
      try writer.add([#"{"id":"2","title":"Nurse"}"#])
      return (results.hits.count, results.generation)
    }
    #expect(found == 1 && stated == generation)
    #expect(try reader.generation() > generation)
    let all = try await reader.search(["id:1", "id:2", "id:3"])
    #expect(all.map(\.hits.count) == [1, 1, 0])
    #expect(try all.allSatisfy { $0.generation == (try reader.generation()) })
    let records = try await reader.candidates(ids: ["2", "3", "1"])
    #expect(records.hits.map { $0.map(\.candidate.id) } == [["2"], [], ["1"]])
    #expect(try records.generation == reader.generation())
    try writer.add([#"{"id":"3"}"#])
    #expect(try await reader.candidates(ids: ["3"]).generation > records.generation)
    #expect(try await reader.search("", SearchOptions(limit: 0)).generation == reader.generation())
  }

  @Test func aReadThatThrowsLeavesNothingOpen() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("c.db")
    let writer = try CandidateIndex(path: path, access: .writing)
    try writer.add([#"{"id":"1","title":"Nurse"}"#])
    let reader = try CandidateIndex(path: path, access: .reading(readers: 1))
    for index in [writer, reader] {
      for query in ["nosuchfield:x", "nurse"] { _ = try? index.search(query) }
      #expect(throws: QueryError.self) { try index.search("nosuchfield:x") }
      #expect(throws: IndexError.self) { try index.read { try $0.execute(sql: "DELETE FROM record") } }
      #expect(throws: IndexError.self) { try index.read { try $0.execute(sql: "nonsense") } }
    }
    // Whoever still held the old snapshot would not see it.
    try writer.add([#"{"id":"2","title":"Nurse"}"#])
    #expect(try reader.count("nurse") == 2)
    #expect(try writer.count("nurse") == 2)
  }

  @Test func aReadSeesOneState() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("c.db")
    let writer = try CandidateIndex(path: path, access: .writing)
    try writer.add([#"{"id":"1","title":"Nurse"}"#])
    let reader = try CandidateIndex(path: path)
    let counts = try reader.snapshot { snapshot in
      try (0..<2).map { i in
        let count = try snapshot.count(of: .phrase(["nurse"]))
        try writer.add([#"{"id":"during \#(i)","title":"Nurse"}"#])
        return count
      }
    }
    #expect(counts == [1, 1])
    #expect(try reader.count("nurse") == 3)
  }

  @Test(.sqlite) func aSearchThatIsCancelledWhileItRunsEnds() async throws {
    let folder = try TemporaryFolder()
    let index = try CandidateIndex(path: folder.file("c.db"), access: .writing)
    try index.add((0..<5_000).map { #"{"id":"\#($0)","title":"Nurse a\#($0 % 7)"}"# })
    for pause in 1...5 {
      // What a search asks of FTS5, until it is cancelled.
      let task = Task {
        try await index.engine.read { snapshot, _ in
          while try snapshot.docids(of: .phrase(["n"], isPrefix: true), from: .min, limit: .max).count > 0 {}
        }
      }
      try await Task.sleep(for: .milliseconds(10 * pause))
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
    }
  }

  /// SQLite forgets an interruption while no statement runs.
  @Test(.sqlite) func aSearchThatIsCancelledBetweenTwoStatementsEnds() async throws {
    let folder = try TemporaryFolder()
    let index = try CandidateIndex(path: folder.file("c.db"), access: .writing)
    try index.add((0..<5_000).map { #"{"id":"\#($0)","title":"Nurse"}"# })
    let (started, start) = AsyncStream<Void>.makeStream()
    let task = Task {
      try await index.engine.read { snapshot, cancellation in
        start.finish()
        while true {
          do { try cancellation.check() } catch { break }
        }
        return try snapshot.docids(of: .phrase(["n"], isPrefix: true), from: .min, limit: .max).count
      }
    }
    for await _ in started {}
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func aCancelledSearchEndsWhatIsMadeOfItsResults() async throws {
    let index = try CandidateIndex.holding(#"{"id":"1","title":"engineer"}"#)
    let (started, start) = AsyncStream<Void>.makeStream()
    let task = Task {
      try await index.search("engineer") { results, checkCancellation in
        start.finish()
        while true { try checkCancellation() }
      }
    }
    for await _ in started {}
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try await index.search("engineer") { results, _ in results.hits.count } == 1)
  }

  @Test(.sqlite) func aCancelledSearchEnds() async throws {
    let folder = try TemporaryFolder()
    let index = try CandidateIndex(path: folder.file("c.db"), access: .writing)
    try index.add([#"{"id":"1","title":"Nurse"}"#])
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await index.search("nurse")
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try await index.search("nurse").hits.count == 1)
  }
}
