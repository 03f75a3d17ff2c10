import AccessKeys
import Foundation
import SearchLog
import TestSupport
import Testing

@testable import CandidateServer
@testable import ServerTestSupport

/// Signing in, the forms of pages, and what they record.
@Suite(.mustEnd) struct SignInTests {
  /// A server with keys and a search log, and a secret by name.
  private func withKeys(
    _ rights: [String: Set<AccessRight>], requiresPurpose: Bool = false,
    _ body: @escaping @Sendable (TestServer, [String: String], AccessKeyFile) async throws -> Void
  ) async throws {
    let folder = try TemporaryFolder()
    let keys = AccessKeyFile(path: folder.file("keys.ndjson"))
    let secrets = try rights.mapValues { rights in
      try keys.add(name: rights.map(\.rawValue).sorted().joined(separator: " "), rights: rights).secret
    }
    try await withServer { options, own in
      options.keysPath = keys.path
      options.logPath = own.file("log.db")
      options.requiresPurpose = requiresPurpose
    } _: { server in
      try await body(server, secrets, keys)
    }
  }

  @Test func aPersonSignsInAndOut() async throws {
    try await withKeys(["key": [.search]]) { server, secrets, _ in
      let shared = try await server.answer("GET", "/?q=engineer&sort=name")
      #expect(shared.status == 303)
      let signIn = try #require(shared.headers["location"])
      #expect(signIn == "/sign-in?next=%2F%3Fq%3Dengineer%26sort%3Dname")
      let page = try await server.answer("GET", signIn)
      #expect(page.text.contains("name=\"next\" value=\"/?q=engineer&amp;sort=name\""))
      let session = try await BrowserSession(server, key: secrets["key"] ?? "")
      let results = try await server.answer("GET", "/?q=engineer", [session.field])
      #expect(results.status == 200 && results.text.contains("Ines Quintero"))
      #expect(
        results.headers["cache-control"] == "no-store" && results.headers["referrer-policy"] == "no-referrer")
      let body = Array("csrf=\(try await session.formToken())".utf8)
      let out = try await server.answer(
        "POST", "/sign-out", [session.field] + BrowserSession.form, body: body)
      #expect(out.status == 303 && out.headers["set-cookie"]?.contains("Max-Age=0") == true)
      #expect(out.headers["set-cookie"]?.contains("purpose=;") == true, "\(out.headers)")
      #expect(try await server.answer("GET", "/?q=engineer", [session.field]).status == 303)
      #expect(try await server.answer("GET", "/results?q=engineer", [session.field]).status == 401)
    }
  }

  @Test func signingInAgainEndsTheSessionBefore() async throws {
    try await withKeys(["key": [.search]]) { server, secrets, _ in
      let first = try await BrowserSession(server, key: secrets["key"] ?? "")
      let body = Array("key=\(secrets["key"] ?? "")&csrf=\(try await first.formToken())".utf8)
      let answer = try await server.answer(
        "POST", "/sign-in", [first.field] + BrowserSession.form, body: body)
      let second = try #require(answer.headers["set-cookie"]?.prefix { $0 != ";" })
      #expect(try await server.answer("GET", "/results?q=engineer", ["Cookie: \(second)"]).status == 200)
      #expect(try await server.answer("GET", "/results?q=engineer", [first.field]).status == 401)
    }
  }

  @Test func cookiesAreForThisServerAndTLSAlone() async throws {
    try await withKeys(["key": [.search]]) { server, secrets, _ in
      let first = try await server.answer("GET", "/sign-in")
      let cookie = try #require(first.headers["set-cookie"])
      let token = try BrowserSession.formToken(in: first.text)
      let body = Array("key=\(secrets["key"] ?? "")&csrf=\(token)".utf8)
      let name = String(cookie.prefix { $0 != ";" })
      let answer = try await server.answer(
        "POST", "/sign-in", ["Cookie: \(name)"] + BrowserSession.form, body: body)
      let session = try #require(answer.headers["set-cookie"])
      for field in [cookie, session] { #expect(field.hasSuffix("; Path=/; HttpOnly; SameSite=Lax; Secure")) }
      #expect(
        session.prefix { $0 != ";" } != cookie.prefix { $0 != ";" }, "not the token that was known before")
      #expect(!session.contains(secrets["key"] ?? ""))
    }
  }

  @Test func aSessionEndsWithItsKey() async throws {
    try await withKeys(["key": [.search], "other": [.search, .records]]) { server, secrets, keys in
      let session = try await BrowserSession(server, key: secrets["key"] ?? "")
      #expect(try await server.answer("GET", "/results?q=engineer", [session.field]).status == 200)
      try keys.revoke(name: "search")
      #expect(try await server.answer("GET", "/results?q=engineer", [session.field]).status == 401)
      #expect(try await server.answer("GET", "/?q=engineer", [session.field]).status == 303)
      // A new key with the name of the old one is another key.
      _ = try keys.add(name: "search", rights: [.search])
      #expect(try await server.answer("GET", "/results?q=engineer", [session.field]).status == 401)
    }
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var key: String?
    var token: String?
    var cookie: String?
    var fields: [String] = []
  }

  private static let refusals = [
    Refusal(testDescription: "a wrong key", key: "cs_" + String(repeating: "a", count: 43)),
    Refusal(testDescription: "an empty key", key: ""),
    Refusal(testDescription: "a token of another browser", token: Sessions().formToken(of: "x")),
    Refusal(testDescription: "without a cookie", cookie: "x=y"),
    Refusal(testDescription: "the cookie of another browser", cookie: "session=abc"),
    Refusal(testDescription: "a cookie that is none", cookie: "session=\u{22}a b\u{22}"),
  ]

  @Test(arguments: refusals) func signingInIsRefused(_ refusal: Refusal) async throws {
    try await withKeys(["key": [.search]]) { server, secrets, _ in
      let page = try await server.answer("GET", "/sign-in")
      let cookie = try #require(page.headers["set-cookie"]?.prefix { $0 != ";" })
      let token = try BrowserSession.formToken(in: page.text)
      let body = "key=\(refusal.key ?? secrets["key"] ?? "")&csrf=\(refusal.token ?? token)"
      let answer = try await server.answer(
        "POST", "/sign-in", ["Cookie: \(refusal.cookie ?? String(cookie))"] + BrowserSession.form,
        body: Array(body.utf8))
      #expect(answer.status == 403 && !answer.text.contains("Ines"))
      if let set = answer.headers["set-cookie"]?.prefix(while: { $0 != ";" }) {
        #expect(try await server.answer("GET", "/results?q=engineer", ["Cookie: \(set)"]).status == 401)
      }
    }
  }

  /// Addresses are kept in logs and histories: a key is not read from one.
  @Test func fieldsOfFormsAreNotReadFromTheAddress() async throws {
    try await withKeys(["key": [.search]]) { server, secrets, _ in
      let page = try await server.answer("GET", "/sign-in")
      let cookie = try #require(page.headers["set-cookie"]?.prefix { $0 != ";" })
      let fields = "key=\(secrets["key"] ?? "")&csrf=\(try BrowserSession.formToken(in: page.text))"
      let headers = ["Cookie: \(cookie)"] + BrowserSession.form
      let refused = try await server.answer("POST", "/sign-in?" + fields, headers, body: Array("next=/".utf8))
      #expect(refused.status == 400 && refused.headers["set-cookie"] == nil)
      #expect(try await server.answer("POST", "/sign-in", headers, body: Array(fields.utf8)).status == 303)
    }
  }

  /// Each part that is listed costs a parse of the query.
  @Test func partsOfALongQueryAreBounded() async throws {
    try await withServer { server in
      let words = (0..<400).map { "zq\($0)x" }.joined(separator: "+")
      let answer = try await server.answer("GET", "/results?q=" + words + "+engineer")
      #expect(answer.status == 200 && answer.text.components(separatedBy: ">Remove <strong>").count - 1 == 20)
    }
  }

  @Test(arguments: [
    "//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)",
    "/?q=\r\nSet-Cookie: x", "",
    "/v1/log", "/?q=a b",
  ]) func afterSigningInNoOtherSiteIsShown(_ next: String) async throws {
    try await withKeys(["key": [.search]]) { server, secrets, _ in
      let page = try await server.answer("GET", "/sign-in")
      let cookie = try #require(page.headers["set-cookie"]?.prefix { $0 != ";" })
      let encoded = next.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      let body =
        "key=\(secrets["key"] ?? "")&next=\(encoded)&csrf=\(try BrowserSession.formToken(in: page.text))"
      let answer = try await server.answer(
        "POST", "/sign-in", ["Cookie: \(cookie)"] + BrowserSession.form, body: Array(body.utf8))
      #expect(answer.status == 303 && answer.headers["location"] == "/")
    }
  }

  /// A page of another site cannot send a form, not even to a server without keys.
  @Test func formsOfOtherSitesAreRefused() async throws {
    try await withServer { options, folder in
      options.logPath = folder.file("log.db")
    } _: { server in
      let session = try await BrowserSession(server, key: nil)
      let body = Array("purpose=x&csrf=\(try await session.formToken())".utf8)
      let form = [session.field] + BrowserSession.form
      for (fields, status) in [
        (["Origin: null", "Sec-Fetch-Site: same-origin"], 303), (["Origin: http://localhost"], 303),
        ([], 303),
        (["Origin: null"], 403), (["Origin: null", "Sec-Fetch-Site: cross-site"], 403),
        (["Origin: https://evil.example"], 403), (["Sec-Fetch-Site: same-site"], 403),
      ] {
        let answer = try await server.answer("POST", "/purpose", form + fields, body: body)
        #expect(answer.status == status, "\(fields)")
      }
      #expect(
        try await server.answer("POST", "/purpose", form, body: Array("purpose=x&csrf=x".utf8)).status == 403)
    }
  }

  // MARK: - Purposes, exports

  @Test func aPurposeIsKeptAndRecorded() async throws {
    try await withKeys(["key": [.search], "auditor": [.log]], requiresPurpose: true) { server, secrets, _ in
      let session = try await BrowserSession(server, key: secrets["key"] ?? "")
      let asked = try await server.answer("GET", "/?q=engineer", [session.field])
      #expect(
        asked.status == 400 && asked.text.contains("Say why you search") && !asked.text.contains("Ines"))
      #expect(asked.text.contains("name=\"next\" value=\"/?q=engineer\""))
      let body =
        "purpose=vacancy+12+%E2%80%93+%C3%BC&next=%2F%3Fq%3Dengineer&csrf=\(try await session.formToken())"
      let kept = try await server.answer(
        "POST", "/purpose", [session.field] + BrowserSession.form, body: Array(body.utf8))
      #expect(kept.headers["location"] == "/?q=engineer")
      let cookie = try #require(kept.headers["set-cookie"]?.prefix { $0 != ";" })
      let answer = try await server.answer("GET", "/?q=engineer", ["\(session.field); \(cookie)"])
      #expect(answer.status == 200 && answer.text.contains("vacancy 12 – ü"))
      let field = try await server.answer(
        "GET", "/results?q=nurse", [session.field, "X-Purpose: vacancy 13"])
      #expect(field.status == 200)
      let log = try await server.answer(
        "GET", "/v1/log", ["Authorization: Bearer \(secrets["auditor"] ?? "")"])
      let entries = log.object["entries"] as? [[String: Any]] ?? []
      let purposes = Dictionary(
        uniqueKeysWithValues: entries.map { ($0["query"] as? String, $0["purpose"] as? String) })
      #expect(purposes == ["engineer": "vacancy 12 – ü", "nurse": "vacancy 13"])
      #expect(entries.allSatisfy { $0["key"] as? String == "search" })
    }
  }

  /// Browsers drop a cookie of more than 4,096 bytes.
  @Test(arguments: [333, 334]) func aPurposeFitsIntoItsCookie(_ length: Int) async throws {
    try await withKeys(["key": [.search]]) { server, secrets, _ in
      let session = try await BrowserSession(server, key: secrets["key"] ?? "")
      let purpose = String(repeating: "%E5%B1%B1", count: length)
      let body = Array("purpose=\(purpose)&csrf=\(try await session.formToken())".utf8)
      let answer = try await server.answer(
        "POST", "/purpose", [session.field] + BrowserSession.form, body: body)
      let isKept = length * 3 <= 1_000
      #expect(answer.status == (isKept ? 303 : 400))
      #expect((answer.headers["set-cookie"]?.utf8.count ?? 0) <= 4_096)
      #expect(answer.text.contains("purpose: takes at most 1000 bytes in UTF-8, not 1002.") == !isKept)
    }
  }

  /// An export contains the candidates of the page that it is of.
  @Test func anExportOfAPageAsTypedIsNotCorrected() async throws {
    try await withKeys(["key": [.search, .contacts, .export]]) { server, secrets, _ in
      let session = try await BrowserSession(server, key: secrets["key"] ?? "")
      let field = #"<input type="hidden" name="as_typed" value="true">"#
      for (parameter, isSent) in [("", false), ("&as_typed=true", true)] {
        let filters = try await server.answer("GET", "/filters?q=engineer\(parameter)", [session.field])
        #expect(filters.text.contains("Save 67 candidates") && filters.text.contains(field) == isSent)
      }
      let token = try await session.formToken()
      func candidates(_ answer: Wire.Answer) -> Int {
        answer.status == 200 ? answer.text.split(separator: "\r\n").count - 1 : -1
      }
      for (fields, isCorrected) in [("", true), ("&as_typed=true", false), ("&as_typed=false", true)] {
        let saved = try await server.answer(
          "POST", "/export", [session.field] + BrowserSession.form,
          body: Array("q=enginer\(fields)&csrf=\(token)".utf8))
        #expect((candidates(saved) > 0) == isCorrected && candidates(saved) >= 0, "\(fields)")
      }
      for (parameter, isCorrected) in [("", true), ("&correct=false", false)] {
        let answer = try await server.answer(
          "GET", "/v1/export?q=enginer\(parameter)", ["Authorization: Bearer \(secrets["key"] ?? "")"])
        #expect((candidates(answer) > 0) == isCorrected && candidates(answer) >= 0, "\(parameter)")
      }
    }
  }

  @Test func anExportLeavesAddressesOutAndIsRecorded() async throws {
    let all: Set<AccessRight> = [.search, .contacts, .export]
    try await withKeys(["key": all, "auditor": [.log]]) { server, secrets, _ in
      let session = try await BrowserSession(server, key: secrets["key"] ?? "")
      let offered = try await server.answer("GET", "/filters?q=engineer", [session.field])
      #expect(offered.text.contains("Save 67 candidates as a table (CSV)"))
      let body = "q=engineer&csrf=\(try await session.formToken())"
      let answer = try await server.answer(
        "POST", "/export", [session.field] + BrowserSession.form, body: Array(body.utf8))
      #expect(answer.status == 200 && answer.headers["content-type"] == "text/csv; charset=utf-8")
      #expect(
        answer.headers["content-disposition"]?.hasPrefix("attachment; filename=\"candidates-20") == true)
      #expect(answer.body.prefix(3) == [0xEF, 0xBB, 0xBF])
      let lines = answer.text.split(separator: "\r\n").dropFirst()
      #expect(lines.count == 67)
      for line in lines where !line.contains(#","true","#) {
        #expect(!line.contains("@example"), "\(line)")
      }
      #expect(lines.contains { $0.contains("@example") })
      #expect(
        offered.text.contains("have not agreed to be e-mailed: their addresses are left out"))
      let log = try await server.answer(
        "GET", "/v1/log?kind=export", ["Authorization: Bearer \(secrets["auditor"] ?? "")"])
      let entry = (log.object["entries"] as? [[String: Any]])?.first
      #expect((entry?["candidates"] as? [Any])?.count == 67 && entry?["query"] as? String == "engineer")
    }
  }
}
