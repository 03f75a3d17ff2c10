import CandidateSearch
import Foundation
import TestSupport
import Testing

/// A program that keeps an index open beside others that use it for a moment. POSIX drops all locks of a process on a file
/// when it closes any descriptor of it; without them, another process takes itself for the last one and deletes the WAL.
@Suite struct FileLockTests {
  private let folder: TemporaryFolder
  private var path: String { folder.file("i.db") }

  init() throws { folder = try TemporaryFolder() }

  private static func records(_ name: String, _ count: Int) -> [String] {
    (0..<count).map { #"{"id":"\#(name)-\#($0)","title":"Nurse"}"# }
  }

  private func add(_ records: [String], to index: CandidateIndex) throws {
    let bytes = Array(records.joined(separator: "\n").utf8)
    try index.ingest { try $0.add(ByteSource(bytes: bytes, name: "service")) }
  }

  /// What a job of cron adds, as a process of its own.
  private func addInAnotherProcess(_ records: [String]) throws {
    let run = try CommandRun(
      "cand-search", ["index", "--index", path, "-"], input: Data(records.joined(separator: "\n").utf8))
    #expect(run.exit == 0, "\(run.error)")
    #expect(FileManager.default.fileExists(atPath: path + "-wal"), "the WAL of a file in use was deleted")
  }

  private func countInAnotherProcess() throws -> Int? {
    Int(try CommandRun("cand-search", ["--index", path, "--count", "nurse"]).output.dropLast())
  }

  private func expectSound() throws {
    let check = try CommandRun("cand-search", ["check", "--index", path, "--full"])
    #expect(check.exit == 0, "\(check.error)")
  }

  @Test func aReaderKeepsItsLocksWhenAWriterIsOpened() throws {
    try add(Self.records("a", 50), to: CandidateIndex(path: path, access: .writing))
    let reader = try CandidateIndex(path: path)
    #expect(try reader.count("nurse") == 50)
    let writer = try CandidateIndex(path: path, access: .writing)
    for round in 1...3 {
      try addInAnotherProcess(Self.records("b\(round)", 200))
      #expect(try reader.count("nurse") == 50 + round * 200)
      #expect(try writer.count("nurse") == 50 + round * 200)
    }
    try expectSound()
  }

  @Test func aServiceAndJobsOfCronLoseNothing() throws {
    let service = try CandidateIndex(path: path, access: .writing)
    for round in 1...5 {
      try add(Self.records("service-\(round)", 20), to: service)
      _ = try CandidateIndex(path: path, access: .writing).statistics()
      try service.backup(to: folder.file("backup-\(round).db"))
      try addInAnotherProcess(Self.records("cron-\(round)", 20))
      #expect(try service.count("nurse") == round * 40)
      #expect(try countInAnotherProcess() == round * 40)
    }
    try CandidateIndex.restore(from: folder.file("backup-5.db"), to: path)
    try addInAnotherProcess(Self.records("late", 20))
    #expect(try service.count("nurse") == 200)
    #expect(try countInAnotherProcess() == 200)
    try expectSound()
  }

  @Test func theIndexIsNoInput() throws {
    try add(Self.records("a", 5), to: CandidateIndex(path: path, access: .writing))
    let link = folder.file("link.json")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
    for input in [path, link] {
      let run = try CommandRun("cand-search", ["index", "--index", path, input])
      #expect(
        run.exit == 3 && run.error.contains("\(input): cannot be read: it is the index itself"),
        "\(run.error)")
    }
    try expectSound()
  }
}
