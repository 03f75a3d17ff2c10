import Foundation

/// A browser that has signed in with a key: its cookie, and tokens of forms.
struct BrowserSession: Sendable {
  private let server: TestServer
  let cookie: String

  /// The field of requests.
  var field: String { "Cookie: \(cookie)" }

  /// Signs in with a key; without one, loads the start page of a server without keys.
  init(_ server: TestServer, key secret: String?) async throws {
    self.server = server
    let page = try await server.answer("GET", secret == nil ? "/" : "/sign-in")
    let first = try Self.cookie(of: page)
    guard let secret else {
      cookie = first
      return
    }
    let body = "key=\(secret)&csrf=\(try Self.formToken(in: page.text))"
    let answer = try await server.answer(
      "POST", "/sign-in", ["Cookie: \(first)"] + Self.form, body: Array(body.utf8))
    guard answer.status == 303 else { throw TestFailure("sign-in: \(answer.status) \(answer.text)") }
    cookie = try Self.cookie(of: answer)
  }

  /// The field of requests with the body of a form.
  static let form = ["Content-Type: application/x-www-form-urlencoded"]

  /// The token of a form of a page that this browser was sent.
  func formToken() async throws -> String {
    try Self.formToken(in: try await server.answer("GET", "/sign-in", [field]).text)
  }

  static func formToken(in html: String) throws -> String {
    guard let match = html.firstMatch(of: /name="csrf" value="([^"]+)"/) else {
      throw TestFailure("no form in \(html.prefix(500))")
    }
    return String(match.output.1)
  }

  private static func cookie(of answer: Wire.Answer) throws -> String {
    guard let field = answer.headers["set-cookie"], let cookie = field.split(separator: ";").first else {
      throw TestFailure("no cookie in \(answer.status) \(answer.headers)")
    }
    return String(cookie)
  }
}
