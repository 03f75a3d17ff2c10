import AccessKeys
import Foundation
import SearchLog
import TestSupport
import Testing

@testable import CandidateServer
@testable import ServerTestSupport

/// What the search log of a server tells of its requests.
@Suite(.mustEnd) struct SearchLogTests {
  @Test func searchesRecordsAndLookupsAreLogged() async throws {
    try await withOffice { office in
      let search = try await office.answer("GET", "/v1/search?q=engineer+tag:senior&limit=3&count=true")
      let hits = (search.object["hits"] as? [[String: Any]])?.map { $0["id"] as? String } ?? []
      #expect(hits.count == 3)
      let id = try #require(hits[0])
      let byBody = try await office.answer(
        "POST", "/v1/search", #"{"q":"title:nurse","limit":1}"#, purpose: nil)
      let record = try await office.answer("GET", "/v1/candidates/-/\(id)")
      let lookup = try await office.answer(
        "POST", "/v1/lookup", #"{"items":[{"id":"\#(id)"},{"id":"missing"}]}"#)
      let first = try await office.entries()
      #expect(
        first.map { $0["request"] as? String }
          == [lookup, record, byBody, search].map { $0.headers["x-request-id"] })
      #expect(first.map { $0["kind"] as? String } == ["search", "record", "search", "search"])
      #expect(first.allSatisfy { $0["key"] as? String == "recruiter" })
      #expect(first.allSatisfy { $0["scope"] as? String == "NOT is:private" })
      #expect(first.allSatisfy { $0["program"] as? String == "cand-search test" && $0["generation"] is Int })
      let entry = first[3]
      #expect(entry["query"] as? String == "engineer tag:senior")
      #expect(entry["canonical_query"] as? String == "(engineer AND tag:senior)")
      #expect(entry["purpose"] as? String == "hiring nurses")
      #expect(entry["count"] as? Int == search.object["count"] as? Int && entry["count"] is Int)
      #expect(LogOffice.ids(entry) == hits)
      #expect(first[2]["purpose"] is NSNull && first[2]["query"] as? String == "title:nurse")
      #expect(LogOffice.ids(first[1]) == [id] && first[1]["query"] is NSNull)
      #expect(LogOffice.ids(first[0]) == [id])
      #expect(first[0]["query"] as? String == "id:\(id) OR id:missing")
      #expect(try await office.entries("q=missing").count == 1)

      // Requests that show no candidate, and those that show a candidate without a body.
      for path in [
        "/v1/suggest?q=eng", "/v1/search?q=modified:soon", "/v1/candidates/-/missing", "/v1/stats",
        "/v1/connectors",
      ] {
        _ = try await office.answer("GET", path)
      }
      #expect(try await office.entries().count == 4)
      let tag = try #require(try await office.answer("GET", "/v1/candidates/-/\(id)").headers["etag"])
      _ = try await office.answer("HEAD", "/v1/candidates/-/\(id)")
      let again = try await office.answer("GET", "/v1/candidates/-/\(id)", "", ["If-None-Match: \(tag)"])
      #expect(again.status == 304)
      #expect(try await office.entries("kind=record").count == 4)
      #expect(try office.verify().isSound)
    }
  }

  /// An id that a caller sends may be that of a candidate, and `forget` does not erase ids of requests.
  @Test func idsOfCallersAreNotLogged() async throws {
    try await withOffice { office in
      let id = "018b18ef-0004-788b-865a-d3b7d268d363"
      let answer = try await office.answer("GET", "/v1/search?q=chef&limit=0", "", ["X-Request-Id: \(id)"])
      #expect(answer.headers["x-request-id"] == id)
      let entry = try #require(try await office.entries().first)
      #expect(entry["query"] as? String == "chef" && (entry["request"] as? String)?.isEmpty == false)
      #expect(!(try office.bytes().contains(id)))
    }
  }

  /// The counts and values beside a page's results are of one search with them, and a search of their own without.
  @Test func filtersOfThePageAreRecorded() async throws {
    try await withOffice { office in
      let secret = String(office.recruiter.split(separator: " ").last ?? "")
      let browser = try await BrowserSession(office.server, key: secret)
      func get(_ path: String) async throws -> Int {
        try await office.server.answer("GET", path, [browser.field, "X-Purpose: hiring"]).status
      }
      #expect(try await get("/filters?q=nurse") == 200)
      let entry = try #require(try await office.entries("q=nurse").first)
      #expect(LogOffice.ids(entry) == [] && entry["count"] is Int)
      #expect(try await get("/?q=chef&filters=true") == 200)
      let page = try await office.entries("q=chef")
      #expect(page.count == 1 && page.first?["count"] is Int)
      #expect(try await get("/results?q=engineer&session=t") == 200)
      #expect(try await get("/filters?q=engineer&session=t") == 200)
      #expect(try await get("/results?q=chef&session=t") == 200)
      let both = try await office.entries("q=engineer")
      #expect(both.count == 1 && both.first?["count"] is Int)
      #expect(both.allSatisfy { !LogOffice.ids($0).isEmpty })
    }
    try await withOffice(requiresPurpose: true) { office in
      let secret = String(office.recruiter.split(separator: " ").last ?? "")
      let browser = try await BrowserSession(office.server, key: secret)
      #expect(try await office.server.answer("GET", "/filters?q=nurse", [browser.field]).status == 400)
    }
  }

  @Test func theLogIsSearched() async throws {
    try await withOffice { office in
      for (i, query) in ["nurse", "night nurse", "engineer"].enumerated() {
        _ = try await office.answer(
          "GET", "/v1/search?q=\(TestRequest.encoded(query))&limit=1", purpose: i == 1 ? "audit" : "hiring")
      }
      let hit = try #require(try await office.answer("GET", "/v1/search?q=engineer&limit=1").object["hits"])
      let id = try #require((hit as? [[String: Any]])?.first?["id"] as? String)
      _ = try await office.answer("GET", "/v1/candidates/-/\(id)", purpose: "interview")
      for (query, count) in [
        ("q=nurse", 2), ("q=night+nurse", 1), ("purpose=audit", 1), ("kind=record", 1), ("kind=search", 4),
        ("key=recruiter", 5), ("key=other", 0), ("limit=2", 2), ("since=2020-01-01", 5),
        ("until=2020-01-01", 0),
        ("q=nurse&purpose=audit", 1), ("", 5),
      ] {
        #expect(try await office.entries(query).count == count, "\(query)")
      }
      for (query, problem) in [
        ("since=yesterday-ish", "wrong-parameter"), ("kind=x", "wrong-parameter"),
        ("limit=0", "wrong-parameter"),
      ] {
        let answer = try await office.server.answer("GET", "/v1/log?\(query)", [office.auditor])
        #expect(answer.status == 400 && answer.problem == problem, "\(query)")
      }
      let seen = try await office.server.answer("GET", "/v1/log/seen/-/\(id)", [office.auditor])
      let entries = seen.object["entries"] as? [[String: Any]] ?? []
      #expect(entries.map { $0["kind"] as? String } == ["record", "search", "search"])
      #expect(entries.first?["purpose"] as? String == "interview")
      for path in ["/v1/log/seen/greenhouse/\(id)", "/v1/log/seen/-/missing"] {
        let answer = try await office.server.answer("GET", path, [office.auditor])
        #expect((answer.object["entries"] as? [Any])?.isEmpty == true, "\(path)")
      }
    }
  }

  @Test func asYouTypeRequestsAreOneSearch() async throws {
    try await withOffice { office in
      var attempt = 0
      /// The names of the requests of an attempt, by their ids.
      var names: [String: String] = [:]
      func answer(_ path: String, as name: String) async throws -> Wire.Answer {
        let answer = try await office.answer("GET", path)
        names[answer.headers["x-request-id"] ?? ""] = name
        return answer
      }
      func requests() async throws -> [String] {
        let ids = try await office.entries("limit=1000").compactMap { $0["request"] as? String }
        return ids.compactMap { names[$0] }
      }
      var start: ContinuousClock.Instant
      var found: [String]
      repeat {
        attempt += 1
        start = .now
        names = [:]
        for text in ["n", "nu", "nur", "nurse"] {
          let path = "/v1/search?q=\(text)&limit=2&session=\(attempt)"
          _ = try await answer(path, as: text)
        }
        let other = "limit=1&session=other-\(attempt)"
        _ = try await answer("/v1/search?q=eng&\(other)", as: "eng")
        let hits = try await answer("/v1/search?q=engineer&\(other)", as: "engineer")
        let id = try #require((hits.object["hits"] as? [[String: Any]])?.first?["id"] as? String)
        let path = "/v1/candidates/-/\(id)?session=other-\(attempt)"
        _ = try await answer(path, as: "open")
        found = try await requests()
        // On a busy machine a text may have rested meanwhile.
      } while start.duration(to: .now) > .seconds(1.8) && attempt < 9
      #expect(found == ["open", "engineer"])
      // The other text rests after two seconds.
      while found.count < 3 {
        try await Task.sleep(for: .milliseconds(50))
        found = try await requests()
      }
      #expect(found == ["nurse", "open", "engineer"])
    }
  }

  @Test func searchesThatAreBeingTypedAreLoggedWhenTheServerStops() async throws {
    let folder = try TemporaryFolder()
    let log = folder.file("log.db")
    try await withServer { options, _ in
      options.logPath = log
    } _: { server in
      _ = try await server.answer("GET", "/v1/search?q=cook&session=last")
    }
    let entries = try SearchLog(path: log, access: .reading).entries()
    #expect(entries.map(\.query) == [.text("cook")] && entries.first?.key == "local")
  }

  // MARK: - Purposes

  @Test func aPurposeMayBeRequired() async throws {
    try await withOffice(requiresPurpose: true) { office in
      try await office.add(#"{"id":"c-1","first_name":"Ann"}"#)
      let long = String(repeating: "x", count: 501)
      var recorded = 0
      for operation in OperationTable.all {
        guard case .right(let right) = operation.access, [.search, .records, .export].contains(right) else {
          continue
        }
        for (id, isKnown) in [("c-1", true), ("missing", false)] {
          var generator = RequestGenerator(
            random: SplitMix64(state: 1), candidates: [("greenhouse", id)], makesErrors: false)
          let request = try generator.request(for: operation)
          func answer(_ purpose: String?) async throws -> Wire.Answer {
            try await office.answer(
              request.method, request.target, String(decoding: request.bytes ?? [], as: UTF8.self),
              purpose: purpose, request.fields)
          }
          let isMissing = operation.id == "get-candidate" && !isKnown
          #expect(try await answer("why not").status == (isMissing ? 404 : 200), "\(operation.id) \(id)")
          guard operation.isRecorded else {
            #expect(try await answer(nil).status == 200, "\(operation.id)")
            continue
          }
          recorded += isMissing ? 0 : 1
          for (purpose, problem) in [
            (nil, "purpose-missing"), ("", "purpose-missing"), ("\u{A0}\u{2003}", "purpose-missing"),
            (long, "wrong-parameter"),
          ] {
            let refused = try await answer(purpose)
            #expect(refused.status == 400 && refused.problem == problem, "\(operation.id) \(id)")
            #expect(!refused.text.contains("Ann"))
          }
        }
      }
      #expect(recorded > 4)
      #expect(try await office.entries("purpose=why+not").count == recorded)
    }
  }

  @Test func theQueryOfALookupIsBounded() async throws {
    try await withOffice { office in
      let items = (0..<1_000).map { #"{"id":"looked-up-\#($0)"}"# }.joined(separator: ",")
      let answer = try await office.answer("POST", "/v1/lookup", "{\"items\":[\(items)]}")
      #expect(answer.status == 200)
      let query = try #require(try await office.entries().first?["query"] as? String)
      #expect(query.contains("looked-up-0 OR ") && query.hasSuffix(" OR …"))
      #expect((9_000...10_010).contains(query.unicodeScalars.count))
    }
  }
}
