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

  let address: BaseAddress
  let apiKey: String
  let connectorToken: String
  private let redaction: Redaction

  /// Access to one connector. White space around a secret is left out.
  ///
  /// The address is `https://`, a host in ASCII, perhaps a port and a path. One without TLS (`http://`) must be
  /// `localhost`, `127.0.0.1` or `[::1]`; its requests pass no proxy.
  /// - Throws: `BindbeeError` for an address or a secret that cannot be sent.
  public init(
    apiKey: String, connectorToken: String, baseURL: String = Region.us.baseURL
  ) throws(BindbeeError) {
    self.apiKey = try Self.secret(apiKey, "API key")
    self.connectorToken = try Self.secret(connectorToken, "connector token")
    address = try BaseAddress(baseURL)
    redaction = Redaction([self.apiKey, self.connectorToken])
  }

  /// The address alone.
  public var description: String { address.text }
  /// The address alone.
  public var customMirror: Mirror { Mirror(self, children: ["baseURL": address.text]) }

  /// A text from outside without the secrets, if it contains them; see `Redaction`.
  func redacted(_ text: String) -> String { redaction.redacted(text) }

  private static func secret(_ text: String, _ name: String) throws(BindbeeError) -> String {
    let secret = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !secret.isEmpty else { throw .unusableSecret("the \(name) is empty") }
    // Anything else could end the header that it is sent in, and begin another.
    guard secret.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw .unusableSecret("the \(name) contains characters that no key has")
    }
    return secret
  }
}
