import HTTPTypes
import Hummingbird

/// The target of a request.
enum Target {
  /// The parts of the path between slashes, still encoded.
  /// - Throws: `Problem` for a request with two hosts, which a proxy may read in another way, and for an address that is
  ///   not a path.
  static func parts(of request: Request) throws(Problem) -> [Substring] {
    // The first is `authority`.
    guard HTTPField.Name("Host").flatMap({ request.headers[$0] }) == nil else {
      throw Problem(.malformed, "the request has two hosts", headers: [.connection: "close"])
    }
    guard let path = request.head.path, path.first == "/" else {
      throw Problem(.malformed, "the address does not begin with a slash")
    }
    return path.dropFirst().prefix { $0 != "?" && $0 != "#" }
      .split(separator: "/", omittingEmptySubsequences: false)
  }
}

/// The parameters of an address.
enum QueryString {
  /// The names and values, as forms encode them; nil if they are not UTF-8.
  static func read(_ text: String) -> [(name: String, value: String)]? {
    var read: [(String, String)] = []
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(decoded)
      guard let name = parts[0], let value = parts.count > 1 ? parts[1] : "" else { return nil }
      read.append((name, value))
    }
    return read
  }

  /// A name or a value without its encoding; nil where an escape is wrong, and for what is not UTF-8 then.
  static func decoded(_ text: Substring) -> String? {
    var decoded: [UInt8] = []
    var rest = text.utf8
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): decoded.append(0x20)
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(hexValue), let low = rest.popFirst().flatMap(hexValue) else {
          return nil
        }
        decoded.append(high << 4 | low)
      default: decoded.append(byte)
      }
    }
    return String(validating: decoded, as: UTF8.self)
  }

  private static func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
