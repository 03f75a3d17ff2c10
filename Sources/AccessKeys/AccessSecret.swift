import SodiumLibrary

/// Makes and hashes the secrets of keys.
enum AccessSecret {
  /// What every secret begins with, so that people and scanners of code recognise one.
  static let prefix = "cs_"
  static let idLength = 8
  /// The length of a hash, in bytes.
  static let hashLength = Int(crypto_hash_sha256_BYTES)
  private static let randomLength = 32
  private static let variant = Int32(sodium_base64_VARIANT_URLSAFE_NO_PADDING)
  /// The length of a secret, in bytes of UTF-8.
  static let length = prefix.utf8.count + (randomLength * 8 + 5) / 6

  /// 256 random bits.
  static func make() -> String {
    initialise()
    var random = [UInt8](repeating: 0, count: randomLength)
    randombytes_buf(&random, random.count)
    var text = [CChar](repeating: 0, count: sodium_base64_encoded_len(random.count, variant))
    sodium_bin2base64(&text, text.count, random, random.count, variant)
    sodium_memzero(&random, random.count)
    return prefix + string(text)
  }

  /// The part of a secret that is not secret.
  static func id(of secret: String) -> String { String(secret.dropFirst(prefix.count).prefix(idLength)) }

  static func isID(_ text: String) -> Bool {
    text.utf8.count == idLength
      && text.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
      }
  }

  /// The SHA-256 of a secret; nil for a text of another length, which no secret has.
  ///
  /// A fast hash without a salt is enough: secrets of 256 random bits cannot all be tried. NIST SP 800-63B, 5.1.2.2,
  /// requires a slow one below 112 bits only.
  static func hash(_ secret: String) -> [UInt8]? {
    initialise()
    var secret = secret
    return secret.withUTF8 { bytes in
      guard bytes.count == length else { return nil }
      var hash = [UInt8](repeating: 0, count: hashLength)
      crypto_hash_sha256(&hash, bytes.baseAddress, UInt64(bytes.count))
      return hash
    }
  }

  /// The place of a hash among others, which follow one another without gaps; nil if it is not among them. The time
  /// depends on their number alone.
  static func place(of hash: [UInt8], in hashes: [UInt8]) -> Int? {
    var place = -1
    hash.withUnsafeBytes { hash in
      hashes.withUnsafeBytes { hashes in
        guard let one = hash.baseAddress, let all = hashes.baseAddress else { return }
        for number in 0..<hashes.count / hashLength {
          let isEqual = Int(sodium_memcmp(one, all + number * hashLength, hashLength) + 1)
          // Arithmetic instead of a branch.
          place += isEqual * (number - place)
        }
      }
    }
    return place < 0 ? nil : place
  }

  static func hexadecimal(_ hash: [UInt8]) -> String {
    var text = [CChar](repeating: 0, count: hash.count * 2 + 1)
    sodium_bin2hex(&text, text.count, hash, hash.count)
    return string(text)
  }

  /// The hash with this text; nil for any other text.
  static func hash(hexadecimal text: String) -> [UInt8]? {
    var hash = [UInt8](repeating: 0, count: hashLength)
    var length = 0
    let isHexadecimal =
      sodium_hex2bin(&hash, hash.count, text, text.utf8.count, nil, &length, nil) == 0
    return isHexadecimal && length == hashLength && text.utf8.count == 2 * hashLength ? hash : nil
  }

  private static func string(_ text: [CChar]) -> String {
    String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func initialise() { _ = isInitialised }
  private static let isInitialised = sodium_init() >= 0
}
