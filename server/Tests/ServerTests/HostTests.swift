import AccessKeys
import Testing

@testable import CandidateServer
@testable import ServerTestSupport

/// Who may call a server without keys, and how a server with keys recognises its callers.
@Suite struct HostTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let fields: [String]
    let isAnswered: Bool
    var testDescription: String { fields.joined(separator: ", ") }

    init(_ fields: String..., isAnswered: Bool) {
      self.fields = fields
      self.isAnswered = isAnswered
    }
  }

  static let cases = [
    Case("Host: localhost", isAnswered: true),
    Case("Host: localhost:7470", isAnswered: true),
    Case("Host: LocalHost:1", isAnswered: true),
    Case("Host: 127.0.0.1", isAnswered: true),
    Case("Host: 127.0.0.1:80", isAnswered: true),
    Case("Host: [::1]", isAnswered: true),
    Case("Host: [::1]:7470", isAnswered: true),
    Case("Host: localhost:", isAnswered: true),
    Case("Host: localhost.", isAnswered: false),
    Case("Host: 127.0.0.1.", isAnswered: false),
    Case("Host: 127.0.0.1.example.com", isAnswered: false),
    Case("Host: localhost.example.com", isAnswered: false),
    Case("Host: rebound.example.com", isAnswered: false),
    Case("Host: localhost:80@example.com", isAnswered: false),
    Case("Host: localhost@example.com", isAnswered: false),
    Case("Host: example.com:127.0.0.1", isAnswered: false),
    Case("Host: localhost, example.com", isAnswered: false),
    Case("Host: [::1]example.com", isAnswered: false),
    Case("Host: [::1", isAnswered: false),
    Case("Host: ::1", isAnswered: false),
    Case("Host: 0.0.0.0", isAnswered: false),
    Case("Host: 127.1", isAnswered: false),
    Case("Host: 2130706433", isAnswered: false),
    Case("Host: ", isAnswered: false),
    Case("Host: localhost", "Forwarded: for=192.0.2.1", isAnswered: false),
    Case("Host: localhost", "X-Forwarded-For: 127.0.0.1", isAnswered: false),
    Case("Host: localhost", "x-forwarded-host: localhost", isAnswered: false),
    Case("Host: localhost", "X-Forwarded-Proto: https", isAnswered: false),
    Case("Host: localhost", "X-Real-IP: 127.0.0.1", isAnswered: false),
    Case("Host: localhost", "Via: 1.1 proxy", isAnswered: false),
  ]

  @Test(arguments: cases) func withoutKeysOnlyThisMachineIsAnswered(_ host: Case) async throws {
    try await withServer { server in
      for path in ["/v1/search", "/livez", "/docs"] {
        let answer = try await server.answer("GET", path, host.fields)
        #expect(answer.status == (host.isAnswered ? 200 : 403), "\(path)")
        if !host.isAnswered { #expect(answer.problem == "wrong-host") }
      }
    }
  }

  static let sites = [
    Case(isAnswered: true),
    Case("Origin: http://localhost:7470", isAnswered: true),
    Case("Origin: https://tools.example.com", isAnswered: true),
    Case("Sec-Fetch-Site: same-origin", isAnswered: true),
    Case("Sec-Fetch-Site: none", isAnswered: true),
    Case("Origin: https://evil.example", isAnswered: false),
    Case("Origin: https://localhost:7470", isAnswered: false),
    Case("Origin: http://localhost", isAnswered: false),
    Case("Origin: http://localhost:3000", isAnswered: false),
    Case("Origin: null", isAnswered: false),
    Case("Sec-Fetch-Site: cross-site", isAnswered: false),
    Case("Sec-Fetch-Site: same-site", isAnswered: false),
  ]

  /// A page of another site can make a browser send a body without a type, as text.
  @Test(arguments: sites) func aPageOfAnotherSiteChangesNothing(_ site: Case) async throws {
    try await withServer({ options, _ in options.origins = ["https://tools.example.com"] }) { server in
      let body = Array(#"{"id":"site-1"}"#.utf8)
      let fields = ["Host: localhost:7470"] + site.fields
      let added = try await server.answer("POST", "/v1/candidates/a", fields, body: body)
      #expect(added.status == (site.isAnswered ? 200 : 403))
      let read = try await server.answer("GET", "/v1/candidates/a/site-1", fields)
      #expect(read.status == (site.isAnswered ? 200 : 404))
      let removed = try await server.answer("DELETE", "/v1/candidates/a/site-1", fields)
      #expect(removed.status == (site.isAnswered ? 204 : 403))
    }
  }

  @Test(arguments: ["0.0.0.0", "::", "127.0.0.1.example.com", "192.0.2.1", "", "127.x"])
  func withoutKeysItListensOnLoopbackOnly(_ host: String) throws {
    let folder = try TemporaryIndex()
    var options = CandidateServer.Options(indexPath: folder.path)
    options.host = host
    #expect(throws: ServerError.keysMissing(host: host)) { try CandidateServer(options) }
    for host in ["localhost", "::1", "127.0.0.1", "127.1.2.3"] {
      options.host = host
      #expect(throws: Never.self) { try CandidateServer(options) }
    }
  }

  private static func key(
    _ options: inout CandidateServer.Options, _ path: String, rights: Set<AccessRight>,
    rate: RequestRate? = nil
  ) throws -> String {
    options.keysPath = path
    return try AccessKeyFile(path: path).add(name: "test", rights: rights, rate: rate).secret
  }

  @Test func withKeysEveryHostIsAnswered() async throws {
    let secret = Shared("")
    try await withServer({ options, folder in
      secret.value = try Self.key(&options, folder.file("keys"), rights: [.search])
    }) { server in
      let key = "Authorization: Bearer \(secret.value)"
      for host in Self.cases.map(\.fields) {
        #expect(try await server.answer("GET", "/v1/search", host + [key]).status == 200, "\(host)")
      }
      for wrong in [
        "", "Bearer", "Bearer ", "Basic \(secret.value)", "Bearer \(secret.value)x", "Bearer cs_",
      ] {
        let answer = try await server.answer("GET", "/v1/search", ["Authorization: \(wrong)"])
        #expect(answer.status == 401, "\(wrong)")
        #expect(answer.headers["www-authenticate"]?.hasPrefix("Bearer") == true)
      }
      #expect(
        try await server.answer("GET", "/v1/search", ["authorization: bEARER \(secret.value)"]).status == 200)
      #expect(try await server.answer("GET", "/v1/search?key=\(secret.value)").status == 401)
    }
  }

  /// Every operation is refused without its right, and by the table that the documents show.
  @Test(arguments: OperationTable.api.map(\.id)) func rightsAreThoseOfTheTable(_ id: String) async throws {
    let operation = try #require(OperationTable.all.first { $0.id == id })
    guard case .right(let right) = operation.access else { return }
    let others = Set(AccessRight.allCases).subtracting([right])
    let secret = Shared("")
    try await withServer({ options, folder in
      secret.value = try Self.key(&options, folder.file("keys"), rights: others)
    }) { server in
      let path = operation.path.replacing(/\{[a-z]+\}/, with: "x")
      let answer = try await server.answer(
        operation.method.rawValue, path, ["Authorization: Bearer \(secret.value)"])
      #expect(answer.status == 403)
      #expect(answer.problem == "right-missing")
      #expect(try await server.answer(operation.method.rawValue, path).status == 401)
    }
  }

  @Test func aKeyHasARate() async throws {
    let secret = Shared("")
    try await withServer({ options, folder in
      secret.value = try Self.key(
        &options, folder.file("keys"), rights: [.search], rate: RequestRate("2/h"))
    }) { server in
      let key = ["Authorization: Bearer \(secret.value)"]
      for _ in 0..<2 { #expect(try await server.answer("GET", "/v1/search", key).status == 200) }
      let answer = try await server.answer("GET", "/v1/search", key)
      #expect(answer.status == 429)
      #expect(answer.problem == "too-many-requests")
      #expect((1...1_800).contains(Int(answer.headers["retry-after"] ?? "") ?? 0))
    }
  }
}
