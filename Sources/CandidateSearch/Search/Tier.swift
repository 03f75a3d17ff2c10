import CandidateQuery

/// One of the ways in which a query may be answered, from strict to relaxed. A hit belongs to the first tier that
/// it matches; within a tier the most recent candidate comes first.
struct Tier: Sendable {
  /// What hits of it are labelled with.
  let name: String
  /// What it asks, in a sentence.
  let rule: String
  /// What it asks of FTS5; nil where the tier says nothing that the next does not.
  let match: @Sendable (FreeText) -> Match?

  /// The tiers of free text, strict to relaxed. Each is contained in the last.
  static let ranked: [Tier] = [
    Tier(name: "exact", rule: "a whole field (name, title, company, tag or e-mail) is what was typed") {
      $0.isPrefix || !$0.isOneText ? nil : exact($0)
    },
    Tier(name: "phrase", rule: "the words stand together, in order, in one field") { text in
      text.words.count > 1 && text.isOneText
        ? TextMatch.phrase(text.words, isPrefix: text.isPrefix) : nil
    },
    Tier(name: "anywhere", rule: "every word stands somewhere") { $0.anywhere },
  ]

  /// The only tier of a query without free text that could be ranked.
  static let recent = Tier(name: "recent", rule: "everything that the query allows") { $0.anywhere }

  private static func exact(_ text: FreeText) -> Match {
    let kinds: [KeyKind] = [.name, .title, .company]
    var matches = kinds.map { Match.key(Key($0, words: text.words)) }
    matches.append(.key(Key(.tag, text.typed)))
    if text.typed.contains("@") { matches.append(.key(Key(.email, text.typed))) }
    // A name is also typed family name first.
    if !text.isPhrase, text.words.count > 1, let last = text.words.last {
      matches.append(.key(Key(.name, words: [last] + text.words.dropLast())))
    }
    return .any(matches)
  }
}

/// The part of a query that tiers rank: texts, all of which must be found.
struct FreeText: Sendable {
  /// What was typed, in one line.
  let typed: String
  /// Its words, in order.
  let words: [Word]
  /// Whether the last word may go on.
  let isPrefix: Bool
  /// Whether the words together may be one text: not where a word before the last may go on, nor where one is an
  /// e-mail address or a number, which is found in other ways.
  let isOneText: Bool
  /// Whether some of the words were typed as a phrase.
  let isPhrase: Bool
  /// What the last tier asks: every text, wherever it stands.
  let anywhere: Match

  /// The texts of a query; nil if they hold no words.
  init?(_ texts: [QueryText], anywhere: Match) {
    words = texts.flatMap { WordSplitter.words($0.text) }
    guard !words.isEmpty else { return nil }
    typed = texts.map(\.text).joined(separator: " ")
    isPrefix = texts.last?.isPrefix ?? false
    isOneText =
      !texts.dropLast().contains(where: \.isPrefix)
      && (texts.count == 1 || texts.allSatisfy { ContactMatch.matches($0).isEmpty })
      && texts.allSatisfy { ContactMatch.wholeAddress($0) == nil }
    isPhrase = texts.contains(where: \.isPhrase)
    self.anywhere = anywhere
  }
}
