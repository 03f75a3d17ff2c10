import Foundation
import SodiumLibrary

/// Cryptographic hashes and keys, from libsodium.
package enum Digest {
  /// The length of a key, in bytes.
  package static let keyLength = Int(crypto_auth_hmacsha256_KEYBYTES)

  /// A random key.
  package static func makeKey() -> Data {
    initialise()
    var key = [UInt8](repeating: 0, count: keyLength)
    randombytes_buf(&key, key.count)
    return Data(key)
  }

  /// HMAC-SHA256 (RFC 2104), 32 bytes; empty for a key of another length than `keyLength`.
  package static func authentication(of bytes: Data, key: Data) -> Data {
    initialise()
    guard key.count == keyLength else { return Data() }
    var code = [UInt8](repeating: 0, count: Int(crypto_auth_hmacsha256_BYTES))
    crypto_auth_hmacsha256(&code, Array(bytes), UInt64(bytes.count), Array(key))
    return Data(code)
  }

  /// Compares two secrets, in a time that depends on their lengths alone.
  package static func areEqual(_ a: Data, _ b: Data) -> Bool {
    initialise()
    return a.count == b.count && sodium_memcmp(Array(a), Array(b), a.count) == 0
  }

  /// Selects the fastest implementations for this processor, once.
  fileprivate static func initialise() { _ = isInitialised }
  private static let isInitialised = sodium_init() >= 0
}

/// A BLAKE2b hash (RFC 7693) of 128 bits: two texts with the same one cannot be constructed in practice.
package struct Hash128: Hashable, Comparable, Sendable {
  /// The length of a hash, in bytes.
  package static let length = 16

  private let words: SIMD2<UInt64>

  /// Hashes bytes. With the hash of a prefix, the result depends on the prefix, too.
  package init(_ bytes: UnsafeRawBufferPointer, after prefix: Hash128? = nil) {
    Digest.initialise()
    var words = SIMD2<UInt64>()
    withUnsafeMutableBytes(of: &words) { words in
      guard let hash = words.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
      let text = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
      if let prefix {
        withUnsafeBytes(of: prefix.words) { key in
          _ = crypto_generichash(
            hash, Self.length, text, UInt64(bytes.count),
            key.baseAddress?.assumingMemoryBound(to: UInt8.self), Self.length)
        }
      } else {
        _ = crypto_generichash(hash, Self.length, text, UInt64(bytes.count), nil, 0)
      }
    }
    self.words = words
  }

  /// The hash in these bytes; nil unless there are exactly `length` of them.
  package init?(stored bytes: UnsafeRawBufferPointer) {
    guard bytes.count == Self.length else { return nil }
    words = bytes.loadUnaligned(as: SIMD2<UInt64>.self)
  }

  /// The first 64 bits, the same on every machine.
  package var prefix: UInt64 { UInt64(bigEndian: words[0]) }

  /// The last 64 bits, the same on every machine.
  package var suffix: UInt64 { UInt64(bigEndian: words[1]) }

  /// Compares the bytes, in their order.
  package static func < (a: Hash128, b: Hash128) -> Bool {
    (a.prefix, a.suffix) < (b.prefix, b.suffix)
  }

  /// The bytes of the hash.
  package var data: Data { withBytes { Data($0) } }

  /// Calls `body` with the bytes of the hash.
  package func withBytes<T>(_ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T {
    try withUnsafeBytes(of: words, body)
  }
}
