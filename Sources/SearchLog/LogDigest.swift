import Foundation
import SodiumLibrary

/// The digests of the log: BLAKE2b (RFC 7693), from libsodium.
enum LogDigest {
  /// The length of a digest of an entry or of a text, in bytes.
  static let length = 32
  /// The length of the keyed hash of an id, in bytes.
  static let hashLength = 16
  /// The length of a salt, in bytes. libsodium takes keys from 16 bytes on.
  static let saltLength = 16
  /// The length of the log's key, in bytes.
  static let keyLength = 32
  /// The digest before the first entry of a log.
  static let origin = Data(count: length)

  /// The digest of some fields.
  static func digest(of fields: FieldBytes) -> Data { hash(fields.bytes, key: [], length: length) }

  /// The salted digest of a text that can be erased: BLAKE2b with the salt as its key. Without the salt nothing can be
  /// learnt of the text from it, nor can a guess be tested.
  static func salted(_ text: Data, salt: Data) -> Data {
    hash([UInt8](text), key: [UInt8](salt), length: length)
  }

  /// The keyed hash of an id.
  static func keyed(_ id: Data, key: Data) -> Data {
    hash([UInt8](id), key: [UInt8](key), length: hashLength)
  }

  /// Random bytes.
  static func random(_ count: Int) -> Data {
    initialise()
    var bytes = [UInt8](repeating: 0, count: count)
    randombytes_buf(&bytes, count)
    return Data(bytes)
  }

  private static func hash(_ bytes: [UInt8], key: [UInt8], length: Int) -> Data {
    initialise()
    var digest = [UInt8](repeating: 0, count: length)
    // It fails for keys of more than 64 bytes only, which only a forger has written: no digest is empty.
    guard crypto_generichash(&digest, length, bytes, UInt64(bytes.count), key, key.count) == 0 else {
      return Data()
    }
    return Data(digest)
  }

  private static func initialise() { _ = isInitialised }
  private static let isInitialised = sodium_init() >= 0
}

/// Fields one after another, each with its length, so that two different lists of fields are never the same bytes.
struct FieldBytes {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ number: Int64?) {
    guard let number else { return bytes.append(0) }
    bytes.append(1)
    withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func append(_ text: Data?) {
    append(text.map { Int64($0.count) })
    if let text { bytes.append(contentsOf: text) }
  }
}
