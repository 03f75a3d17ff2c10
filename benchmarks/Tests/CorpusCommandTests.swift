import BenchmarkCorpus
import Foundation
import TestSupport
import Testing

@Suite struct CorpusCommandTests {
  private func corpus(_ arguments: String...) throws -> CommandRun {
    try CommandRun("bench", ["corpus"] + arguments)
  }

  @Test func writesTheRecordsAsLines() throws {
    let run = try corpus("--records", "50")
    #expect(run.exit == 0 && run.error.isEmpty && run.output.hasSuffix("\n"))
    let corpus = Corpus(seed: 1)
    #expect(run.lines == (0..<50).map { String(decoding: corpus.record($0), as: UTF8.self) })
  }

  @Test func theFirstOfManyAreThoseOfFew() throws {
    let (few, many) = (try corpus("--records", "40"), try corpus("--records", "700"))
    #expect(many.lines.count == 700 && many.output.hasPrefix(few.output))
  }

  @Test func writesAFile() throws {
    let folder = try TemporaryFolder()
    try folder.write("what was there before", to: "corpus.ndjson")
    let options = ["--records", "30", "--seed", "7", "--modified-shift", "-3", "--changed", "2"]
    let run = try CommandRun("bench", ["corpus", "--output", folder.file("corpus.ndjson")] + options)
    #expect(run.exit == 0 && run.output.isEmpty && run.error.isEmpty)
    let revised = Corpus(seed: 7, revision: CorpusRevision(modifiedShiftDays: -3, changed: 2, of: 30))
    let text = try String(contentsOfFile: folder.file("corpus.ndjson"), encoding: .utf8)
    #expect(text == (0..<30).map { String(decoding: revised.record($0), as: UTF8.self) + "\n" }.joined())
  }

  static let exits: [(arguments: [String], exit: Int32)] = [
    (["--records", "0"], 2), (["--records", "10000001"], 2), ([], 2),
    (["--records", "5", "--changed", "6"], 2), (["--records", "5", "--changed", "-1"], 2),
    (["--records", "5", "--modified-shift", "10001"], 2),
    (["--records", "5", "--modified-shift", "\(Int.min)"], 2),
    (["--records", "5", "--modified-shift", "-10001"], 2),
    (["--records", "5", "--output", "/dev/null/corpus.ndjson"], 1), (["--help"], 0),
  ]

  @Test(arguments: exits) func exitsWith(arguments: [String], exit: Int32) throws {
    let run = try CommandRun("bench", ["corpus"] + arguments)
    #expect(run.exit == exit && run.error.isEmpty == (exit == 0), "\(run.error)")
  }

  @Test func aReaderThatGoesAwayIsNoFailure() throws {
    let process = try CommandRun.process("bench", ["corpus", "--records", "5000"])
    let (output, error) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = error
    try process.run()
    _ = try output.fileHandleForReading.read(upToCount: 100)
    try output.fileHandleForReading.close()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 0)
    #expect(try error.fileHandleForReading.readToEnd() ?? Data() == Data())
  }
}
