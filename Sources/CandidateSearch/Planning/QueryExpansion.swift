import NameVariants

/// Expands the words of a text by other forms and corrections. One search shares it, so that each is looked up once.
final class QueryExpansion {
  let statistics: TermStatistics
  let options: ExpansionOptions
  /// Returns all words of the index, for corrections.
  let spellingIndex: () throws -> SpellingIndex
  /// Returns all words of the index if an earlier search has read them; nil otherwise.
  private let readSpellingIndex: () throws -> SpellingIndex?
  /// Returns the synonyms of the index.
  let synonyms: () throws -> SynonymTable
  /// The variants of words that other searches have looked up.
  let knownVariants: WordVariantCache
  /// The results by text, memoised: several tiers need them.
  var words: [[RankedText.Unit]: [IndexQuery]] = [:]
  var corrections: [[RankedText.Unit]: [[String]]] = [:]
  /// The names of the occupations that queries of the tier `occupation` are for.
  var occupations: [IndexQuery: String] = [:]
  private lazy var wordsInMemory = Result { try readSpellingIndex() }
  /// The stemmers, made when the first word is expanded.
  lazy var inflections = Inflections()

  init(
    statistics: TermStatistics, options: ExpansionOptions,
    spellingIndex: @escaping () throws -> SpellingIndex,
    readSpellingIndex: @escaping () throws -> SpellingIndex? = { nil },
    synonyms: @escaping () throws -> SynonymTable,
    knownVariants: WordVariantCache = .init()
  ) {
    self.statistics = statistics
    self.options = options
    self.spellingIndex = spellingIndex
    self.readSpellingIndex = readSpellingIndex
    self.synonyms = synonyms
    self.knownVariants = knownVariants
  }

  /// The document frequency of a word that may be meant instead of what was typed. Most of these words do not occur,
  /// which the words in memory show without a look-up.
  func frequency(ofGuess token: String) throws -> TermFrequency {
    if try wordsInMemory.get()?.contains(token) == false { return TermFrequency() }
    return try statistics.frequency(ofToken: token)
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
