import CandidateQuery

/// A tier of a text as a value: what to evaluate for it.
struct RankingRule: Sendable {
  let tier: Tier
  /// The queries of the tier, one after another. None where the tier finds nothing that the next does not, or where the
  /// term statistics show that it finds nothing.
  let queries: @Sendable (RankedText, QueryExpansion) throws -> [IndexQuery]

  /// The tiers of what was typed, from strict to relaxed. Each is contained in the last, but for the owners of an id or
  /// an address.
  static let typed: [RankingRule] = [
    RankingRule(tier: .exact) { text, _ in exact(text) },
    RankingRule(tier: .phrase) { text, _ in phrase(text) },
    RankingRule(tier: .together) { text, _ in together(text) },
    RankingRule(tier: .fields) { try fields($0, $1) },
    RankingRule(tier: .anywhere) { text, _ in [text.anywhere] },
  ]

  /// The tiers of what may have been meant, after all of what was typed.
  static let expanded: [RankingRule] = [
    RankingRule(tier: .variant) { try $1.variants(of: $0) },
    RankingRule(tier: .corrected) { try $1.corrections(of: $0) },
  ]

  static let all = typed + expanded
}

extension Tier {
  /// Whether it finds what was typed, as it was typed.
  var isTyped: Bool { RankingRule.typed.contains { $0.tier == self } }
  /// Whether it finds what may have been meant.
  var isExpanded: Bool { RankingRule.expanded.contains { $0.tier == self } }
}
