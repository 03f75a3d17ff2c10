import Foundation
import TestSupport
import Testing

@testable import CandidateSearch

/// Making an index equal to an export.
@Suite struct ReplacementTests {
  private let nurses: NursesOnDisk

  init() throws { nurses = try NursesOnDisk() }

  private static func replace(
    _ index: CandidateIndex, with records: [String], connector: String = "",
    guard removalGuard: RemovalGuard = .init(),
    isDryRun: Bool = false
  ) throws -> ReplacementSummary {
    try index.replace(connector: connector, guard: removalGuard, isDryRun: isDryRun) { ingest in
      ingest.batchRecords = 7
      try ingest.add(ByteSource(bytes: Array(records.joined(separator: "\n").utf8), name: "export"))
    }
  }

  /// How many of so many candidates an export lacks, and whether they are removed.
  static let guards: [(name: String, all: Int, missing: Int, guard: RemovalGuard, isRemoved: Bool)] = [
    ("none", 50, 0, .init(), true),
    ("all of few", 50, 50, .init(), false),
    ("half of few", 50, 25, .init(), true),
    ("more than half of few", 50, 26, .init(), false),
    ("100 of 101 that remain with one new", 100, 99, .init(), false),
    ("a hundred, half of them", 199, 100, .init(), true),
    ("more than half, less than a hundred", 197, 100, .init(), false),
    ("more than a hundred and a tenth, less than half", 300, 101, .init(), false),
    ("none beyond the share", 50, 6, .init(share: 0.1, always: 0), false),
    ("more than half, allowed", 9, 9, .init(share: 0.9, always: 0), true),
    ("more than a hundred, less than a tenth", 2000, 150, .init(), true),
    ("more than a tenth", 2000, 201, .init(), false),
    ("more than a tenth, allowed", 2000, 201, .init(share: 0.11), true),
    ("more than is allowed", 2000, 300, .init(share: 0.11), false),
  ]

  @Test(.slow, arguments: guards) func removesNoMoreThanTheGuardAllows(
    name: String, all: Int, missing: Int, removalGuard: RemovalGuard, isRemoved: Bool
  ) throws {
    let index = try nurses.index(of: 0..<all)
    let export = (missing..<all).map { NursesOnDisk.record($0) } + [NursesOnDisk.record(all)]
    let result = try Self.replace(index, with: export, guard: removalGuard)
    #expect(result.records.counts == [1, 0, all - missing, 0, 0])
    if isRemoved {
      #expect(result.removal == .removed(missing))
      #expect(try index.count("nurse") == all - missing + 1)
    } else {
      guard case .guarded(missing, all + 1, let examples) = result.removal else {
        Issue.record("\(result.removal)")
        return
      }
      #expect(examples.count == 3)
      #expect(try index.count("nurse") == all + 1)
    }
    #expect(try index.check(isFull: true).problems == [])
  }

  /// The share that the program suggests after a refusal, a whole number of percent, is enough.
  @Test func theSuggestedShareIsAllowed() {
    for candidates in 1...300 {
      for removals in 0...candidates {
        let percent = RemovalGuard.smallestPercentage(allowing: removals, of: candidates)
        #expect(
          RemovalGuard(share: Double(percent) / 100, always: 0).allows(removals, of: candidates),
          "\(removals) of \(candidates)")
      }
    }
  }

  @Test func anEmptyInputKeepsEverything() throws {
    let index = try nurses.index(of: 0..<5)
    #expect(try Self.replace(index, with: []).removal == .inputEmpty)
    #expect(try Self.replace(index, with: ["  "]).removal == .inputEmpty)
    #expect(try index.count("") == 5)
  }

  @Test func whatAnotherProcessAddsMeanwhileStays() throws {
    let index = try nurses.index(of: 0..<3)
    let result = try index.replace { ingest in
      try ingest.add(ByteSource(bytes: Array(NursesOnDisk.record(0).utf8), name: "export"))
      _ = try index.delete(ids: ["2"])
      try index.add([NursesOnDisk.record(7)])
    }
    #expect(result.removal == .removed(1))
    #expect(Set(try index.ids("")) == ["0", "7"])
  }

  @Test func aRefusedRecordKeepsEverything() throws {
    let index = try nurses.index(of: 0..<5)
    let result = try Self.replace(index, with: [NursesOnDisk.record(0), "nonsense"])
    #expect(result.removal == .inputIncomplete)
    #expect(try index.count("") == 5)
  }

  @Test func onlyTheConnectorsCandidatesAreRemoved() throws {
    let index = try nurses.index(of: 0..<5, connector: "lever")
    try index.add([NursesOnDisk.record(1), NursesOnDisk.record(9)], connector: "other")
    let result = try Self.replace(index, with: (1..<4).map { NursesOnDisk.record($0) }, connector: "lever")
    #expect(result.removal == .removed(2))
    #expect(try index.count("connector:other") == 2)
    #expect(try index.count("connector:lever") == 3)
  }

  @Test func aDryRunChangesNothing() throws {
    let index = try nurses.index(of: 0..<30)
    let export = (15..<40).map { NursesOnDisk.record($0, title: $0 < 20 ? "Chef" : "Nurse") }
    let result = try Self.replace(index, with: export, isDryRun: true)
    #expect(result.records.counts == [10, 5, 10, 0, 0])
    #expect(result.removal == .wouldRemove(15, examples: ["0", "1", "2"]))
    #expect(try index.count("") == 30)
    #expect(try index.count("chef") == 0)
  }
}
