import AccessKeys
import Foundation
import SearchLog
import TestSupport

@testable import CandidateServer
@testable import ServerTestSupport

/// A server with a log, and keys to fill it, to read it and to forget.
struct LogOffice: Sendable {
  let server: TestServer
  let log: String
  let recruiter: String
  let auditor: String
  let eraser: String

  /// Requests as the recruiter.
  func answer(
    _ method: String = "GET", _ path: String, _ body: String = "", purpose: String? = "hiring nurses",
    _ fields: [String] = []
  ) async throws -> Wire.Answer {
    try await server.answer(
      method, path,
      [recruiter] + (purpose.map { ["X-Purpose: \($0)"] } ?? []) + fields,
      body: Array(body.utf8))
  }

  func entries(_ query: String = "") async throws -> [[String: Any]] {
    let answer = try await server.answer("GET", "/v1/log?\(query)", [auditor])
    guard answer.status == 200 else { throw TestFailure("log: \(answer.status) \(answer.text)") }
    return answer.object["entries"] as? [[String: Any]] ?? []
  }

  func add(_ record: String, to connector: String = "greenhouse") async throws {
    let answer = try await server.answer(
      "POST", "/v1/candidates/\(connector)", [eraser], body: Array(record.utf8))
    guard answer.object["added"] as? Int == 1 else { throw TestFailure("upload: \(answer.text)") }
  }

  /// Forgets and waits for the end of the job; returns its result.
  func forget(_ body: String) async throws -> [String: Any] {
    let answer = try await server.answer("POST", "/v1/forget", [eraser], body: Array(body.utf8))
    let job = answer.object["job"] as? String ?? "none"
    while true {
      let state = try await server.answer("GET", "/v1/jobs/\(job)", [eraser])
      switch state.object["state"] as? String {
      case "running": try await Task.sleep(for: .milliseconds(5))
      case "done": return state.object["result"] as? [String: Any] ?? [:]
      default: throw TestFailure("forget: \(state.text)")
      }
    }
  }

  /// All files of the log.
  func bytes() throws -> String {
    try ["", "-wal", "-shm"].map { log + $0 }.filter(FileManager.default.fileExists).map {
      String(decoding: try Data(contentsOf: URL(fileURLWithPath: $0)), as: UTF8.self)
    }.joined().lowercased()
  }

  func verify() throws -> LogVerification { try SearchLog(path: log, access: .reading).verify() }

  /// The ids of the candidates of an entry; nil for those that are erased.
  static func ids(_ entry: [String: Any]?) -> [String?] {
    (entry?["candidates"] as? [[String: Any]])?.map { $0["id"] as? String } ?? []
  }
}

/// Runs `body` with a server whose requests are logged.
func withOffice(
  requiresPurpose: Bool = false, _ body: @escaping @Sendable (LogOffice) async throws -> Void
) async throws {
  let keys = try TestKeys()
  let recruiter = try keys.add("recruiter", [.search, .records, .contacts, .export], scope: "-is:private")
  let auditor = try keys.add("auditor", [.log])
  let eraser = try keys.add("eraser", [.forget, .write])
  let log = keys.folder.file("searches.db")
  try await withServer { options, _ in
    options.keysPath = keys.file.path
    options.logPath = log
    options.requiresPurpose = requiresPurpose
    options.program = "cand-search test"
  } _: { server in
    try await body(
      LogOffice(server: server, log: log, recruiter: recruiter, auditor: auditor, eraser: eraser))
  }
}
