import Foundation

/// Where the API is, and the two secrets that every request carries. It shows neither, however it is printed.
public struct BindbeeAccess: Sendable, CustomStringConvertible, CustomReflectable {
  /// The API's address, and that of its EU region.
  public enum Region: String, Sendable, CaseIterable {
    case us, eu

    /// The region's address.
    public var baseURL: String {
      switch self {
      case .us: "https://api.bindbee.dev"
      case .eu: "https://api-eu.bindbee.dev"
      }
    }
  }

  let baseURL: URL
  let apiKey: String
  let connectorToken: String

  /// Access to one connector. White space around a secret is left out. Throws `BindbeeError` for an address or a secret
  /// that cannot be sent; an address without TLS must be this machine's own.
  public init(
    apiKey: String, connectorToken: String, baseURL: String = Region.us.baseURL
  ) throws(BindbeeError) {
    self.apiKey = try Self.secret(apiKey, "API key")
    self.connectorToken = try Self.secret(connectorToken, "connector token")
    self.baseURL = try Self.url(baseURL)
  }

  /// The address alone.
  public var description: String { baseURL.absoluteString }
  /// The address alone.
  public var customMirror: Mirror { Mirror(self, children: ["baseURL": baseURL]) }

  /// A text from outside without the secrets, should it hold them.
  func redacted(_ text: String) -> String {
    text.replacing(apiKey, with: "…").replacing(connectorToken, with: "…")
  }

  private static func secret(_ text: String, _ name: String) throws(BindbeeError) -> String {
    let secret = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !secret.isEmpty else { throw .unusableSecret("the \(name) is empty") }
    // Anything else could end the header that it is sent in, and begin another.
    guard secret.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw .unusableSecret("the \(name) holds characters that no key has")
    }
    return secret
  }

  private static func url(_ text: String) throws(BindbeeError) -> URL {
    guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
      let host = parts.host,
      !host.isEmpty, parts.query == nil, parts.fragment == nil, let url = parts.url
    else { throw .unusableAddress("not an address such as \(Region.us.baseURL)") }
    guard parts.user == nil, parts.password == nil else {
      throw .unusableAddress("it must not hold a name or a password")
    }
    let isLocal = ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host)
    guard scheme == "https" || scheme == "http" && isLocal else {
      throw .unusableAddress("it must begin with https://, or everybody on the way could read the keys")
    }
    return url
  }
}
