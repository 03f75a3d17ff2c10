/// Tokens in UTF-8 that follow one another; the last may be the beginning of a token.
struct TokenPhrase: Hashable {
  let tokens: [[UInt8]]
  private let isPrefix: Bool

  /// Nil where there are none.
  init?(_ tokens: [String], isPrefix: Bool) {
    self.init(tokens.flatMap { $0.utf8.split(separator: 0x20).map(Array.init) }, isPrefix)
  }

  private init?(_ tokens: [[UInt8]], _ isPrefix: Bool) {
    guard !tokens.isEmpty else { return nil }
    (self.tokens, self.isPrefix) = (tokens, isPrefix)
  }

  /// Whether a token may go on.
  func isOpen(_ i: Int) -> Bool { isPrefix && i == tokens.count - 1 }

  var firstByte: UInt8 { tokens[0].first ?? 0 }

  /// Whether any of it is a key.
  var holdsKeys: Bool { tokens.contains { $0.starts(with: FilterTerm.separatorBytes) } }

  /// Whether every token is a key of this kind.
  func isOf(_ kind: TermPrefix) -> Bool { tokens.allSatisfy { $0.starts(with: kind.prefix) } }

  /// What the keys of a kind say.
  func without(_ kind: TermPrefix) -> TokenPhrase? {
    TokenPhrase(tokens.map { Array($0.dropFirst(kind.prefix.count)) }, isPrefix)
  }

  /// How many words a key of a whole value names.
  var wordCount: Int {
    tokens[0].split(separator: FilterTerm.separatorBytes, omittingEmptySubsequences: true).count
  }

  /// Whether it is this one key.
  func takes(_ key: [UInt8]) -> Bool {
    tokens.count == 1 && (isPrefix ? key.starts(with: tokens[0]) : key == tokens[0])
  }
}
