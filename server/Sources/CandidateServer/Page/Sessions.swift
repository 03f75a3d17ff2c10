import SodiumLibrary
import Synchronization

/// The sessions of people who have signed in with a key, in memory: a restart of the server signs everyone out.
final class Sessions: Sendable {
  private struct Session {
    let keyID: String
    let endsAt: ContinuousClock.Instant
  }

  /// The maximum number of sessions; beyond, the one that ends first is ended.
  static let maximumCount = 10_000
  /// The maximum number of sessions of one key; beyond, its session that ends first is ended, and none of another key.
  static let maximumCountOfKey = 1_000
  /// The duration of a session.
  static let duration = Duration.seconds(12 * 3_600)

  private let maximumCount: Int
  private let sessions = Mutex<[String: Session]>([:])
  /// The key of the tokens of forms, new in each process.
  private let secret: [UInt8]

  init(maximumCount: Int = Sessions.maximumCount) {
    self.maximumCount = maximumCount
    _ = sodium_init()
    secret = Self.random(Int(crypto_generichash_KEYBYTES))
  }

  /// Begins a session of a key and returns its token: 256 random bits.
  func begin(keyID: String, now: ContinuousClock.Instant = .now) -> String {
    let token = Self.newToken()
    sessions.withLock { sessions in
      let own = sessions.filter { $0.value.keyID == keyID }
      if own.count >= Self.maximumCountOfKey {
        Self.endFirst(of: own, in: &sessions)
      } else if sessions.count >= maximumCount {
        sessions = sessions.filter { $0.value.endsAt > now }
        if sessions.count >= maximumCount { Self.endFirst(of: sessions, in: &sessions) }
      }
      sessions[token] = Session(keyID: keyID, endsAt: now.advanced(by: Self.duration))
    }
    return token
  }

  private static func endFirst(of some: [String: Session], in sessions: inout [String: Session]) {
    if let first = some.min(by: { $0.value.endsAt < $1.value.endsAt }) { sessions[first.key] = nil }
  }

  /// The id of the key of a session; nil if there is no such session, or if it has ended.
  func keyID(of token: String, now: ContinuousClock.Instant = .now) -> String? {
    sessions.withLock { sessions in
      guard let session = sessions[token], session.endsAt <= now else { return sessions[token]?.keyID }
      sessions[token] = nil
      return nil
    }
  }

  /// Ends a session.
  func end(_ token: String) { sessions.withLock { $0[token] = nil } }

  /// A token of 256 random bits.
  static func newToken() -> String { base64(random(32)) }

  // MARK: - Forms

  private static let hashLength = 32

  /// A token for the forms of a visitor: a keyed hash of the visitor's cookie, masked with new random bytes each time, so
  /// that the length of a compressed page tells nothing about it (BREACH, CVE-2013-3587).
  func formToken(of visitor: String) -> String {
    let (hash, mask) = (hash(visitor), Self.random(Self.hashLength))
    return Self.base64(mask + zip(hash, mask).map { $0 ^ $1 })
  }

  /// Whether a text is a token of the forms of a visitor. Takes the same time for every wrong text of the right length.
  func isFormToken(_ text: String, of visitor: String) -> Bool {
    guard let bytes = Self.bytes(base64: text), bytes.count == 2 * Self.hashLength else { return false }
    let found = zip(bytes.prefix(Self.hashLength), bytes.suffix(Self.hashLength)).map { $0 ^ $1 }
    return sodium_memcmp(found, hash(visitor), Self.hashLength) == 0
  }

  private func hash(_ visitor: String) -> [UInt8] {
    var hash = [UInt8](repeating: 0, count: Self.hashLength)
    let bytes = Array(visitor.utf8)
    crypto_generichash(&hash, hash.count, bytes, UInt64(bytes.count), secret, secret.count)
    return hash
  }

  private static func random(_ count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    randombytes_buf(&bytes, bytes.count)
    return bytes
  }

  private static let variant = Int32(sodium_base64_VARIANT_URLSAFE_NO_PADDING)

  private static func base64(_ bytes: [UInt8]) -> String {
    var text = [CChar](repeating: 0, count: sodium_base64_encoded_len(bytes.count, variant))
    sodium_bin2base64(&text, text.count, bytes, bytes.count, variant)
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func bytes(base64 text: String) -> [UInt8]? {
    var (bytes, length) = ([UInt8](repeating: 0, count: 2 * hashLength + 1), 0)
    guard sodium_base642bin(&bytes, bytes.count, text, text.utf8.count, nil, &length, nil, variant) == 0
    else { return nil }
    return Array(bytes.prefix(length))
  }
}
