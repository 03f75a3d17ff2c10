import Foundation
import TestSupport
import Testing

@testable import ServerTestSupport

/// What other processes do to the index is visible to the next request.
@Suite(.mustEnd) struct OtherProcessTests {
  private func run(_ arguments: String..., in folder: TemporaryFolder, exit: Int32 = 0) async throws {
    let errors = try folder.write("", to: "errors")
    let index = ["--index", folder.file("candidates.db")]
    let found = try await ChildProcess("cand-search", arguments + index, errors: errors).end()
    let text = try String(contentsOfFile: errors, encoding: .utf8)
    #expect(found == exit, "\(arguments): \(text)")
  }

  private func ids(_ wire: Wire, _ query: String) async throws -> [String] {
    try await wire.send(Wire.request("GET", "/v1/search?q=\(query)&limit=1000"))
    let answer = try #require(try await wire.answer())
    #expect(answer.status == 200, "\(answer.text)")
    return ((answer.object["hits"] as? [[String: Any]]) ?? []).compactMap { $0["id"] as? String }
  }

  @Test func changesAreVisibleToTheNextRequest() async throws {
    let folder = try TemporaryFolder()
    try Samples.copy(0, to: folder.file("candidates.db"))
    let program = try await RunningProgram(
      ["--index", folder.file("candidates.db"), "--listen", "127.0.0.1:0"], in: folder)
    let wire = try await program.server.connect()
    #expect(try await ids(wire, "quistgaard").isEmpty)
    let before = try await ids(wire, "engineer")
    #expect(before.count > 10)

    let records = try folder.write(
      #"{"id":"c-1","last_name":"Quistgaard"}"# + "\n" + #"{"id":"c-2","last_name":"Quistgaard"}"#,
      to: "two.ndjson")
    try await run("index", "--connector", "lever", records, in: folder)
    #expect(try await ids(wire, "quistgaard").sorted() == ["c-1", "c-2"])
    try await run("backup", folder.file("backup.db"), in: folder)

    try folder.write(#"{"id":"c-2","last_name":"Quistgaard"}"#, to: "two.ndjson")
    try await run("reindex", "--connector", "lever", "--allow-removals", "100", records, in: folder)
    #expect(try await ids(wire, "quistgaard") == ["c-2"])
    try await run("reindex", in: folder)
    #expect(try await ids(wire, "quistgaard") == ["c-2"])
    #expect(try await ids(wire, "engineer") == before, "rebuilt from its own records")

    try await run("delete", "--connector", "lever", "c-2", in: folder)
    #expect(try await ids(wire, "quistgaard").isEmpty)
    let lookup = try await program.server.answer(
      "POST", "/v1/lookup", body: Array(#"{"items":[{"id":"c-2"}]}"#.utf8))
    #expect(lookup.text.contains("missing"))

    try await run("restore", folder.file("backup.db"), in: folder)
    #expect(try await ids(wire, "quistgaard").sorted() == ["c-1", "c-2"])
    try folder.write("glazier = quistgaard\n", to: "synonyms")
    try await run("synonyms", "set", folder.file("synonyms"), in: folder)
    #expect(try await ids(wire, "glazier").sorted() == ["c-1", "c-2"])
    #expect(try await ids(wire, "engineer") == before)

    // The server itself changes the index after others have.
    let upload = try await program.server.answer(
      "POST", "/v1/candidates/lever", body: Array(#"{"id":"c-3","last_name":"Quistgaard"}"#.utf8))
    #expect(upload.object["added"] as? Int == 1)
    try await run("forget", "--connector", "lever", "c-1", in: folder)
    #expect(try await ids(wire, "quistgaard").sorted() == ["c-2", "c-3"])
    #expect(!program.text.lowercased().contains("quistgaard"))
    program.signal(SIGTERM)
    #expect(try await program.end() == 0)
  }

  /// Searches run while others rebuild the index.
  @Test func searchesDuringARebuildSeeOneStateOrTheOther() async throws {
    let folder = try TemporaryFolder()
    try Samples.copy(2_000, to: folder.file("candidates.db"))
    let program = try await RunningProgram(
      ["--index", folder.file("candidates.db"), "--listen", "127.0.0.1:0"], in: folder)
    let wire = try await program.server.connect()
    let before = try await ids(wire, "senior+engineer")
    let isDone = Shared(false)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        var count = 0
        while !isDone.value || count == 0 {
          let found = try await self.ids(wire, "senior+engineer")
          #expect(found == before)
          count += 1
        }
      }
      group.addTask {
        defer { isDone.value = true }
        try await self.run("reindex", in: folder)
      }
      try await group.waitForAll()
    }
  }

  /// What would be answered is of a file that no one else can open.
  @Test(arguments: [true, false]) func nothingIsAnsweredFromAFileThatIsGone(_ isReplaced: Bool) async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("candidates.db")
    try Samples.copy(0, to: path)
    try Samples.copy(0, to: folder.file("new.db"))
    let program = try await RunningProgram(["--index", path, "--listen", "127.0.0.1:0"], in: folder)
    let server = program.server
    #expect(try await server.answer("GET", "/v1/search?q=engineer").status == 200)
    try FileManager.default.removeItem(atPath: path)
    if isReplaced { try FileManager.default.moveItem(atPath: folder.file("new.db"), toPath: path) }
    for request in ["/v1/search?q=engineer", "/v1/stats", "/v1/suggest?q=eng", "/readyz", "/?q=engineer"] {
      let answer = try await server.answer("GET", request)
      #expect(answer.status == 503, "\(request): \(answer.text)")
    }
    let record = Array(#"{"id":"1"}"#.utf8)
    let upload = try await server.answer(
      "POST", "/v1/candidates/a", ["Content-Type: application/x-ndjson"], body: record)
    #expect(upload.status == 503)
    #expect(try await server.answer("DELETE", "/v1/candidates/a/1").status == 503)
    #expect(try await server.answer("GET", "/livez").status == 200)
    #expect(FileManager.default.fileExists(atPath: path) == isReplaced)
  }

  /// Each problem is logged once when it begins and once when it ends, with its reason.
  @Test func whyNothingIsAnsweredIsLogged() async throws {
    let folder = try TemporaryFolder()
    let (path, log) = (folder.file("candidates.db"), folder.file("log.db"))
    try Samples.copy(0, to: path)
    let program = try await RunningProgram(
      ["--index", path, "--listen", "127.0.0.1:0", "--log", log], in: folder)
    let server = program.server
    func said(_ message: String) -> [[String: Any]] {
      program.lines.filter { $0["message"] as? String == message }
    }
    #expect(try await server.answer("GET", "/v1/search?q=engineer").status == 200)
    for (file, problem, end) in [
      (path, "the index cannot be read", "the index can be read again"),
      (log, "searches cannot be recorded", "searches can be recorded again"),
    ] {
      try FileManager.default.moveItem(atPath: file, toPath: file + "-moved")
      // An entry that cannot be written is noticed within 0.1 s.
      while try await server.answer("GET", "/v1/search?q=engineer").status == 200 {
        try await Task.sleep(for: .milliseconds(10))
      }
      for _ in 0..<3 { #expect(try await server.answer("GET", "/v1/search?q=engineer").status == 503) }
      let line = try #require(said(problem).first)
      #expect(said(problem).count == 1 && said(end).isEmpty)
      #expect(line["level"] as? String == "error")
      #expect((line["reason"] as? String)?.contains("removed or replaced") == true, "\(line)")
      try FileManager.default.moveItem(atPath: file + "-moved", toPath: file)
      while try await server.answer("GET", "/v1/search?q=engineer").status == 503 {
        try await Task.sleep(for: .milliseconds(50))
      }
      #expect(try await server.answer("GET", "/v1/search?q=engineer").status == 200)
      #expect(said(problem).count == 1 && said(end).count == 1)
    }
    #expect(!program.text.contains("engineer"))
    program.signal(SIGTERM)
    #expect(try await program.end() == 0)
  }

  /// All keys are refused while a line of their file is none. The log says so once, with the place.
  @Test func keysThatCannotBeReadAreLogged() async throws {
    let site = try Site(isPurposeRequired: false)
    let path = site.folder.file("keys.ndjson")
    let sound = try String(contentsOfFile: path, encoding: .utf8)
    let program = try await site.start()
    func said(_ message: String) -> [[String: Any]] {
      program.lines.filter { ($0["message"] as? String)?.hasPrefix(message) == true }
    }
    #expect(try await site.answer(program, "/v1/search?q=a").status == 200)
    for round in 1...2 {
      try Data((sound + "\(site.key)\n").utf8).write(to: URL(fileURLWithPath: path))
      for _ in 0..<3 { #expect(try await site.answer(program, "/v1/search?q=a").status == 401) }
      #expect(said("the keys cannot be read").count == round)
      try Data(sound.utf8).write(to: URL(fileURLWithPath: path))
      for _ in 0..<3 { #expect(try await site.answer(program, "/v1/search?q=a").status == 200) }
      #expect(said("the keys can be read again").count == round)
    }
    let line = try #require(said("the keys cannot be read").first)
    #expect(line["level"] as? String == "error")
    #expect((line["reason"] as? String)?.hasPrefix("\(path):3: ") == true, "\(line)")
    for secret in site.secrets { #expect(!program.text.contains(secret)) }
    program.signal(SIGTERM)
    #expect(try await program.end() == 0)
  }
}
