import Foundation
import TestSupport
import Testing

/// Commands that could destroy something, and do not.
@Suite struct SafetyTests {
  private let folder: TemporaryFolder
  private var environment: [String: String] { ["CAND_SEARCH_INDEX": folder.file("i.db")] }

  init() throws { folder = try TemporaryFolder() }

  private func cand(_ arguments: String..., input: String = "") throws -> CommandRun {
    try CommandRun("cand-search", arguments, input: Data(input.utf8), environment: environment)
  }

  private func count() throws -> String { try cand("--count").output }

  @Test func refusedRecordsDoNotBecomeInput() throws {
    try FileManager.default.createDirectory(atPath: folder.file("in"), withIntermediateDirectories: true)
    try folder.write("nonsense\n{\"id\":\"1\"}\n", to: "in/a.ndjson")
    let run = try cand("index", folder.file("in"), "--rejects", folder.file("in/rejects.ndjson"))
    #expect(run.exit == 3)
    #expect(
      try String(contentsOfFile: folder.file("in/rejects.ndjson"), encoding: .utf8).split(separator: "\n")
        .count == 1)
    #expect(try count() == "1\n")
  }

  @Test func refusedRecordsOverwriteNeitherInputNorIndex() throws {
    let input = try folder.write("{\"id\":\"1\"}\nnonsense\n", to: "a.ndjson")
    #expect(try cand("index", input).exit == 3)
    for file in [input, folder.file("i.db")] {
      let run = try cand("index", input, "--rejects", file)
      #expect(run.exit == 2 && run.error.contains("would overwrite"), "\(run.error)")
    }
    #expect(try String(contentsOfFile: input, encoding: .utf8) == "{\"id\":\"1\"}\nnonsense\n")
    #expect(try count() == "1\n")
  }

  @Test func anInputThatBrokeOffRemovesNobody() throws {
    let records = (0..<20).map { "{\"id\":\"\($0)\"}" }
    #expect(try cand("index", "-", input: records.joined(separator: "\n")).exit == 0)
    try FileManager.default.createDirectory(atPath: folder.file("empty"), withIntermediateDirectories: true)
    for path in ["-", folder.file("empty"), folder.file("nothing-there")] {
      let run = try cand("reindex", path)
      #expect(run.exit == 3 && run.error.contains("nothing was removed"), "\(path): \(run.error)")
    }
    let half = records.prefix(10).joined(separator: "\n")
    #expect(try cand("reindex", "-", "--allow-removals", "0", input: half).exit == 3)
    #expect(try cand("reindex", "-", "--dry-run", input: half).error.contains("would remove 10"))
    #expect(try count() == "20\n")
    #expect(try cand("reindex", "-", input: half).exit == 0)
    #expect(try count() == "10\n")
  }

  @Test func aDryRunMakesNoIndex() throws {
    #expect(try cand("reindex", Fixture.samples, "--dry-run").exit == 4)
    #expect(!FileManager.default.fileExists(atPath: folder.file("i.db")))
  }

  @Test func manyMayMakeTheIndexAtOnce() throws {
    let runs = try (0..<6).map { i in
      let path = try folder.write("{\"id\":\"\(i)\"}\n", to: "\(i).json")
      let process = try CommandRun.process("cand-search", ["index", path], environment: environment)
      process.standardError = FileHandle.nullDevice
      try process.run()
      return process
    }
    for run in runs {
      run.waitUntilExit()
      #expect(run.terminationStatus == 0)
    }
    #expect(try count() == "6\n")
  }

  @Test func forgettingNobodyVerifiesNothing() throws {
    #expect(try cand("index", Fixture.example).exit == 0)
    let nobody = try cand("forget", "nobody")
    #expect(nobody.exit == 0 && !nobody.error.contains("verified"), "\(nobody.error)")
    #expect(nobody.error.contains("nobody: not in the index; kept out from now on"))
    let someone = try cand("forget", "018B18EF-C487-703C-AFD9-0CA478CCD9D6")
    #expect(someone.exit == 0 && someone.error.contains("forgot 1; verified"), "\(someone.error)")
    #expect(try cand("forget", "--list").output == "2\n")
    #expect(try count() == "0\n")
  }

  @Test func compressedAndOtherEncodingsAreNamed() throws {
    let kinds: [(name: String, bytes: [UInt8], reason: String)] = [
      ("gzip", [0x1F, 0x8B, 8, 0, 1, 2], "it is compressed"),
      ("UTF-16", [0xFF, 0xFE, 0x7B, 0], "it is UTF-16"),
    ]
    for (name, bytes, reason) in kinds {
      let run = try CommandRun("cand-search", ["index", "-"], input: Data(bytes), environment: environment)
      #expect(run.exit == 3 && run.error.contains(reason), "\(name): \(run.error)")
    }
  }
}
