import AccessKeys
import CandidatePage
import Foundation
import HTTPTypes

/// Signing in and out, and why a person searches.
enum SignInOperations {
  static let next = Parameter(
    name: "next", kind: .text(maximum: 160_000), summary: "The address to go on at.")
  static let csrf = Parameter(
    name: "csrf", kind: .text(maximum: 200), summary: "The token of the form.", isRequired: true)
  static let key = Parameter(name: "key", kind: .text(maximum: 200), summary: "The key.")
  /// The maximum length of a purpose of a form, in bytes. Each has up to three in the cookie, of which browsers keep 4,096.
  private static let maximumPurposeBytes = 1_000
  static let purpose = Parameter(
    name: "purpose", kind: .text(maximum: 500), summary: "Why the person searches; empty to remove it.")

  /// The page to sign in on.
  static func page(_ call: Call) async throws -> Reply {
    try page(call, next: local(call.arguments.text(next.name)), problem: nil)
  }

  private static func page(_ call: Call, next: String, problem: String?) throws -> Reply {
    let page = SignInPage(csrf: call.formToken, next: next, problem: problem)
    return Reply(try page.html(), as: .html, status: problem == nil ? .ok : .forbidden)
  }

  /// Begins a session.
  static func signIn(_ call: Call) async throws -> Reply {
    let next = local(call.arguments.text(next.name))
    guard let keys = call.keys else { return redirect(next) }
    guard call.isOfForm else {
      return try page(
        call, next: next,
        problem: "Your browser did not send its cookie back. Allow cookies, use https, and try again.")
    }
    let secret = (call.arguments.text(key.name) ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    guard let key = keys.key(for: secret), key.rights.contains(.search) else {
      return try page(
        call, next: next, problem: "This key is not valid. It may be misspelled, expired or revoked.")
    }
    if let visitor = call.visitor { call.service.sessions.end(visitor.token) }
    // The token that the browser had before is not the session's: another site may have set it.
    let token = call.service.sessions.begin(keyID: key.id)
    return redirect(next, setting: Visitor.cookie(session: token, isSecure: true))
  }

  /// Ends the session.
  static func signOut(_ call: Call) async throws -> Reply {
    try call.expectForm()
    if let visitor = call.visitor { call.service.sessions.end(visitor.token) }
    // The next person at the browser has a purpose of their own.
    return redirect(
      "/sign-in", setting: Visitor.cookie(session: nil, isSecure: call.keys != nil),
      Visitor.cookie(purpose: "", isSecure: call.keys != nil))
  }

  /// Keeps why the person searches.
  static func setPurpose(_ call: Call) async throws -> Reply {
    try call.expectForm()
    let purpose = (call.arguments.text(purpose.name) ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    guard purpose.utf8.count <= maximumPurposeBytes else {
      throw Problem(
        .wrongParameter,
        "purpose: takes at most \(maximumPurposeBytes) bytes in UTF-8, not \(purpose.utf8.count)")
    }
    return redirect(
      local(call.arguments.text(next.name)),
      setting: Visitor.cookie(purpose: purpose, isSecure: call.keys != nil))
  }

  // MARK: - Addresses

  /// The page to sign in on, which leads on to the address of a request.
  static func redirectToSignIn(from address: String?) -> Reply {
    let next = local(address)
    let encoded = next.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    return redirect(next == "/" ? "/sign-in" : "/sign-in?next=\(encoded)")
  }

  private static func redirect(_ address: String, setting cookies: HTTPField...) -> Reply {
    var reply = Reply(status: .seeOther)
    reply.headers[.location] = address
    for cookie in cookies { reply.headers.append(cookie) }
    return reply
  }

  /// The address of a page of this server; the start page for any other, which could be of another site.
  private static func local(_ address: String?) -> String {
    guard let address, address.hasPrefix("/?"),
      address.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") })
    else { return "/" }
    return address
  }
}

extension Call {
  /// The token of the forms of a page.
  var formToken: String { visitor.map { service.sessions.formToken(of: $0.token) } ?? "" }

  /// Whether the request is of a form of a page that this browser was sent.
  var isOfForm: Bool {
    guard let visitor, visitor.isKnown, let token = arguments.text(SignInOperations.csrf.name) else {
      return false
    }
    return service.sessions.isFormToken(token, of: visitor.token)
  }

  /// - Throws: `Problem` if the request is not of a form of a page that this browser was sent.
  func expectForm() throws(Problem) {
    guard isOfForm else { throw Problem(.formExpired, "load the page again") }
  }
}
