import AccessKeys
import CandidateSearch
import HTTPTypes
import Hummingbird

/// Decides whether a request may run, and as whom.
struct Admission: Sendable {
  /// Nil on a server without keys, which answers callers on its own machine alone.
  let keys: ServerKeys?
  /// The origins whose pages may call the server.
  let origins: Set<String>
  let sessions: Sessions
  private let rates = RateLimiter()
  private let scopes = ScopeCache()

  init(keys: ServerKeys?, sessions: Sessions, origins: Set<String> = []) {
    self.keys = keys
    self.sessions = sessions
    self.origins = origins
  }

  /// The caller of an operation.
  /// - Throws: `Problem`.
  func caller(of request: Request, _ visitor: Visitor?, for operation: Operation) throws -> Caller {
    if keys == nil { try expectLocal(request) }
    guard let right = operation.access.right else { return .anonymous }
    guard let keys else { return .local }
    let caller =
      if case .session = operation.access { try caller(of: visitor, in: keys) } else {
        try caller(of: request, in: keys)
      }
    if let (name, rate) = caller.name.flatMap({ name in caller.rate.map { (name, $0) } }) {
      try rates.take(name, rate)
    }
    for right in [right] + operation.furtherRights where !caller.has(right) {
      throw Problem(.rightMissing, "this needs the right \(right.rawValue)")
    }
    return caller
  }

  private func caller(of request: Request, in keys: ServerKeys) throws -> Caller {
    guard let field = request.headers[.authorization] else {
      throw Problem(
        .keyMissing, "send Authorization: Bearer KEY", headers: [.wwwAuthenticate: "Bearer"])
    }
    let parts = field.split(separator: " ", maxSplits: 1)
    let refused = Problem(
      .keyRefused, "ask the operator for a key",
      headers: [.wwwAuthenticate: #"Bearer error="invalid_token""#])
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { throw refused }
    guard let key = keys.key(for: String(parts[1])) else { throw refused }
    return try caller(with: key)
  }

  /// A person who has signed in. A session ends with its key.
  private func caller(of visitor: Visitor?, in keys: ServerKeys) throws -> Caller {
    guard let visitor, let id = sessions.keyID(of: visitor.token), let key = keys.key(id: id) else {
      throw Problem(.keyMissing, "sign in first")
    }
    return try caller(with: key)
  }

  private func caller(with key: AccessKey) throws -> Caller {
    Caller(
      name: key.name, scope: try scopes.scope(of: key), filter: key.scope, rights: key.rights, rate: key.rate)
  }

  // MARK: - Without keys

  /// The names by which a browser or a program reaches this machine from itself. Any other name in a request may be of a
  /// page that has been pointed at this machine by its DNS.
  private static let localNames: Set<String> = ["localhost", "127.0.0.1", "[::1]"]
  /// Fields that a proxy adds: the request is of another machine.
  private static let forwardingFields = [
    "forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via",
  ].compactMap { HTTPField.Name($0) }

  private func expectLocal(_ request: Request) throws(Problem) {
    guard let host = request.head.authority, Self.isLocal(host) else {
      throw Problem(.wrongHost, "the Host of the request is not this machine; a server with keys answers any")
    }
    guard !Self.forwardingFields.contains(where: { request.headers[$0] != nil }) else {
      throw Problem(.wrongHost, "the request was forwarded; a server behind a proxy needs keys")
    }
    guard request.method == .get || request.method == .head || isOfThisSite(request, host) else {
      throw Problem(.wrongHost, "the request is of a page of another site")
    }
  }

  /// Whether a request was not made by a page of another site, whose requests a browser sends without asking. The page
  /// cannot read the answer, but the request would be executed.
  private func isOfThisSite(_ request: Request, _ host: String) -> Bool {
    let origin = request.headers[.origin]
    if let origin, origins.contains(origin) { return true }
    // With a form of a page that sends no referrer, a browser sends the origin `null`, also to the page's own server.
    if let site = Self.fetchSiteField.flatMap({ request.headers[$0] }) {
      return site == "same-origin" || site == "none"
    }
    return origin.map { $0.lowercased() == "http://\(host.lowercased())" } ?? true
  }

  /// What browsers say of where a request comes from (Fetch Metadata).
  static let fetchSiteField = HTTPField.Name("Sec-Fetch-Site")

  /// Whether a host with or without a port is this machine.
  private static func isLocal(_ host: String) -> Bool {
    localNames.contains { name in
      guard host.lowercased().hasPrefix(name) else { return false }
      let port = host.dropFirst(name.count)
      return port.isEmpty
        || port.first == ":" && port.dropFirst().utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
  }
}
