/// A way to write Cyrillic or Greek in Latin letters.
package struct RomanizationScheme: Sendable {
  package let rules: LetterRules

  /// - Parameter tables: what the schemes of the script have in common, then where this one differs.
  package init(_ tables: String...) {
    rules = LetterRules(tables)
  }

  /// The schemes of a word in Cyrillic, the most usual first: its letters can tell the language.
  package static func cyrillic(_ word: String) -> [RomanizationScheme] {
    if word.unicodeScalars.contains(where: "јљњћђџ".unicodeScalars.contains) {
      return [southSlavic, press, geographic]
    }
    if word.unicodeScalars.contains(where: "ієґ".unicodeScalars.contains) {
      return [ukrainian, press, geographic, passport, german]
    }
    return [press, passport, geographic, ukrainian, southSlavic, german, french]
  }

  package static let greek = [elot, heard, classical]
}
