import Foundation

/// The ends of the chain, and the key of the log.
package struct LogChain: Sendable {
  /// The last entry that retention has removed; 0 if there is none.
  package var anchor: LogHead
  /// The last entry.
  package var head: LogHead
  /// The key of the hashes of ids.
  package let key: Data

  package init(anchor: LogHead, head: LogHead, key: Data) {
    self.anchor = anchor
    self.head = head
    self.key = key
  }

  /// The chain of an empty log, with a key of its own.
  package static func new() -> LogChain {
    let start = LogHead(number: 0, digest: LogDigest.origin)
    return LogChain(anchor: start, head: start, key: LogDigest.random(LogDigest.keyLength))
  }
}

/// An entry of the chain: its number and its digest, which depends on all entries before it.
///
/// An operator who keeps it elsewhere can later verify that the log still contains everything up to it.
public struct LogHead: Sendable, Hashable, CustomStringConvertible {
  /// The number of the entry; 0 before the first.
  public let number: Int
  /// The digest of the entry.
  package let digest: Data

  /// An entry, or what precedes the first.
  package init(number: Int, digest: Data) {
    self.number = number
    self.digest = digest
  }

  /// Reads a description.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int(parts[0]), number >= 0,
      parts[1].utf8.count == 2 * LogDigest.length,
      parts[1].utf8.allSatisfy({
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0
      })
    else { return nil }
    let digits = Array(parts[1])
    let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
      UInt8(String(digits[$0...($0 + 1)]), radix: 16)
    }
    self.init(number: number, digest: Data(bytes))
  }

  /// The number, a colon, and the digest in 64 hexadecimal digits.
  public var description: String { "\(number):" + digest.map { String(format: "%02x", $0) }.joined() }
}
