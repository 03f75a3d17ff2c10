/// Where a server listens: a host and a port, as `127.0.0.1:7470` or `[::1]:7470`.
public struct ListenAddress: Sendable, Hashable, LosslessStringConvertible {
  /// A name or an address; an IPv6 address without brackets.
  public let host: String
  /// The port; 0 for any that is free.
  public let port: Int

  /// This machine alone.
  public static let standard = ListenAddress(host: "127.0.0.1", port: 7470)

  private init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// The address that a text names; nil for any other text.
  public init?(_ text: String) {
    guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")) else { return nil }
    let digits = text[text.utf8.index(after: colon)...].utf8
    guard (1...5).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
      let port = Int(String(Substring(digits))), port <= 65_535
    else { return nil }
    var host = text[..<colon]
    let isIPv6 = host.hasPrefix("[") && host.hasSuffix("]") && host.utf8.count > 2
    if isIPv6 { host = host.dropFirst().dropLast() }
    let allowed = isIPv6 ? "0123456789abcdefABCDEF:." : Self.letters
    guard !host.isEmpty, host.utf8.allSatisfy({ allowed.utf8.contains($0) }),
      !isIPv6 || host.utf8.contains(UInt8(ascii: ":"))
    else { return nil }
    self.init(host: String(host), port: port)
  }

  /// Whether only this machine can connect.
  public var isLoopback: Bool {
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
    return host == "::1" || host.lowercased() == "localhost"
      || numbers.first == "127" && numbers.count == 4 && numbers.allSatisfy { UInt8($0) != nil }
  }

  /// The address as `init(_:)` reads it.
  public var description: String {
    host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)"
  }

  private static let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_"
}
