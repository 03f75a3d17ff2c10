/// One of the ways in which a query may be answered, from strict to relaxed. A hit belongs to the first tier that
/// it matches; within a tier the most recent candidate comes first.
struct Tier: Sendable {
  /// What hits of it are labelled with.
  let name: String
  /// What it asks, in a sentence.
  let rule: String
  /// What it asks of FTS5, one expression after another; nothing where the tier says nothing that the next does not,
  /// or where the words' frequencies tell that it cannot find anybody.
  let matches: @Sendable (RankedText, QueryExpansion) throws -> [IndexQuery]

  /// The tiers of what was typed, strict to relaxed. Each is contained in the last, but for the owner of an address.
  static let typed: [Tier] = [
    Tier(name: "exact", rule: "a whole field (name, title, company, tag, e-mail or id) is what was typed") {
      text, _ in exact(text)
    },
    Tier(name: "phrase", rule: "the words stand side by side, in order, in one field") { text, _ in
      phrase(text)
    },
    Tier(name: "together", rule: "all words stand in one field") { text, _ in together(text) },
    Tier(name: "fields", rule: "every word stands in the field that it most often means in this index") {
      try fields($0, $1)
    },
    Tier(name: "anywhere", rule: "every word stands somewhere") { text, _ in [text.anywhere] },
  ]

  /// The tiers of what may have been meant, below all of what was typed.
  static let meant: [Tier] = [
    Tier(
      name: "variant",
      rule: """
        every word, or another form of it, stands somewhere: a nickname, an initial, another spelling, an \
        abbreviation of a title, a longer last word
        """
    ) { text, expansion in try expansion.variants(of: text) },
    Tier(
      name: "corrected",
      rule: """
        words that hardly stand anywhere are taken for typing errors of others, and, last, names among them for initials
        """
    ) { text, expansion in try expansion.corrections(of: text) },
  ]

  static let ranked = typed + meant

  /// Whether it finds what was typed.
  var isTyped: Bool { Self.typed.contains { $0.name == name } }
  /// Whether it finds what may have been meant.
  var isMeant: Bool { Self.meant.contains { $0.name == name } }

  /// Hits of OR.
  static let alternatives = Tier(
    name: "alternatives", rule: "several of what OR offers: the more the better, then the rarer"
  ) { text, _ in [text.anywhere] }

  /// The only tier of a search whose hits are ordered otherwise.
  static let sorted = Tier(
    name: "sorted", rule: "everything that the query allows, in the order that was asked for"
  ) { text, _ in [text.anywhere] }

  /// The only tier of a query without free text that could be ranked.
  static let recent = Tier(name: "recent", rule: "everything that the query allows") { text, _ in
    [text.anywhere]
  }
}

/// What a tier can look words up in, during one search.
final class QueryExpansion {
  let statistics: TermStatistics
  let options: ExpansionOptions
  /// All words, for corrections.
  let spellingIndex: () throws -> SpellingIndex
  /// What was looked up for a text before: several tiers ask for the same.
  var words: [[RankedText.Unit]: [IndexQuery]] = [:]
  var corrections: [[RankedText.Unit]: [[String]]] = [:]

  init(
    statistics: TermStatistics, options: ExpansionOptions, spellingIndex: @escaping () throws -> SpellingIndex
  ) {
    (self.statistics, self.options, self.spellingIndex) = (statistics, options, spellingIndex)
  }
}

/// Whether words that were not typed are looked for.
struct ExpansionOptions: Sendable, Hashable {
  /// Whether other forms of words are looked for.
  var findsVariants = true
  /// Whether the last word may be the beginning of one.
  var completesLastWord = true
  /// Whether typing errors are corrected.
  var correctsWords = true
}
