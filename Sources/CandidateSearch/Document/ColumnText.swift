/// One column as FTS5 is given it: the usual forms of all words in order, so that phrases are found; behind them
/// the other forms, each with its neighbours, so that a phrase is found in any spelling. A gap stands between
/// values, and between forms, that no phrase reaches across.
struct ColumnText {
  private static let gap = String(Key.separator)

  private var tokens: [String] = []
  private var otherForms: [[String]] = []

  mutating func append(_ words: [Word]) {
    guard !words.isEmpty else { return }
    if !tokens.isEmpty { tokens.append(Self.gap) }
    for (i, word) in words.enumerated() {
      tokens += word.tokens
      for form in word.forms.dropFirst() { add(form, for: i...i, of: words) }
      for form in word.indexedForms { add(form, for: i...i, of: words) }
    }
    for run in Initials.runs(in: words) { add([Initials.joined(words[run])], for: run, of: words) }
  }

  private mutating func add(_ form: [String], for place: ClosedRange<Int>, of words: [Word]) {
    let before = place.lowerBound > 0 ? words[place.lowerBound - 1].tokens : []
    let behind = place.upperBound + 1 < words.count ? words[place.upperBound + 1].tokens : []
    otherForms.append(before + form + behind)
  }

  func finish() -> String {
    (tokens + otherForms.flatMap { [Self.gap] + $0 }).joined(separator: " ")
  }
}

/// `J. R. Patel` is also found as `JR Patel`.
enum Initials {
  /// More single letters in a row are no initials.
  private static let longest = 4

  /// Where at least two single letters follow one another.
  static func runs(in words: [Word]) -> [ClosedRange<Int>] {
    words.indices.split { !isInitial(words[$0]) }
      .filter { (2...longest).contains($0.count) }
      .map { $0.startIndex...($0.endIndex - 1) }
  }

  static func joined(_ words: ArraySlice<Word>) -> String {
    words.map { $0.tokens[0] }.joined()
  }

  static func isInitial(_ word: Word) -> Bool {
    guard word.tokens.count == 1, word.tokens[0].unicodeScalars.count == 1,
      let scalar = word.tokens[0].unicodeScalars.first
    else { return false }
    return CharacterRole(scalar) == .letter && scalar.properties.isAlphabetic
  }
}
