import BindbeeClient
import Foundation
import TestSupport
import Testing

@testable import CandidateServer
@testable import ServerTestSupport

/// What is outside of the scope of a key changes no byte of an answer to it.
@Suite struct ScopePropertyTests {
  @Test(.mustEnd, arguments: UInt64(0)..<8) func nothingOutsideOfAScopeIsSeen(_ seed: UInt64)
    async throws
  {
    let pair = try IndexPair(seed: seed)
    let bindbee = try BindbeeServer([:])
    bindbee.change { state in
      state.connectors = ["greenhouse", "lever", "outside"].map {
        #"{"id":"id-\#($0)","is_active":true,"status":"COMPLETE","integration_slug":"\#($0)","#
          + #""sync_status":"Done","relink_needed_at":null,"connector_token":"secret"}"#
      }
    }
    let client = BindbeeClient(
      try BindbeeAccess(apiKey: BindbeeServer.apiKey, connectorToken: "token", baseURL: bindbee.url))
    let configure: @Sendable (inout CandidateServer.Options, String) -> Void = { options, index in
      options.indexPath = index
      options.keysPath = pair.keys
      options.connectors = ["greenhouse", "lever", "outside"].map {
        ConnectorSource(name: $0, client: client, bindbeeID: "id-\($0)")
      }
    }
    try await withServer { options, _ in
      configure(&options, pair.first)
    } _: { first in
      try await withServer { options, _ in
        configure(&options, pair.second)
      } _: { second in
        var comparison = try await Comparison(first, second, pair, seed: seed)
        try await comparison.run()
      }
    }
  }

  /// Requests to two servers, and what they answer.
  private struct Comparison {
    private static let roundsByDefault = 10
    /// Operations with more parameters than the others, which are requested more often.
    private static let rounds = [
      "search": 50, "search-by-body": 40, "suggest": 20, "lookup": 20, "get-candidate": 40,
      "candidate-part": 40, "page": 30, "results-part": 30,
    ]

    /// A server, and a browser that has signed in there.
    private struct Side {
      let wire: Wire
      let session: BrowserSession
    }

    private let first: Side
    private let second: Side
    private let pair: IndexPair
    private var generator: RequestGenerator
    /// The number of answers by operation and status.
    private var statuses: [String: Set<Int>] = [:]
    private var hits = 0
    private var pages = 0

    init(_ first: TestServer, _ second: TestServer, _ pair: IndexPair, seed: UInt64) async throws {
      self.first = Side(
        wire: try await first.connect(), session: try await BrowserSession(first, key: pair.secret))
      self.second = Side(
        wire: try await second.connect(), session: try await BrowserSession(second, key: pair.secret))
      self.pair = pair
      generator = RequestGenerator(
        random: SplitMix64(state: seed &+ 7),
        candidates: (pair.inside + pair.outside).map { ($0.connector, $0.id) })
    }

    mutating func run() async throws {
      for operation in OperationTable.all {
        for _ in 0..<(Self.rounds[operation.id] ?? Self.roundsByDefault) {
          let request = try generator.request(for: operation)
          guard let answer = try await compare(request, isPage: operation.audience != .programs) else {
            return
          }
          statuses[operation.id, default: []].insert(answer.status)
          expectDescribed(answer, operation.id, operation.allProblems)
          hits += (answer.object["hits"] as? [Any])?.count ?? 0
          guard try await comparePages(request, answer), try await compareTag(request, answer) else { return }
        }
      }
      expectVariety()
    }

    /// Every problem is one that the table of operations names.
    private func expectDescribed(_ answer: Wire.Answer, _ operation: String, _ kinds: [Problem.Kind]) {
      guard let problem = answer.problem, !["not-found", "method-not-allowed"].contains(problem) else {
        return
      }
      #expect(kinds.map(\.rawValue).contains(problem), "\(operation): \(answer.text)")
    }

    /// What this test would be worth nothing without.
    private func expectVariety() {
      for operation in OperationTable.all {
        let statuses = statuses[operation.id] ?? []
        switch operation.access {
        case .open where operation.body == nil:
          #expect(statuses.contains(200), "\(operation.id): \(statuses)")
        case .open: #expect(statuses.contains(403), "\(operation.id): \(statuses)")
        case .signature: #expect(statuses.contains(401), "\(operation.id): \(statuses)")
        case .right(let right) where right.permitsScope, .session(let right) where right.permitsScope:
          let isReachable =
            (!["get-candidate", "candidate-part"].contains(operation.id) || pair.inside.count > 10)
            && (operation.furtherRights.isEmpty || pair.scope.includesContacts)
          #expect(statuses.contains(200) || !isReachable, "\(operation.id): \(statuses)")
        case .right, .session: #expect(statuses.contains(403), "\(operation.id): \(statuses)")
        }
      }
      guard pair.inside.count > 10 else { return }
      #expect(hits > 30 && pages > 2, "\(hits) hits, \(pages) further pages")
    }

    private mutating func comparePages(_ request: TestRequest, _ answer: Wire.Answer) async throws -> Bool {
      var next = answer.object["next"] as? String
      for _ in 0..<4 {
        guard let cursor = next else { return true }
        pages += 1
        guard let page = try await compare(request.continued(from: cursor)) else { return false }
        next = page.object["next"] as? String
      }
      return true
    }

    private func compareTag(_ request: TestRequest, _ answer: Wire.Answer) async throws -> Bool {
      guard let tag = answer.headers["etag"], !request.explains, answer.headers["cache-control"] != "no-store"
      else { return true }
      var request = request
      request.fields.append("If-None-Match: \(tag)")
      let again = try await compare(request)
      return again?.status == 304
    }

    /// Sends a request to both servers and returns the answer; nil if they differ.
    private func compare(_ request: TestRequest, isPage: Bool = false) async throws -> Wire.Answer? {
      while true {
        // Cursors contain the second of the search, by a clock that is a few milliseconds late.
        let begin = Date().timeIntervalSince1970 - 0.02
        let (a, b) = try await (answer(first, request, isPage), answer(second, request, isPage))
        if Int(begin) != Int(Date().timeIntervalSince1970) { continue }
        let (one, other) = (Self.comparable(a, request, isPage), Self.comparable(b, request, isPage))
        if one == other { return a }
        Issue.record(
          "\(pair.scope), \(pair.inside.count) inside: \(request): \(Self.difference(one, other))")
        return nil
      }
    }

    private func answer(_ side: Side, _ request: TestRequest, _ isPage: Bool) async throws -> Wire.Answer {
      var request = request
      let wire = side.wire
      if isPage {
        // A compressed page has another length with each token in it.
        request.fields.removeAll { $0.hasPrefix("Accept-Encoding") }
        // With its token, signing out would end the session.
        if request.path.hasPrefix("/export") {
          request.parameters.removeAll { $0.name == "csrf" }
          request.parameters.append(("csrf", .text(try await side.session.formToken())))
        }
      }
      let identity = isPage ? side.session.field : "Authorization: Bearer \(pair.secret)"
      let fields = request.fields + [identity, "X-Request-Id: 0123456789abcdef"]
      try await wire.send(
        Wire.request(request.method, request.target, fields, body: request.bytes ?? []))
      guard let answer = try await wire.answer(to: request.method) else {
        throw TestFailure("no answer to \(request)")
      }
      return answer
    }

    private static func difference(_ one: [String], _ other: [String]) -> String {
      let (one, other) = Array(zip(one, other)).last { $0 != $1 } ?? ("", "")
      let start = max(0, zip(one, other).prefix { $0 == $1 }.count - 200)
      return "“\(one.dropFirst(start).prefix(600))” is not “\(other.dropFirst(start).prefix(600))”"
    }

    /// Everything of an answer but its date.
    private static func comparable(_ answer: Wire.Answer, _ request: TestRequest, _ isPage: Bool) -> [String]
    {
      let timed = isPage ? ["etag"] : []
      let fields = answer.headers.filter { $0.key != "date" && !timed.contains($0.key) }
        .sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
      var body = answer.text
      if isPage { body = body.replacing(/name="csrf" value="[^"]*"/, with: "") }
      let bytes = answer.headers["content-encoding"] == "gzip" ? "\(answer.body)" : body
      return [String(answer.status), fields.joined(separator: "\n"), bytes]
    }
  }
}
