import Foundation
import GRDB
import SearchLog
import TestSupport
import Testing

@testable import CandidateServer
@testable import ServerTestSupport

/// What a server answers while its search log cannot be written.
@Suite(.mustEnd) struct UnwritableLogTests {
  @Test func aLogWhoseFileIsGoneAcceptsNothing() async throws {
    try await withOffice { office in
      #expect(try await office.answer("GET", "/v1/search?q=nurse").status == 200)
      _ = try await office.entries()
      let moved = office.log + "-moved"
      try FileManager.default.moveItem(atPath: office.log, toPath: moved)
      for path in ["/v1/search?q=nurse", "/v1/search?q=nurs&session=typing"] {
        #expect(try await office.answer("GET", path).status == 503, "\(path)")
      }
      let refused = try await office.answer("GET", "/v1/export?q=nurse")
      #expect(refused.status == 503 && refused.problem == "log-unavailable")
      #expect(try await office.server.answer("GET", "/v1/log", [office.auditor]).status == 503)
      try FileManager.default.moveItem(atPath: moved, toPath: office.log)
      #expect(try await office.answer("GET", "/v1/search?q=engineer").status == 200)
      #expect(try await office.entries("q=engineer").count == 1)
      #expect(try office.verify().isSound)
    }
  }

  @Test func whatCannotBeRecordedIsNotShown() async throws {
    try await withOffice { office in
      try await office.add(#"{"id":"c-1","first_name":"Ann"}"#)
      #expect(try await office.answer("GET", "/v1/search?q=ann", purpose: "before").status == 200)
      _ = try await office.entries()
      let database = try DatabaseQueue(path: office.log)
      try await database.write {
        try $0.execute(
          sql: "CREATE TRIGGER full BEFORE INSERT ON entry BEGIN SELECT RAISE(FAIL, 'full'); END")
      }
      // Entries are written together; the first that cannot be written is noticed within 0.1 s.
      while try await office.answer("GET", "/v1/search?q=ann", purpose: "unnoticed").status == 200 {
        try await Task.sleep(for: .milliseconds(10))
      }
      for operation in OperationTable.api where operation.isRecorded {
        for id in ["c-1", "missing"] {
          var generator = RequestGenerator(
            random: SplitMix64(state: 1), candidates: [("greenhouse", id)], makesErrors: false)
          let request = try generator.request(for: operation)
          let body = String(decoding: request.bytes ?? [], as: UTF8.self)
          let answer = try await office.answer(request.method, request.target, body, request.fields)
          #expect(answer.status == 503 && answer.problem == "log-unavailable", "\(operation.id) \(id)")
          #expect(answer.headers["retry-after"] != nil && !answer.text.contains("Ann"), "\(operation.id)")
        }
      }
      let typed = try await office.answer("GET", "/v1/search?q=ann&session=typing")
      #expect(typed.status == 503)
      for path in ["/v1/log", "/v1/log/seen/greenhouse/c-1"] {
        let answer = try await office.server.answer("GET", path, [office.auditor])
        #expect(answer.status == 503 && answer.problem == "log-unavailable", "\(path): \(answer.text)")
      }
      #expect(try await office.answer("GET", "/v1/suggest?q=an").status == 200)
      try await database.write { try $0.execute(sql: "DROP TRIGGER full") }
      while try await office.answer("GET", "/v1/search?q=ann", purpose: "after").status == 503 {
        try await Task.sleep(for: .milliseconds(20))
      }
      let purposes = try await office.entries("limit=1000").compactMap { $0["purpose"] as? String }
      #expect(purposes.first == "after" && purposes.last == "before" && purposes.contains("unnoticed"))
      #expect(try office.verify().isSound)
    }
  }
}
