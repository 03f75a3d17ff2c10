import SodiumLibrary

/// The keys by which Bindbee signs webhooks: one, or two while one of them is being replaced. They are not shown,
/// however the value is printed.
public struct WebhookKeys: Sendable, CustomStringConvertible, CustomReflectable {
  /// Why keys cannot be used.
  public enum Problem: Error, Hashable, Sendable, CustomStringConvertible {
    /// There are none, or more than two.
    case wrongCount(Int)
    /// One of them is empty.
    case emptyKey

    /// The problem.
    public var description: String {
      switch self {
      case .wrongCount(let count): "webhooks have one key or two, not \(count)"
      case .emptyKey: "a key of webhooks is empty"
      }
    }
  }

  private let keys: [[UInt8]]

  /// Keys as Bindbee shows them.
  /// - Throws: `WebhookKeys.Problem`.
  public init(_ keys: [String]) throws(Problem) {
    guard (1...2).contains(keys.count) else { throw .wrongCount(keys.count) }
    guard keys.allSatisfy({ !$0.isEmpty }) else { throw .emptyKey }
    self.keys = keys.map { Array($0.utf8) }
  }

  /// The number of keys alone.
  public var description: String { keys.count == 1 ? "1 key" : "\(keys.count) keys" }
  /// The number of keys alone.
  public var customMirror: Mirror { Mirror(self, children: ["count": keys.count]) }

  /// Whether a text is the signature of a body by one of the keys. The time does not depend on where a wrong signature
  /// differs from the right one. Linear in the length of the body.
  func isSignature(_ text: String, of body: [UInt8]) -> Bool {
    let given = Array(text.utf8)
    guard given.count == Self.signatureLength else { return false }
    var isSignature = false
    for key in keys where sodium_memcmp(Self.signature(of: body, by: key), given, given.count) == 0 {
      isSignature = true
    }
    return isSignature
  }

  /// The length of a signature: padded base64 of 32 bytes.
  private static let signatureLength = 44

  /// The padded base64url text of the HMAC-SHA256 of a body.
  static func signature(of body: [UInt8], by key: [UInt8]) -> [UInt8] {
    var state = crypto_auth_hmacsha256_state()
    var code = [UInt8](repeating: 0, count: Int(crypto_auth_hmacsha256_BYTES))
    crypto_auth_hmacsha256_init(&state, key, key.count)
    crypto_auth_hmacsha256_update(&state, body, UInt64(body.count))
    crypto_auth_hmacsha256_final(&state, &code)
    // One more for the zero byte at the end.
    var text = [CChar](repeating: 0, count: signatureLength + 1)
    sodium_bin2base64(&text, text.count, code, code.count, Int32(sodium_base64_VARIANT_URLSAFE))
    return text.dropLast().map { UInt8(bitPattern: $0) }
  }
}
