import CandidateQuery

/// One of the texts of an OR.
struct Alternative {
  let query: IndexQuery
  /// Its words; nil if it contains none, as a phone number.
  let text: RankedText?
  let expansion: QueryExpansion

  /// The maximum number of alternatives that are ranked.
  private static let maximumCount = 5

  /// The alternatives of an OR; nil if there are too many, or if any is not free text.
  static func split(_ query: Query) -> [Query]? {
    guard case .or(let parts) = query, (2...maximumCount).contains(parts.count),
      parts.allSatisfy({ texts(of: $0) != nil })
    else { return nil }
    return parts
  }

  private static func texts(of query: Query) -> [QueryText]? {
    switch query {
    case .text(let text): return [text]
    case .and(let parts):
      let texts = parts.map { part -> QueryText? in if case .text(let text) = part { text } else { nil } }
      return texts.contains(nil) ? nil : texts.compactMap(\.self)
    default: return nil
    }
  }

  init(_ query: Query, compiledBy compiler: inout QueryCompiler, _ expansion: QueryExpansion) throws {
    self.expansion = expansion
    text = try RankedText(compiler.parts(Self.texts(of: query) ?? []), expansion.statistics)
    self.query = text?.anywhere ?? compiler.match(query)
  }

  /// The tiers of several alternatives. Candidates that match more of them come first, then those that match the rarer
  /// ones. A candidate that matches one alternative alone comes in the tiers of that alternative.
  static func tiers(of alternatives: [Alternative]) -> [SearchPlan.PlannedTier] {
    let rarestFirst = alternatives.enumerated().sorted {
      ($0.element.expectedCount, $0.offset) < ($1.element.expectedCount, $1.offset)
    }.map(\.element)
    let several = (2...rarestFirst.count).reversed().flatMap { combinations(of: rarestFirst, $0) }.map {
      combination in
      SearchPlan.PlannedTier(tier: .alternatives, text: nil) { [.all(combination.map(\.query))] }
    }
    return several + rarestFirst.flatMap { $0.tiers(by: RankingRule.typed) }
      + rarestFirst.flatMap { $0.tiers(by: RankingRule.expanded) }
  }

  private var expectedCount: Double { text?.expectedCount ?? 0 }

  private func tiers(by rules: [RankingRule]) -> [SearchPlan.PlannedTier] {
    guard let text else { return [SearchPlan.PlannedTier(tier: .alternatives, text: nil) { [query] }] }
    return SearchPlan.tiers(of: text, by: rules, expansion)
  }

  /// All combinations of `count` alternatives, in lexicographic order.
  private static func combinations(of all: [Alternative], _ count: Int) -> [[Alternative]] {
    if count == 0 { return [[]] }
    return all.indices.flatMap { i in
      combinations(of: Array(all[(i + 1)...]), count - 1).map { [all[i]] + $0 }
    }
  }
}
