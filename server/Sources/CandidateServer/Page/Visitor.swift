import CandidatePage
import Foundation
import HTTPTypes
import Hummingbird

/// A browser that requests a page: its cookies.
struct Visitor: Sendable {
  /// The names of the cookies.
  private enum Name: String {
    case session, purpose
  }

  /// Identifies the browser, and its session once a person has signed in.
  let token: String
  /// Whether the browser sent the token.
  let isKnown: Bool
  /// Whether a form of another site sent the request. The browser has withheld the cookie (SameSite): a new one would end
  /// the session.
  let isOfOtherSite: Bool
  /// Why the person searches; nil if it was not entered.
  let purpose: String?

  private static let maximumTokenLength = 100
  /// The characters of a purpose that are not percent-encoded.
  private static let plain = CharacterSet(
    charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._")
  /// How long a browser keeps the purpose, in seconds.
  private static let purposeAge = 30 * 86_400

  init(_ request: Request) {
    let cookies = Self.cookies(of: request)
    let token = cookies[.session].flatMap { Self.isToken($0) ? $0 : nil }
    self.token = token ?? Sessions.newToken()
    isKnown = token != nil
    isOfOtherSite =
      request.method != .get && Admission.fetchSiteField.flatMap { request.headers[$0] } == "cross-site"
    purpose = cookies[.purpose]?.removingPercentEncoding.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Of two cookies of one name the first counts.
  private static func cookies(of request: Request) -> [Name: String] {
    var cookies: [Name: String] = [:]
    for pair in request.headers[values: .cookie].flatMap({ $0.split(separator: ";") }) {
      let parts = pair.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      guard parts.count == 2, let name = Name(rawValue: parts[0]), cookies[name] == nil else { continue }
      cookies[name] = parts[1]
    }
    return cookies
  }

  private static func isToken(_ text: String) -> Bool {
    (1...maximumTokenLength).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
      }
  }

  // MARK: - On a page

  /// The visitor as a page shows it. `caller`: who has signed in; nil before that is known.
  func shown(_ caller: Caller?, _ service: Service, asksPurpose: Bool = false) -> PageFrame.Visitor {
    PageFrame.Visitor(
      name: caller?.name, opensRecords: caller?.has(.records) ?? false,
      seesServers: caller?.seesServers ?? false,
      csrf: service.sessions.formToken(of: token), purpose: purpose, isRecorded: service.recorder != nil,
      asksPurpose: asksPurpose)
  }

  // MARK: - Setting cookies

  /// The field that makes a browser keep a session, or without a token forget it. `isSecure`: over TLS alone, and on
  /// this machine.
  static func cookie(session token: String?, isSecure: Bool) -> HTTPField {
    cookie(.session, token ?? "", age: token == nil ? 0 : nil, isSecure: isSecure)
  }

  /// The field that makes a browser keep a purpose, or forget an empty one.
  static func cookie(purpose: String, isSecure: Bool) -> HTTPField {
    let encoded = purpose.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    return cookie(.purpose, encoded, age: purpose.isEmpty ? 0 : purposeAge, isSecure: isSecure)
  }

  private static func cookie(_ name: Name, _ value: String, age: Int?, isSecure: Bool) -> HTTPField {
    HTTPField(
      name: .setCookie,
      value: "\(name.rawValue)=\(value); Path=/; HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "")
        + (age.map { "; Max-Age=\($0)" } ?? ""))
  }
}
