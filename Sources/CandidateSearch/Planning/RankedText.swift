import CandidateQuery
import TextAnalysis

/// The part of a query that tiers rank: texts, all of which must be found.
struct RankedText: Sendable {
  /// What must stand together in any case: a word, or what was typed as a phrase.
  struct Unit: Hashable, Sendable {
    let words: [Word]
    let isPhrase: Bool
    /// At most how often it stands in each field.
    let frequency: TermFrequency

    /// The ways to spell it, each a run of tokens.
    var spellings: [[String]] { TextQuery.spellings(of: words) }
    /// The only token of a word that was not typed as a phrase and has no inner parts.
    var token: String? {
      guard !isPhrase, let word = words.first, word.tokens.count == 1 else { return nil }
      return word.tokens[0]
    }

    func match(in fields: [TextColumn] = []) -> IndexQuery {
      .any(spellings.map { .phrase($0, in: fields) })
    }
  }

  /// What was typed, in one line.
  let typed: String
  let units: [Unit]
  /// Whether the last word may go on.
  let isPrefix: Bool
  /// Whether the words together may be one text: not where a word before the last may go on, nor where one is an
  /// e-mail address or a number, which is found in other ways.
  let isOneText: Bool
  /// Whether it has more than `maximumRankedTokens`.
  let isLong: Bool
  /// Those whose id it is, then those of a third party whose id it is: they need not hold its words.
  let owners: [IndexQuery]
  /// What the tier of everything typed asks: every text, wherever it stands.
  let anywhere: IndexQuery
  /// How many candidates there are.
  let candidateCount: Int

  /// A text of more tokens is long: pasted, not typed. Its words are looked for as they are, without regard to order and
  /// fields, other forms and typing errors, each of which would ask for every word again.
  static let maximumRankedTokens = 64

  /// Its words, in order.
  var words: [Word] { units.flatMap(\.words) }
  /// Whether some of the words were typed as a phrase.
  var isPhrase: Bool { units.contains(where: \.isPhrase) }

  /// The texts of a query; nil if they hold no words.
  init?(_ texts: [QueryText], anywhere: IndexQuery, _ statistics: TermStatistics) throws {
    units = try texts.flatMap { try Self.units($0, statistics) }
    guard !units.isEmpty else { return nil }
    typed = texts.map(\.text).joined(separator: " ")
    isPrefix = texts.last?.isPrefix ?? false
    isOneText =
      !texts.dropLast().contains(where: \.isPrefix)
      && (texts.count == 1 || texts.allSatisfy { ContactQuery.matches($0).isEmpty })
      && texts.allSatisfy { ContactQuery.wholeAddress($0) == nil }
    isLong = units.lazy.flatMap(\.words).reduce(0) { $0 + $1.tokens.count } > Self.maximumRankedTokens
    self.anywhere = anywhere
    owners = try Self.owners(texts, statistics)
    candidateCount = try statistics.candidateCount()
  }

  /// Only what looks like an id is looked up: one text without spaces, with a digit or a hyphen.
  private static func owners(_ texts: [QueryText], _ statistics: TermStatistics) throws -> [IndexQuery] {
    guard texts.count == 1, let text = texts.first, !text.isPrefix, text.text.utf8.contains(where: isOfIDs),
      !text.text.contains(where: \.isWhitespace)
    else { return [] }
    return [try statistics.candidates(id: text.text), .term(FilterTerm(.remoteID, text.text))].filter {
      $0 != .nothing
    }
  }

  private static func isOfIDs(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
  }

  private static func units(_ text: QueryText, _ statistics: TermStatistics) throws -> [Unit] {
    let words = Analyzer.words(of: text.text)
    let frequencies = try words.map(statistics.frequency)
    guard text.isPhrase || text.text.holds("@"), let first = frequencies.first else {
      return zip(words, frequencies).map { Unit(words: [$0], isPhrase: false, frequency: $1) }
    }
    let frequency = frequencies.dropFirst().reduce(first) { $0.both($1) }
    return [Unit(words: words, isPhrase: true, frequency: frequency)]
  }

  /// The fields in which all of it may stand, those that its words most often mean first.
  var commonFields: [TextColumn] { Self.commonFields(of: units) }

  static func commonFields(of units: [Unit]) -> [TextColumn] {
    guard let first = units.first else { return [] }
    let common = units.dropFirst().reduce(first.frequency) { $0.both($1.frequency) }
    let weights = common.columns.map { field in
      (field, units.reduce(1) { $0 * $1.frequency.share(of: field) })
    }
    return weights.sorted { $0.1 > $1.1 }.map(\.0)
  }

  /// In how many candidates, at most, its rarest word stands.
  var rarestCount: Int { units.map(\.frequency.sum).min() ?? 0 }

  /// How many candidates it may find, if its words were independent of one another.
  var expectedCount: Double {
    units.reduce(Double(candidateCount)) {
      $0 * min(1, Double($1.frequency.sum) / Double(max(1, candidateCount)))
    }
  }
}
