import Foundation

/// Finds secrets in texts from outside: as they are, in any case, percent-encoded, with JSON, HTML or hexadecimal
/// escapes, in Base64, in hexadecimal, escaped up to three times over, and in part.
///
/// A part counts from `minimumPart` characters on, and at the end of a text, where it may have been cut off, from
/// `minimumPartAtEnd` on. A secret that is shorter must occur as a whole. Takes linear time.
struct Redaction: Sendable {
  static let minimumPart = 8
  static let minimumPartAtEnd = 4
  private static let maximumRounds = 3

  /// What the secrets look like, in lower case.
  private let patterns: [[UInt8]]
  /// All parts of `minimumPart` bytes of the patterns, each as one number.
  private let parts: Set<UInt64>
  private let shortPatterns: [[UInt8]]

  /// Secrets are ASCII.
  init(_ secrets: [String]) {
    patterns = secrets.flatMap { Self.forms(of: Array($0.utf8)) }.map { $0.map(Self.lowercased) }
    parts = Set(patterns.flatMap { Self.parts(of: $0) }.map(\.part))
    shortPatterns = patterns.filter { !$0.isEmpty && $0.count < Self.minimumPart }
  }

  /// The text with an ellipsis for each secret or part of one.
  func redacted(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var isSecret = [Bool](repeating: false, count: bytes.count)
    var view = EscapedText(bytes)
    for _ in 0...Self.maximumRounds {
      mark(view, &isSecret)
      guard let next = view.unescaped() else { break }
      view = next
    }
    var redacted: [UInt8] = []
    for (i, byte) in bytes.enumerated() {
      if !isSecret[i] {
        redacted.append(byte)
      } else if i == 0 || !isSecret[i - 1] {
        redacted += "…".utf8
      }
    }
    return String(decoding: redacted, as: UTF8.self)
  }

  private func mark(_ view: EscapedText, _ isSecret: inout [Bool]) {
    let bytes = view.bytes.map(Self.lowercased)
    func mark(_ range: Range<Int>) {
      for i in view.source(of: range) { isSecret[i] = true }
    }
    for (part, range) in Self.parts(of: bytes) where parts.contains(part) { mark(range) }
    for pattern in shortPatterns where bytes.count >= pattern.count {
      for start in 0...(bytes.count - pattern.count) where bytes[start...].starts(with: pattern) {
        mark(start..<start + pattern.count)
      }
    }
    for pattern in patterns {
      for length in Self.minimumPartAtEnd..<Self.minimumPart
      where length <= min(pattern.count, bytes.count) && bytes.suffix(length) == pattern.prefix(length) {
        mark(bytes.count - length..<bytes.count)
      }
    }
  }

  private static func parts(of bytes: [UInt8]) -> [(part: UInt64, range: Range<Int>)] {
    var parts: [(part: UInt64, range: Range<Int>)] = []
    var part: UInt64 = 0
    for (i, byte) in bytes.enumerated() {
      part = part << 8 | UInt64(byte)
      if i + 1 >= minimumPart { parts.append((part, i + 1 - minimumPart..<i + 1)) }
    }
    return parts
  }

  private static func forms(of secret: [UInt8]) -> [[UInt8]] {
    let hexadecimal = secret.flatMap { byte in
      [byte >> 4, byte & 15].map { "0123456789abcdef".utf8.map(\.self)[Int($0)] }
    }
    return [secret, hexadecimal] + (0..<3).flatMap { base64Forms(of: secret, after: $0) }
  }

  /// The characters that depend on the secret alone where that many bytes, of three, come before it.
  private static func base64Forms(of secret: [UInt8], after count: Int) -> [[UInt8]] {
    let encoded = Data([UInt8](repeating: 0, count: count) + secret).base64EncodedData()
    let end = (count + secret.count) * 8 / 6
    let form = Array(encoded.prefix(end).dropFirst((count * 8 + 5) / 6))
    let urlSafe = form.map {
      $0 == UInt8(ascii: "+") ? UInt8(ascii: "-") : $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : $0
    }
    return form.count < minimumPart ? [] : form == urlSafe ? [form] : [form, urlSafe]
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }
}
