import CandidateQuery
import TextAnalysis

/// The part of a query that tiers rank: texts, all of which must match.
final class RankedText: Sendable {
  /// A word, or what was typed as a phrase: every tier keeps its tokens together.
  struct Unit: Hashable, Sendable {
    let words: [Word]
    let isPhrase: Bool
    /// Whether it was typed with a star: it is searched as a prefix, and in no other form.
    let isPrefix: Bool
    /// Whether it is a single letter, which is an initial rather than a word of a company, a title or a tag.
    var isLetter = false
    /// An upper bound of its document frequency, by field.
    let frequency: TermFrequency

    /// Its spellings, each a run of tokens.
    var spellings: [[String]] { TextQuery.spellings(of: words) }
    /// The token of a word of one token that was typed neither as a phrase nor with a star; nil for any other unit.
    var token: String? { isPrefix ? nil : singleToken }
    /// The token of a word of one token that was not typed as a phrase, with a star or without; nil for any other unit.
    var singleToken: String? {
      guard !isPhrase, let word = words.first, word.tokens.count == 1 else { return nil }
      return word.tokens[0]
    }

    /// The field that it most often means; nil if it does not occur.
    var field: TextColumn? { isLetter ? (frequency[.name] > 0 ? .name : nil) : frequency.mostFrequentColumn }

    func match(in fields: [TextColumn]) -> IndexQuery {
      .any(spellings.map { .phrase($0, isPrefix: isPrefix, in: fields) })
    }

    /// The query of the unit in any field.
    func match() -> IndexQuery { isLetter ? TextQuery.letter(words[0].tokens[0]) : match(in: []) }
  }

  /// The texts as they were typed, with spaces between.
  let typed: String
  let units: [Unit]
  /// Whether the last word is a prefix.
  let isPrefix: Bool
  /// Whether the words together may be one text: false if a word before the last is a prefix, or if a text is a
  /// contact, which has queries of its own.
  let isOneText: Bool
  /// Whether it has more than `maximumRankedTokens` tokens.
  let isLong: Bool
  /// The queries of the candidate with this id, then of those with this `remote_id`. They need not contain its words.
  let owners: [IndexQuery]
  /// The query of the tier `anywhere`: every text, in any field.
  let anywhere: IndexQuery
  /// The number of candidates.
  let candidateCount: Int

  /// The maximum number of tokens of a text that all tiers rank. A longer text was pasted, not typed: the tiers for
  /// order, fields, other forms and typing errors, each of which would search every word again, are left out.
  static let maximumRankedTokens = 64

  /// Its words, in order.
  var words: [Word] { units.flatMap(\.words) }
  /// Whether some of the words were typed as a phrase.
  var isPhrase: Bool { units.contains(where: \.isPhrase) }

  /// A text of a query, with the query of it in any field.
  struct Part {
    let text: AnalyzedQueryText
    let anywhere: IndexQuery
  }

  /// More units were pasted: their letters are ordinary words.
  private static let maximumUnitsWithLetters = 8

  /// The texts of a query; nil if they contain no words.
  init?(_ parts: [Part], _ statistics: TermStatistics) throws {
    let texts = parts.map(\.text)
    let unitsOfTexts = try texts.map { try Self.units($0, statistics) }
    let hasLetters = (2...Self.maximumUnitsWithLetters).contains(unitsOfTexts.joined().count)
    units = zip(texts, unitsOfTexts).flatMap { text, units in
      hasLetters && !text.text.isPrefix ? units.map(Self.markingLetter) : units
    }
    guard !units.isEmpty else { return nil }
    typed = texts.map(\.text.text).joined(separator: " ")
    isPrefix = texts.last?.text.isPrefix ?? false
    isOneText =
      !texts.dropLast().contains(where: \.text.isPrefix)
      && (texts.count == 1 || texts.allSatisfy(\.contacts.isEmpty))
      && texts.allSatisfy { $0.owner == nil }
    isLong = units.lazy.flatMap(\.words).reduce(0) { $0 + $1.tokens.count } > Self.maximumRankedTokens
    anywhere = Self.anywhere(parts, units, isPrefix: isPrefix)
    owners = texts.count == 1 ? try Self.owners(texts[0].text, statistics) : []
    candidateCount = try statistics.candidateCount()
  }

  private static func markingLetter(_ unit: Unit) -> Unit {
    var unit = unit
    unit.isLetter = unit.token?.isInitial == true
    return unit
  }

  /// The query of every text in any field, a single letter as an initial, a whole tag or beside all other words.
  private static func anywhere(_ parts: [Part], _ units: [Unit], isPrefix: Bool) -> IndexQuery {
    guard units.contains(where: \.isLetter) else { return .all(parts.map(\.anywhere)) }
    let restricted = parts.map { part in
      let words = part.text.words
      let isLetter =
        words.count == 1 && !part.text.text.isPrefix && units.contains { $0.isLetter && $0.words == words }
      return isLetter ? TextQuery.letter(words[0].tokens[0]) : part.anywhere
    }
    // A word before the last that is a prefix cannot be part of the phrases.
    if parts.dropLast().contains(where: \.text.text.isPrefix) { return .all(restricted) }
    return .any([
      .all(restricted), TextQuery.besideLetters(units.map(\.spellings), isPrefix: isPrefix),
    ])
  }

  /// The queries of the owners of an id.
  private static func owners(_ text: QueryText, _ statistics: TermStatistics) throws -> [IndexQuery] {
    guard text.canBeID else { return [] }
    return [try statistics.candidates(id: text.text), .term(FilterTerm(.remoteID, text.text))].filter {
      $0 != .nothing
    }
  }

  private static func units(_ text: AnalyzedQueryText, _ statistics: TermStatistics) throws -> [Unit] {
    let frequencies = try text.words.map(statistics.frequency)
    let isPrefix = text.text.isPrefix
    guard text.isPhrase, let first = frequencies.first else {
      let last = text.words.count - 1
      return zip(text.words, frequencies).enumerated().map { i, word in
        Unit(words: [word.0], isPhrase: false, isPrefix: isPrefix && i == last, frequency: word.1)
      }
    }
    let frequency = frequencies.dropFirst().reduce(first) { $0.both($1) }
    return [Unit(words: text.words, isPhrase: true, isPrefix: isPrefix, frequency: frequency)]
  }

  /// The fields in which all of it may occur, those in which its words occur most often first.
  var commonFields: [TextColumn] { Self.commonFields(of: units) }

  static func commonFields(of units: [Unit]) -> [TextColumn] {
    guard let first = units.first else { return [] }
    let common = units.dropFirst().reduce(first.frequency) { $0.both($1.frequency) }
    let weights = common.columns.map { field in
      (field, units.reduce(1) { $0 * $1.frequency.share(of: field) })
    }
    return weights.sorted { $0.1 > $1.1 }.map(\.0)
  }

  /// An upper bound of the document frequency of its rarest word.
  var rarestCount: Int { units.map(\.frequency.sum).min() ?? 0 }

  /// The expected number of hits if its words were independent of one another.
  var expectedCount: Double {
    units.reduce(Double(candidateCount)) {
      $0 * min(1, Double($1.frequency.sum) / Double(max(1, candidateCount)))
    }
  }
}
