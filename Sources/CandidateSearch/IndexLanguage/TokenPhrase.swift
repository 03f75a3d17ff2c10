/// Consecutive tokens, in UTF-8; the last may be a prefix.
package struct TokenPhrase: Hashable {
  package let tokens: [[UInt8]]
  private let isPrefix: Bool

  /// Creates a phrase; nil without tokens.
  package init?(_ tokens: [String], isPrefix: Bool) {
    self.init(tokens.flatMap { $0.utf8.split(separator: 0x20).map(Array.init) }, isPrefix)
  }

  private init?(_ tokens: [[UInt8]], _ isPrefix: Bool) {
    guard !tokens.isEmpty else { return nil }
    self.tokens = tokens
    self.isPrefix = isPrefix
  }

  /// Whether a token is a prefix.
  package func isOpen(_ i: Int) -> Bool { isPrefix && i == tokens.count - 1 }

  package var firstByte: UInt8 { tokens[0].first ?? 0 }

  /// Whether any token is a filter term.
  package var containsFilterTerms: Bool { tokens.contains { $0.starts(with: FilterTerm.separatorBytes) } }

  /// Whether every token is a filter term with this prefix.
  package func isOf(_ prefix: TermPrefix) -> Bool { tokens.allSatisfy { $0.starts(with: prefix.bytes) } }

  /// The phrase of the filter terms' values, without their prefix.
  package func without(_ prefix: TermPrefix) -> TokenPhrase? {
    TokenPhrase(tokens.map { Array($0.dropFirst(prefix.bytes.count)) }, isPrefix)
  }

  /// The number of words in the filter term of a whole value.
  package var wordCount: Int {
    tokens[0].split(separator: FilterTerm.separatorBytes, omittingEmptySubsequences: true).count
  }

  /// Whether the phrase is this one filter term, or a prefix of it.
  package func matches(_ term: [UInt8]) -> Bool {
    tokens.count == 1 && (isPrefix ? term.starts(with: tokens[0]) : term == tokens[0])
  }
}
