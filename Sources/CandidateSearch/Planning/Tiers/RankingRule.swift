import CandidateQuery

/// The rule of a tier as a value: the queries that it evaluates for a text.
struct RankingRule: Sendable {
  let tier: Tier
  /// Returns the queries of the tier, in order. None where the tier finds nothing that the next does not, or where the
  /// term statistics show that it finds nothing.
  let queries: @Sendable (RankedText, QueryExpansion) throws -> [IndexQuery]

  /// The tiers of the text as typed, from strict to relaxed. The last finds all hits of the others, except the owners
  /// of an id or an address.
  static let typed: [RankingRule] = [
    RankingRule(tier: .exact) { text, _ in exact(text) },
    RankingRule(tier: .phrase) { text, _ in phrase(text) },
    RankingRule(tier: .together) { text, _ in together(text) },
    RankingRule(tier: .fields) { try fields($0, $1) },
    RankingRule(tier: .anywhere) { text, _ in [text.anywhere] },
  ]

  /// The tiers of synonyms, of other forms and of corrections of the text. All but the initials come after all typed
  /// tiers.
  static let expanded: [RankingRule] = [
    RankingRule(tier: .initials) { $1.lettersAsInitials(of: $0) },
    RankingRule(tier: .synonym) { try $1.synonyms(of: $0) },
    RankingRule(tier: .variant) { try $1.variants(of: $0) },
    RankingRule(tier: .occupation) { try $1.occupations(of: $0) },
    RankingRule(tier: .corrected) { try $1.corrections(of: $0) },
  ]

  /// All tiers, in the order of `Tier`: initials come before the same letters elsewhere.
  static let all = Tier.allCases.compactMap { tier in (typed + expanded).first { $0.tier == tier } }
}

extension Tier {
  /// Whether the tier finds the text as typed.
  var isTyped: Bool { RankingRule.typed.contains { $0.tier == self } }
  /// Whether the tier finds other forms or corrections of the text.
  var isExpanded: Bool { RankingRule.expanded.contains { $0.tier == self } }
}
