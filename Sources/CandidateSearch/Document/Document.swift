import CandidateModel

/// What FTS5 is given for a candidate: a pure function of the candidate and the connector, so that it can be given
/// again, word for word, when the candidate is removed.
struct Document: Equatable {
  /// Rises whenever the same candidate gives another document. A file of another version must be reindexed.
  static let version = 1

  /// The hidden column, separated by spaces.
  let keys: String
  /// The other columns, in the order of `TextColumn.allCases`.
  let texts: [String]

  init(_ candidate: Candidate, connector: String) {
    var keys = Keys(candidate, connector: connector)
    texts = TextColumn.allCases.map { column in
      var text = ColumnText()
      for value in column.values(of: candidate) {
        let words = column.words(of: value)
        text.append(words)
        keys.add(column, words)
      }
      return text.finish()
    }
    self.keys = keys.finish()
  }
}

/// One column as FTS5 is given it: the usual forms of all words in order, so that phrases are found; behind them
/// the other forms. A gap stands between values, and between forms, that no phrase reaches across.
struct ColumnText {
  private static let gap = String(Key.separator)

  private var tokens: [String] = []
  private var otherForms: [[String]] = []

  mutating func append(_ words: [Word]) {
    guard !words.isEmpty else { return }
    if !tokens.isEmpty { tokens.append(Self.gap) }
    for word in words {
      tokens += word.tokens
      otherForms += word.forms.dropFirst()
      otherForms += word.indexedForms
    }
    otherForms += Initials.joined(words)
  }

  func finish() -> String {
    (tokens + otherForms.flatMap { [Self.gap] + $0 }).joined(separator: " ")
  }
}

/// `J. R. Patel` is also found as `JR Patel`.
enum Initials {
  /// More single letters in a row are no initials.
  private static let longest = 4

  /// Runs of single letters among words, each as one token.
  static func joined(_ words: [Word]) -> [[String]] {
    words.split { !isInitial($0) }
      .filter { (2...longest).contains($0.count) }
      .map { [$0.map { $0.tokens[0] }.joined()] }
  }

  static func isInitial(_ word: Word) -> Bool {
    guard word.tokens.count == 1, word.tokens[0].unicodeScalars.count == 1,
      let scalar = word.tokens[0].unicodeScalars.first
    else { return false }
    return CharacterRole(scalar) == .letter && scalar.properties.isAlphabetic
  }
}
