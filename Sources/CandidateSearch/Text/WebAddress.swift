import Foundation

/// A web address as people write it, with or without scheme and `www.`: its host and the parts of its path.
struct WebAddress: Equatable {
  /// Empty if the text names none.
  var host = ""
  var path: [String] = []

  /// The address that a text names; what stands behind `?` or `#` says nothing about a person.
  init(_ text: String) {
    var rest = text[...]
    if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
    let isSchemed = rest.startIndex > text.startIndex
    rest = rest.prefix { $0 != "?" && $0 != "#" }
    var parts = rest.split(separator: "/").map { Self.decoded($0.trimmingPrefix("@")) }.filter { !$0.isBlank }
    if let first = parts.first, isSchemed || first.contains(".") {
      host = first.lowercased().hasPrefix("www.") ? String(first.dropFirst(4)) : first
      parts.removeFirst()
    }
    path = parts
  }

  /// Whether free text looks like an address: with a scheme, or a host and a path.
  static func isAddress(_ text: String) -> Bool {
    let address = WebAddress(text)
    let hasScheme = text.contains("://")
    return !address.host.isEmpty && (hasScheme || !address.path.isEmpty) && !address.host.contains("@")
  }

  private static func decoded(_ part: Substring) -> String {
    part.contains("%") ? part.removingPercentEncoding ?? String(part) : String(part)
  }
}
