import Foundation

/// A web address as people write it, with or without scheme and `www.`: its host and the parts of its path.
package struct WebAddress: Equatable {
  /// Empty if the text contains none.
  package private(set) var host = ""
  package private(set) var path: [String] = []
  private let hasScheme: Bool

  /// The address in a text, without what follows `?` or `#`.
  package init(_ text: String) {
    var rest = IndexedText.prefix(of: text).utf8[...]
    var afterScheme: Substring.UTF8View.Index?
    if let colon = rest.firstIndex(of: UInt8(ascii: ":")), rest[colon...].starts(with: "://".utf8) {
      afterScheme = rest.index(colon, offsetBy: 3)
    }
    hasScheme = afterScheme != nil
    if let afterScheme { rest = rest[afterScheme...] }
    rest = rest.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    for (i, part) in rest.split(separator: UInt8(ascii: "/")).enumerated() {
      let part = part.first == UInt8(ascii: "@") ? part.dropFirst() : part
      guard !part.isEmpty else { continue }
      if i == 0, hasScheme || part.contains(UInt8(ascii: ".")) {
        host = String(Substring(Self.withoutWWW(part).prefix { $0 != UInt8(ascii: ":") }))
      } else {
        path.append(Self.decoded(part))
      }
    }
  }

  /// Whether a text looks like an address: with a scheme, or a host and a path.
  package static func isAddress(_ text: String) -> Bool {
    let address = WebAddress(text)
    return !address.host.isEmpty && (address.hasScheme || !address.path.isEmpty)
      && !address.host.holds("@")
  }

  private static func withoutWWW(_ host: Substring.UTF8View) -> Substring.UTF8View {
    let isWWW = host.prefix(4).elementsEqual("www.".utf8) { $0 | 0x20 == $1 | 0x20 }
    return isWWW ? host.dropFirst(4) : host
  }

  private static func decoded(_ part: Substring.UTF8View) -> String {
    let text = String(Substring(part))
    return part.contains(UInt8(ascii: "%")) ? text.removingPercentEncoding ?? text : text
  }
}
