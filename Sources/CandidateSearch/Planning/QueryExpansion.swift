import NameVariants

/// Expands the words of a text by other forms and corrections. One search shares it, so that each is looked up once.
final class QueryExpansion {
  let statistics: TermStatistics
  let options: ExpansionOptions
  /// Returns all words of the index, or in a scope without a filter those of the scope, for corrections.
  private let spellingIndex: () throws -> SpellingIndex
  /// Returns all words of the index if an earlier search has read them; nil otherwise.
  private let readSpellingIndex: () throws -> SpellingIndex?
  /// Returns the synonyms of the index.
  let synonyms: () throws -> SynonymTable
  /// The results by text, memoised: several tiers need them.
  var words: [[RankedText.Unit]: [IndexQuery]] = [:]
  var corrections: [[RankedText.Unit]: [[String]]] = [:]
  /// The queries of the tier `occupation`, with the names of their occupations: few, so that they are compared.
  private var occupations: [(query: IndexQuery, name: String)] = []
  private lazy var wordsInMemory = Result { try readSpellingIndex() }
  /// The stemmers, made when the first word is expanded.
  lazy var inflections = Inflections()

  init(
    statistics: TermStatistics, options: ExpansionOptions,
    spellingIndex: @escaping () throws -> SpellingIndex,
    readSpellingIndex: @escaping () throws -> SpellingIndex? = { nil },
    synonyms: @escaping () throws -> SynonymTable
  ) {
    self.statistics = statistics
    self.options = options
    self.spellingIndex = spellingIndex
    self.readSpellingIndex = readSpellingIndex
    self.synonyms = synonyms
  }

  func note(_ query: IndexQuery, ofOccupation name: String) { occupations.append((query, name)) }

  /// The name of the occupation that a query is for; nil for other queries.
  func occupation(of query: IndexQuery) -> String? { occupations.last { $0.query == query }?.name }

  /// A query as the scope allows it: without contacts if they may not be searched.
  func searchable(_ query: IndexQuery) -> IndexQuery {
    statistics.scope.scope.includesContacts ? query : query.withoutContacts
  }

  /// The document frequency of a word that may be meant instead of what was typed. Most of these words do not occur,
  /// which the words in memory show without a look-up.
  func frequency(ofGuess token: String) throws -> TermFrequency {
    if try wordsInMemory.get()?.contains(token) == false { return TermFrequency() }
    return try statistics.frequency(ofToken: token)
  }

  /// A text as one search expands it.
  struct TextKey: Hashable, Sendable {
    let units: [RankedText.Unit]
    let options: ExpansionOptions
  }

  /// The maximum number of words of a text whose expansion is memoised: each word may have some kilobytes of variants.
  private static let maximumMemoisedWords = 8

  /// What is looked up for a text, memoised in the scope if the text is short.
  func memoised<Value>(
    _ text: RankedText, in memo: GenerationMemo<TextKey, Value>, _ lookUp: () throws -> Value
  ) throws -> Value {
    guard text.units.count <= Self.maximumMemoisedWords else { return try lookUp() }
    return try memo.value(of: TextKey(units: text.units, options: options), in: statistics.snapshot, lookUp)
  }

  /// A word whose neighbours are wanted, and how many.
  struct NeighborsKey: Hashable, Sendable {
    let word: String
    let limit: Int
    let lettersForTwoErrors: Int
  }

  /// The words of the scope within a small edit distance, as `SpellingIndex.nearest` returns them; memoised.
  func nearestWords(
    to word: String, limit: Int, lettersForTwoErrors: Int = SpellingIndex.lettersForTwoErrors
  ) throws -> [SpellingIndex.Neighbor] {
    let key = NeighborsKey(word: word, limit: limit, lettersForTwoErrors: lettersForTwoErrors)
    return try statistics.scope.neighbors.value(of: key, in: statistics.snapshot) {
      try lookUpNearestWords(to: word, limit: limit, lettersForTwoErrors: lettersForTwoErrors)
    }
  }

  /// In a scope with a filter, each word of the index within the distance is counted.
  private func lookUpNearestWords(
    to word: String, limit: Int, lettersForTwoErrors: Int
  ) throws -> [SpellingIndex.Neighbor] {
    guard statistics.scope.hasFilter else {
      return try spellingIndex().nearest(to: word, limit: limit, lettersForTwoErrors: lettersForTwoErrors)
    }
    let counted = try spellingIndex().nearest(to: word, limit: .max, lettersForTwoErrors: lettersForTwoErrors)
      .map { near in
        SpellingIndex.Neighbor(
          term: near.term, count: try statistics.frequency(ofToken: near.term).sum, errors: near.errors)
      }
    let sorted = counted.filter { $0.count > 0 }.sorted { a, b in
      if a.errors != b.errors { return a.errors < b.errors }
      return a.count != b.count ? a.count > b.count : a.term.utf8.lexicographicallyPrecedes(b.term.utf8)
    }
    return Array(sorted.prefix(limit))
  }
}

/// Which words are searched besides those that were typed.
struct ExpansionOptions: Sendable, Hashable {
  /// Whether other forms of words, and synonyms, are searched.
  var findsVariants = true
  /// Whether the last word may be the prefix of a word.
  var completesLastWord = true
  /// Whether typing errors are corrected.
  var correctsWords = true
}
