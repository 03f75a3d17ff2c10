import BindbeeClient
import TestSupport
import Testing

/// What becomes of a base URL: the address that requests go to, or a refusal before any secret is sent.
@Suite struct AddressTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let url: String
    /// Nil if it is refused.
    let address: String?
    var testDescription: String { url.debugDescription }

    init(_ url: String, _ address: String?) {
      self.url = url
      self.address = address
    }
  }

  static let cases: [Case] = [
    // The vendor's regions.
    Case(BindbeeAccess.Region.us.baseURL, "https://api.bindbee.dev"),
    Case(BindbeeAccess.Region.eu.baseURL, "https://api-eu.bindbee.dev"),
    Case("https://proxy.example/bindbee/", "https://proxy.example/bindbee"),
    Case("https://proxy.example/a%20b//", "https://proxy.example/a%20b"),
    Case("HTTPS://API.Bindbee.DEV", "https://api.bindbee.dev"),
    Case("https://xn--mnchen-3ya.example", "https://xn--mnchen-3ya.example"),
    Case("https://my_service:8443", "https://my_service:8443"),
    Case("https://[2001:db8::1]:8443/x", "https://[2001:db8::1]:8443/x"),
    Case("https://10.0.0.1", "https://10.0.0.1"),
    Case("http://localhost:8080", "http://localhost:8080"),
    Case("http://LOCALHOST:1", "http://localhost:1"),
    Case("http://127.0.0.1", "http://127.0.0.1"),
    Case("http://[::1]:80/api", "http://[::1]:80/api"),
    // Without TLS, and not this machine's, or not surely.
    Case("http://api.bindbee.dev", nil),
    Case("http://localhost.evil.example", nil),
    Case("http://127.0.0.1.evil.example", nil),
    Case("http://localhost.", nil),
    Case("http://127.0.0.1.", nil),
    Case("http://127.1:1", nil),
    Case("http://0x7f.0.0.1", nil),
    Case("http://2130706433", nil),
    Case("http://0.0.0.0", nil),
    Case("http://[::ffff:127.0.0.1]", nil),
    Case("http://[::1%25eth0]/", nil),
    Case("http://[::1].evil.example", nil),
    Case("http://ⓛocalhost:1", nil),
    Case("http://localhost\u{301}", nil),
    // Names and passwords, and what readers of addresses disagree about.
    Case("https://me:secret@api.bindbee.dev", nil),
    Case("https://api.bindbee.dev@evil.example", nil),
    Case("http://localhost@evil.example", nil),
    Case("http://evil.example#@localhost", nil),
    Case(#"http://evil.example\@localhost"#, nil),
    Case(#"http://localhost\@evil.example/"#, nil),
    Case(#"https://api.bindbee.dev\.evil.example"#, nil),
    Case("https://api.bindbee.dev%2eevil.example", nil),
    Case("http://localhost%00.evil.example", nil),
    Case("https://bücher.example", nil),
    Case("https://api.bindbee.dev\u{FF0F}evil", nil),
    // Other schemes, and none.
    Case("ftp://api.bindbee.dev", nil),
    Case("file:///etc/passwd", nil),
    Case("javascript://api.bindbee.dev", nil),
    Case("api.bindbee.dev", nil),
    Case("//api.bindbee.dev", nil),
    Case("https:api.bindbee.dev", nil),
    Case("localhost", nil),
    Case("", nil),
    Case("https://", nil),
    Case("https:///path", nil),
    // Ports.
    Case("https://api.bindbee.dev:", nil),
    Case("http://localhost:0", nil),
    Case("http://localhost:99999", nil),
    Case("http://localhost:-1", nil),
    Case("http://localhost:+1", nil),
    Case("http://localhost:1:2", nil),
    Case("http://localhost:١", nil),
    // White space, control characters, dots, queries, steps up.
    Case(" https://api.bindbee.dev", nil),
    Case("https://api.bindbee.dev\n", nil),
    Case("http://localhost :1", nil),
    Case("http://localhost:1\r\nX: y", nil),
    Case("https://api.bindbee.dev\u{0}", nil),
    Case("https://api.bindbee.dev.", nil),
    Case("https://api..bindbee.dev", nil),
    Case("https://.bindbee.dev", nil),
    Case("https://api.bindbee.dev?x=1", nil),
    Case("https://api.bindbee.dev/#x", nil),
    Case("https://api.bindbee.dev/a/../b", nil),
    Case("https://[]", nil),
    Case("https://[::1", nil),
    Case("https://" + String(repeating: "a", count: 5000), nil),
  ]

  @Test(arguments: cases) func anAddressIsOneForEverybodyOrRefused(_ item: Case) {
    let access = Result { try BindbeeAccess(apiKey: "k", connectorToken: "t", baseURL: item.url) }
    switch (access, item.address) {
    case (.success(let access), let address?): #expect(access.description == address)
    case (.failure(BindbeeError.unusableAddress(let reason)), nil):
      // It may contain a password.
      #expect(!reason.contains("secret"))
    default: Issue.record("\(access)")
    }
  }

  /// Secrets that are not encrypted pass no proxy, whatever the environment says.
  @Test(arguments: ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"])
  func aRequestToThisMachinePassesNoProxy(_ name: String) throws {
    let run = try SyncRun([token: remotes(0..<5)])
    let proxy = try BindbeeServer([token: remotes(0..<5)])
    run.variables[name] = proxy.url
    #expect(try run.cand("sync").exit == 0)
    #expect(proxy.requestCount == 0 && run.server.requestCount == 1)
  }

  @Test func anIDOfDotsIsNoFolder() async throws {
    let server = try BindbeeServer([token: remotes(0..<5)])
    for id in [".", "..", "../../admin", "a/b"] {
      await #expect(throws: BindbeeError.self) { try await server.client().candidate(id: id) }
    }
    #expect(
      server.takeLog().map(\.request.path)
        == ["%2E", "%2E%2E", "..%2F..%2Fadmin", "a%2Fb"].map {
          "/api/ats/v1/candidates/\($0)"
        })
  }
}
