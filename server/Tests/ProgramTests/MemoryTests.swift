import BenchmarkCorpus
import Foundation
import TestSupport
import Testing

@testable import ServerTestSupport

/// The memory that a change needed is returned to the system.
@Suite(.mustEnd) struct MemoryTests {
  @Test func anUploadLeavesNoMemoryBehind() async throws {
    let folder = try TemporaryFolder()
    let index = folder.file("candidates.db")
    try Samples.copy(0, to: index)
    let program = try await RunningProgram(["--index", index, "--listen", "127.0.0.1:0"], in: folder)
    #expect(try await program.server.answer("GET", "/readyz").status == 200)
    let before = try program.anonymousBytes

    let corpus = Corpus(seed: 3)
    let records = (0..<10_000).flatMap { corpus.record($0) + [UInt8(ascii: "\n")] }
    let answer = try await program.server.answer(
      "POST", "/v1/candidates/lever", ["Content-Type: application/x-ndjson"], body: records)
    #expect(answer.status == 200, "\(answer.text)")
    let needed = try program.anonymousBytes - before
    #expect(needed > 20_000_000)

    // It is looked at some times a minute.
    while try program.anonymousBytes - before > needed / 2 { try await Task.sleep(for: .milliseconds(100)) }
    program.signal(SIGTERM)
    #expect(try await program.end() == 0)
  }
}
