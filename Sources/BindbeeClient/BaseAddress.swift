/// The API's address, checked so strictly that every reader of addresses finds the same host in it: a name of ASCII
/// letters, digits, hyphens and underscores with dots between, or an IPv6 address in brackets.
struct BaseAddress: Sendable, Hashable {
  /// The address in lower case up to its path, without a slash at its end.
  let text: String
  /// Whether it has no TLS. Then it is this machine's own.
  let isPlain: Bool

  /// The hosts that need no TLS.
  private static let loopback: Set<String> = ["localhost", "127.0.0.1", "[::1]"]
  private static let maximumLength = 2000

  /// Throws `BindbeeError.unusableAddress`.
  init(_ text: String) throws(BindbeeError) {
    guard text.utf8.count <= Self.maximumLength, text.utf8.allSatisfy({ $0 < 0x80 }),
      let end = text.firstRange(of: "://")
    else {
      throw Self.notAnAddress
    }
    let scheme = text[..<end.lowerBound].lowercased()
    let rest = text[end.upperBound...]
    let authority = rest.prefix { $0 != "/" }
    let path = rest[authority.endIndex...]
    if authority.contains("@") { throw .unusableAddress("it must not contain a name or a password") }
    let (host, port) = try Self.parts(authority.lowercased())
    isPlain = scheme != "https"
    guard !isPlain || scheme == "http" && Self.loopback.contains(host) else {
      throw .unusableAddress("it must begin with https://, or the keys could be read on the way")
    }
    guard Self.isPath(path) else { throw Self.notAnAddress }
    self.text = "\(scheme)://\(host)\(port)\(path)".droppingSlashes
  }

  private static let notAnAddress = BindbeeError.unusableAddress(
    "not an address such as \(BindbeeAccess.Region.us.baseURL)")

  /// The host and, with its colon, the port.
  private static func parts(_ authority: String) throws(BindbeeError) -> (host: String, port: String) {
    let isIPv6 = authority.hasPrefix("[")
    let host =
      isIPv6
      ? authority[...(authority.firstIndex(of: "]") ?? authority.startIndex)] : authority.prefix { $0 != ":" }
    let port = authority.dropFirst(host.count)
    guard isIPv6 ? isIPv6Address(host) : isName(host), port.isEmpty || isPort(port) else {
      throw notAnAddress
    }
    return (String(host), String(port))
  }

  private static func isName(_ host: Substring) -> Bool {
    host.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
      !label.isEmpty && label.utf8.allSatisfy { isLetterOrDigit($0) || $0 == 0x2D || $0 == 0x5F }
    }
  }

  private static func isIPv6Address(_ host: Substring) -> Bool {
    host.count > 3 && host.hasSuffix("]")
      && host.dropFirst().dropLast().utf8.allSatisfy { ":.0123456789abcdef".utf8.contains($0) }
  }

  private static func isPort(_ port: Substring) -> Bool {
    guard port.utf8.dropFirst().allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
    return Int(port.dropFirst()).map { (1...65_535).contains($0) } ?? false
  }

  /// RFC 3986's characters of a path, and no step up.
  private static func isPath(_ path: Substring) -> Bool {
    let segments = path.split(separator: "/")
    return !segments.contains(".") && !segments.contains("..")
      && path.utf8.allSatisfy { isLetterOrDigit($0) || "/-._~!$&'()*+,;=:%".utf8.contains($0) }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}

extension String {
  fileprivate var droppingSlashes: String {
    var text = self[...]
    while text.hasSuffix("/") { text.removeLast() }
    return String(text)
  }
}
