import Foundation
import Mustache

/// The templates of the page, embedded in the program.
enum PageTemplates {
  /// Every template, by its name.
  private static let sources: [String: [UInt8]] = [
    "page": PackageResources.page_mustache,
    "results": PackageResources.results_mustache,
    "filters": PackageResources.filters_mustache,
    "candidate": PackageResources.candidate_mustache,
    "suggestions": PackageResources.suggestions_mustache,
    "message": PackageResources.message_mustache,
    "signin": PackageResources.signin_mustache,
    "head": PackageResources.head_mustache,
    "text": PackageResources.text_mustache,
    "badges": PackageResources.badges_mustache,
  ]

  private static let library: Result<MustacheLibrary, any Error> = Result {
    MustacheContentTypes.register(EscapedHTML(), named: EscapedHTML.name)
    var library = MustacheLibrary()
    for (name, source) in sources {
      // Each template states it: a partial does not take it over from the template around it. A line break at the end
      // would be a space within words.
      let text = String(decoding: source, as: UTF8.self).trimmingCharacters(in: .newlines)
      try library.register("{{% CONTENT_TYPE:\(EscapedHTML.name)}}" + text, named: name)
    }
    return library
  }

  /// Reads the templates.
  /// - Throws: The error of a template that cannot be read.
  static func prepare() throws { _ = try library.get() }

  /// The HTML of a template for a value.
  /// - Throws: The error of a template that cannot be read.
  static func html(_ name: String, _ value: Any) throws -> [UInt8] {
    Array((try library.get().render(value, withTemplate: name) ?? "").utf8)
  }
}

/// Escapes text for HTML, byte by byte. Mustache's own escaping compares characters: a quotation mark with a combining
/// mark after it is another character, and would end an attribute.
struct EscapedHTML: MustacheContentType {
  static let name = "ESCAPED_HTML"

  func escapeText(_ text: String) -> String {
    var escaped: [UInt8] = []
    escaped.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "<"): escaped += "&lt;".utf8
      case UInt8(ascii: ">"): escaped += "&gt;".utf8
      case UInt8(ascii: "&"): escaped += "&amp;".utf8
      case UInt8(ascii: "\""): escaped += "&quot;".utf8
      case UInt8(ascii: "'"): escaped += "&#39;".utf8
      // HTML forbids NUL, and control characters show nothing.
      case 0...8, 11, 12, 14...31, 127: escaped.append(UInt8(ascii: " "))
      default: escaped.append(byte)
      }
    }
    return String(decoding: escaped, as: UTF8.self)
  }
}
