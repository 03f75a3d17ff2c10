import CandidateQuery

/// One of the texts that OR offers.
struct Alternative {
  let match: IndexQuery
  /// Nil where it contains no words, but a number, say.
  let text: RankedText?
  let expansion: QueryExpansion

  /// More alternatives are not ranked.
  private static let most = 5

  /// What an OR offers, if it is free text all of it and not too much.
  static func offers(of query: Query) -> [Query]? {
    guard case .or(let parts) = query, (2...most).contains(parts.count),
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
    match = compiler.match(query)
    self.expansion = expansion
    let texts = (Self.texts(of: query) ?? []).map { compiler.analyzed($0) }
    text = try RankedText(texts, anywhere: match, expansion.statistics)
  }

  /// Those who match more alternatives come first, then those who match the rarer; who matches one of them only, in
  /// its own tiers.
  static func stages(_ alternatives: [Alternative]) -> [SearchPlan.Stage] {
    let rarestFirst = alternatives.enumerated().sorted {
      ($0.element.expectedCount, $0.offset) < ($1.element.expectedCount, $1.offset)
    }.map(\.element)
    let several = (2...rarestFirst.count).reversed().flatMap { combinations(of: rarestFirst, $0) }.map {
      some in
      SearchPlan.Stage(tier: .alternatives, text: nil) { [.all(some.map(\.match))] }
    }
    return several + rarestFirst.flatMap { $0.stages(RankingRule.typed) }
      + rarestFirst.flatMap { $0.stages(RankingRule.expanded) }
  }

  private var expectedCount: Double { text?.expectedCount ?? 0 }

  private func stages(_ rules: [RankingRule]) -> [SearchPlan.Stage] {
    guard let text else { return [SearchPlan.Stage(tier: .alternatives, text: nil) { [match] }] }
    return SearchPlan.stages(rules, of: text, expansion)
  }

  /// All combinations of `count` alternatives, those with the first ones first.
  private static func combinations(of all: [Alternative], _ count: Int) -> [[Alternative]] {
    if count == 0 { return [[]] }
    return all.indices.flatMap { i in
      combinations(of: Array(all[(i + 1)...]), count - 1).map { [all[i]] + $0 }
    }
  }
}
