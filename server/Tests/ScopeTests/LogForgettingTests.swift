import Foundation
import SearchLog
import TestSupport
import Testing

@testable import CandidateServer
@testable import ServerTestSupport

/// What is left in the search log of a server of a person who is forgotten.
@Suite(.mustEnd) struct LogForgettingTests {
  private static let person = #"""
    {"id":"zq-77","first_name":"Quirine","last_name":"Zandstra","title":"Nurse",\#
    "email_addresses":["q.zandstra@harbour.example"],"phone_numbers":["+31 20 555 0177"]}
    """#
  /// What must not be in the log afterwards.
  private static let traces = ["zandstra", "zq-77", "q.zandstra@", "5550177", "quirine z"]

  @Test(arguments: [#"{"ids":["zq-77"]}"#, #"{"email":"Q.Zandstra@harbour.example"}"#])
  func forgettingRemovesThePersonFromTheLog(_ body: String) async throws {
    try await withOffice { office in
      try await office.add(Self.person)
      let queries = [
        "quirine zandstra", "zandstra", "nurse zandstra", "name:zandstra", "id:zq-77",
        "email:q.zandstra@harbour.example", "+31 20 555 0177", "title:nurse",
      ]
      for (i, query) in queries.enumerated() {
        let session = i % 2 == 0 ? "&session=s\(i)" : ""
        let answer = try await office.answer(
          "GET", "/v1/search?limit=1000&q=\(TestRequest.encoded(query))\(session)",
          purpose: i == 3 ? "call Quirine Zandstra" : "hiring")
        #expect(answer.text.contains("zq-77"), "\(query)")
      }
      _ = try await office.answer("GET", "/v1/candidates/greenhouse/zq-77")
      _ = try await office.answer("POST", "/v1/lookup", #"{"items":[{"id":"ZQ-77"},{"id":"zq-77"}]}"#)
      _ = try await office.entries()
      #expect(try office.bytes().contains("zandstra"))
      let result = try await office.forget(body)
      #expect(result["removed"] as? Int == 1 && result["verified"] as? Bool == true, "\(result)")
      for trace in Self.traces { #expect(!(try office.bytes().contains(trace)), "\(trace)") }
      let entries = try await office.entries()
      #expect(entries.count == queries.count + 2)
      let erased = entries.filter { ($0["erased"] as? [String])?.contains("query") == true }
      #expect(erased.count == queries.count, "all but title:nurse, and the lookup: \(entries)")
      #expect(entries.contains { ($0["erased"] as? [String])?.contains("purpose") == true })
      #expect(entries.contains { $0["query"] as? String == "title:nurse" })
      #expect(entries.allSatisfy { LogOffice.ids($0).contains(nil) })
      let seen = try await office.server.answer(
        "GET", "/v1/log/seen/greenhouse/zq-77?limit=100", [office.auditor])
      #expect((seen.object["entries"] as? [Any])?.count == queries.count + 2, "art. 15, also afterwards")
      let verification = try office.verify()
      #expect(verification.isSound && verification.erasedIDs >= queries.count && verification.erasedTexts > 0)
      #expect(try await office.answer("GET", "/v1/search?q=zandstra").text.contains("\"hits\":[]"))
    }
  }

  /// A search that shows a candidate while it is being forgotten.
  @Test func searchesDuringForgettingLeaveNothing() async throws {
    try await withOffice { office in
      try await office.add(Self.person)
      let isForgotten = Shared(false)
      try await withThrowingTaskGroup(of: Int.self) { group in
        group.addTask {
          var shown = 0
          while !isForgotten.value {
            let answer = try await office.answer("GET", "/v1/search?q=nurse+OR+zandstra&limit=1000")
            shown += answer.text.contains("zq-77") ? 1 : 0
          }
          return shown
        }
        group.addTask {
          while try await office.entries("limit=1").isEmpty {}
          let result = try await office.forget(#"{"ids":["zq-77"]}"#)
          #expect(result["verified"] as? Bool == true)
          isForgotten.value = true
          return 1
        }
        for try await count in group { #expect(count > 0) }
      }
      // The query alone does not show the person any more, but is of a time after it was forgotten.
      let entries = try await office.entries("limit=1000")
      #expect(!entries.contains { LogOffice.ids($0).contains("zq-77") })
      #expect(!(try office.bytes().contains("zq-77")))
      #expect(try office.verify().isSound)
    }
  }
}
