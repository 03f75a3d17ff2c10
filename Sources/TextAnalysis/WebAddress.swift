import Foundation

/// A web address as people write it, with or without scheme and `www.`: its host and the parts of its path.
package struct WebAddress: Equatable {
  /// Empty if the text contains none.
  package let host: String
  package let path: [String]
  private let hasScheme: Bool

  /// The address in a text, without what follows `?` or `#`.
  package init(_ text: String) {
    var (host, path) = ("", [String]())
    var text = text
    hasScheme = text.withUTF8 { text in
      Self.forEachPart(of: text) {
        host = String(decoding: $0, as: UTF8.self)
      } path: {
        path.append(String(decoding: $0, as: UTF8.self))
      }
    }
    self.host = host
    self.path = path
  }

  /// Calls `host` with the host in a text and `path` with each part of the path, all in UTF-8. Returns whether the text
  /// begins with a scheme. Makes no strings, but where a part has percent signs.
  @discardableResult
  package static func forEachPart(
    of text: UnsafeBufferPointer<UInt8>, host: (UnsafeBufferPointer<UInt8>) -> Void,
    path: (UnsafeBufferPointer<UInt8>) -> Void
  ) -> Bool {
    IndexedText.withPrefix(of: text) { text in
      var rest = text[...]
      var hasScheme = false
      if let colon = rest.firstIndex(of: UInt8(ascii: ":")), rest[colon...].starts(with: "://".utf8) {
        rest = rest[(colon + 3)...]
        hasScheme = true
      }
      let end = rest.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? rest.endIndex
      var (start, isFirst) = (rest.startIndex, true)
      while start < end {
        let slash = rest[start..<end].firstIndex(of: UInt8(ascii: "/")) ?? end
        if slash > start {
          read(rest[start..<slash], isHost: isFirst && hasScheme, isFirst: isFirst, host: host, path: path)
          isFirst = false
        }
        start = slash + 1
      }
      return hasScheme
    }
  }

  private static func read(
    _ part: Slice<UnsafeBufferPointer<UInt8>>, isHost: Bool, isFirst: Bool,
    host: (UnsafeBufferPointer<UInt8>) -> Void, path: (UnsafeBufferPointer<UInt8>) -> Void
  ) {
    let part = part.first == UInt8(ascii: "@") ? part.dropFirst() : part
    if part.isEmpty { return }
    if isHost || isFirst && part.contains(UInt8(ascii: ".")) {
      let name = withoutWWW(part)
      let end = name.firstIndex(of: UInt8(ascii: ":")) ?? name.endIndex
      host(UnsafeBufferPointer(rebasing: name[..<end]))
    } else if part.contains(UInt8(ascii: "%")) {
      let text = String(decoding: part, as: UTF8.self)
      var decoded = text.removingPercentEncoding ?? text
      decoded.withUTF8(path)
    } else {
      path(UnsafeBufferPointer(rebasing: part))
    }
  }

  /// Whether a text looks like an address: with a scheme, or a host and a path.
  package static func isAddress(_ text: String) -> Bool {
    let address = WebAddress(text)
    return !address.host.isEmpty && (address.hasScheme || !address.path.isEmpty)
      && !address.host.holds("@")
  }

  private static func withoutWWW(
    _ host: Slice<UnsafeBufferPointer<UInt8>>
  ) -> Slice<UnsafeBufferPointer<UInt8>> {
    let isWWW = host.prefix(4).elementsEqual("www.".utf8) { $0 | 0x20 == $1 | 0x20 }
    return isWWW ? host.dropFirst(4) : host
  }
}
