import Foundation
import TextAnalysis

/// Texts that name a person, and the rule by which a logged text names that person, too.
///
/// The rule erases rather than keeps. A logged text matches
/// - a name, or any other text, if it contains all of its words, in any order, case and accents. The last word of the
///   logged text, and one before a star, may be the beginning of a word, from 3 characters on: the search completes it;
/// - an e-mail address also if it contains the part before the `@`, with the `@`;
/// - a phone number if its digits, in order and without anything between them, contain the last 7 of the number;
/// - a web address if it contains the words of its path, of at least 3 characters, or of its host if it has no path.
struct PersonTexts {
  private var wordLists: [[Word]] = []
  /// Folded, with the `@`.
  private var mailboxes: [String] = []
  /// The last digits of the phone numbers.
  private var phoneEnds: [String] = []

  private static let minimumPrefix = 3
  private static let phoneDigits = 7

  init(_ texts: some Sequence<String>) {
    for text in texts {
      let folded = Self.folded(text)
      let digits = folded.filter(\.isASCIIDigit)
      if digits.count >= Self.phoneDigits, !folded.contains(where: \.isLetter) {
        phoneEnds.append(String(digits.suffix(Self.phoneDigits)))
      }
      if let at = folded.lastIndex(of: "@"), at > folded.startIndex {
        mailboxes.append(String(folded[...at]))
      }
      let words = WebAddress.isAddress(text) ? Self.words(of: WebAddress(text)) : Analyzer.words(of: text)
      if !words.isEmpty { wordLists.append(words) }
    }
  }

  /// Whether a logged text names the person. The cost is linear in the length of the text and in the number of words of
  /// the person.
  func areNamed(in text: String) -> Bool {
    let logged = LoggedWords(text)
    if wordLists.contains(where: { $0.allSatisfy(logged.contains) }) { return true }
    if mailboxes.isEmpty, phoneEnds.isEmpty { return false }
    let folded = Self.folded(text)
    if mailboxes.contains(where: folded.contains) { return true }
    let digits = folded.filter(\.isASCIIDigit)
    return phoneEnds.contains(where: digits.contains)
  }

  private static func folded(_ text: String) -> String {
    String(String.UnicodeScalarView(Folding.fold(text)))
  }

  private static func words(of address: WebAddress) -> [Word] {
    let path = address.path.flatMap { Analyzer.words(of: $0) }
      .filter { word in word.tokens.contains { $0.unicodeScalars.count >= minimumPrefix } }
    return path.isEmpty ? Analyzer.words(of: address.host) : path
  }
}

/// The words of a logged text.
struct LoggedWords {
  private var tokens: Set<String> = []
  /// Those that may be the beginning of a word.
  private var prefixes: [String] = []

  private static let minimumPrefix = 3

  init(_ text: String) {
    let parts = text.split(separator: "*", omittingEmptySubsequences: false)
    for part in parts {
      let words = Analyzer.words(of: String(part))
      for word in words { tokens.formUnion(word.forms.joined()) }
      for token in words.last?.forms.compactMap(\.last) ?? []
      where token.unicodeScalars.count >= Self.minimumPrefix {
        prefixes.append(token)
      }
    }
  }

  /// Whether the text contains a word, in any of its forms.
  func contains(_ word: Word) -> Bool {
    word.forms.contains { $0.allSatisfy(contains) }
  }

  private func contains(_ token: String) -> Bool {
    tokens.contains(token) || prefixes.contains { token.hasPrefix($0) }
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
