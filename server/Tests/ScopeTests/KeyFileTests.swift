import AccessKeys
import CandidateTime
import Foundation
import TestSupport
import Testing

@testable import CandidateServer
@testable import ServerTestSupport

/// What becomes of the keys of a running server when their file changes: the next request is refused.
@Suite struct KeyFileTests {
  /// A change after which a key must be refused.
  struct Change: Sendable, CustomTestStringConvertible {
    let name: String
    let apply: @Sendable (AccessKeyFile) throws -> Void
    var testDescription: String { name }

    init(_ name: String, _ apply: @escaping @Sendable (AccessKeyFile) throws -> Void) {
      self.name = name
      self.apply = apply
    }

    /// Changes the text of the file.
    static func text(
      _ name: String, _ change: @escaping @Sendable (String) -> String
    ) -> Change {
      Change(name) { file in
        let text = try String(contentsOfFile: file.path, encoding: .utf8)
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: file.path))
        try handle.truncate(atOffset: 0)
        try handle.write(contentsOf: Data(change(text).utf8))
      }
    }

    static func mode(_ mode: mode_t) -> Change {
      Change("mode \(String(mode, radix: 8))") { file in
        guard chmod(file.path, mode) == 0 else { throw POSIXError(.EPERM) }
      }
    }
  }

  static let changes = [
    Change("revoked") { try $0.revoke(name: "all") },
    Change("removed") { try FileManager.default.removeItem(atPath: $0.path) },
    Change("renamed") { try FileManager.default.moveItem(atPath: $0.path, toPath: $0.path + ".bak") },
    Change("a folder") {
      try FileManager.default.removeItem(atPath: $0.path)
      try FileManager.default.createDirectory(atPath: $0.path, withIntermediateDirectories: false)
    },
    Change("a link to nothing") {
      try FileManager.default.removeItem(atPath: $0.path)
      try FileManager.default.createSymbolicLink(atPath: $0.path, withDestinationPath: "/nonexistent")
    },
    .mode(0o644), .mode(0o640), .mode(0o604), .mode(0o620), .mode(0o602),
    .text("empty") { _ in "" }, .text("garbage") { _ in "\u{0}\u{1}{" },
    .text("cut") { String($0.dropLast(9)) },
    .text("a line too many") { $0 + "x\n" }, .text("twice") { $0 + $0 },
    .text("a filter beside the right to write") {
      $0.replacing(#""rights":"#, with: #""scope":"tag:x","rights":"#)
    },
    .text("an unknown member") { $0.replacing(#""rights":"#, with: #""networks":"10.0.0.0/8","rights":"#) },
    .text("an unknown right") { $0.replacing(#""write""#, with: #""writes""#) },
    .text("expired") { $0.replacing(#""rights":"#, with: #""expires":"2020-01-01T00:00:00Z","rights":"#) },
  ]

  @Test(arguments: changes) func theNextRequestIsRefused(_ change: Change) async throws {
    let keys = try TestKeys()
    let key = try keys.add("all", Set(AccessRight.allCases))
    try await withServer { options, folder in
      options.keysPath = keys.file.path
      options.logPath = folder.file("log.db")
    } _: { server in
      let wire = try await server.connect()
      func status(_ path: String) async throws -> Int? {
        try await wire.send(Wire.request("GET", path, [key]))
        return try await wire.answer()?.status
      }
      #expect(try await status("/v1/search") == 200)
      try change.apply(keys.file)
      #expect(try await status("/v1/search") == 401, "also on a connection that is open")
      for operation in OperationTable.all {
        guard case .right = operation.access else { continue }
        let answer = try await RightTests.answer(server, operation, [key])
        #expect(answer.status == 401 && answer.problem == "key-refused", "\(operation.id): \(answer.status)")
      }
    }
  }

  @Test func aKeyIsValidAgainWhenItsFileIs() async throws {
    let keys = try TestKeys()
    let key = try keys.add("all", [.search])
    try await withServer { options, _ in
      options.keysPath = keys.file.path
    } _: { server in
      for _ in 0..<2 {
        #expect(try await server.answer("GET", "/v1/search", [key]).status == 200)
        chmod(keys.file.path, 0o644)
        #expect(try await server.answer("GET", "/v1/search", [key]).status == 401)
        chmod(keys.file.path, 0o600)
      }
      #expect(try await server.answer("GET", "/v1/search", [key]).status == 200)
      let new = try keys.add("new", [.search])
      #expect(try await server.answer("GET", "/v1/search", [new]).status == 200, "a key that was just added")
    }
  }

  @Test func aKeyExpiresWhileTheServerRuns() async throws {
    let keys = try TestKeys()
    _ = try keys.add("another", [.search])
    try await withServer { options, _ in
      options.keysPath = keys.file.path
    } _: { server in
      var (seconds, key, end) = (1, "", Timestamp.now)
      repeat {
        seconds *= 2
        end = Timestamp(microseconds: Timestamp.now.microseconds + Int64(seconds) * 1_000_000)
        key = try keys.add("for \(seconds) s", [.search], expiresAt: end)
        // A slow machine needs a key that is valid for longer.
      } while try await server.answer("GET", "/v1/search", [key]).status != 200 && seconds < 60
      while Timestamp.now < end { try await Task.sleep(for: .milliseconds(20)) }
      let answer = try await server.answer("GET", "/v1/search", [key])
      #expect(answer.status == 401 && answer.problem == "key-refused")
    }
  }
}
