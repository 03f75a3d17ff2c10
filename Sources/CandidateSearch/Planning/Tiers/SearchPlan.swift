import CandidateQuery

/// The plan of a query: the filter that every hit must match, and the tiers in which hits are searched.
struct SearchPlan {
  /// A tier, with its queries, which are made lazily and memoised.
  final class PlannedTier {
    let tier: Tier
    let text: RankedText?
    private let make: () throws -> [IndexQuery]
    private lazy var made = Result { try make() }

    init(tier: Tier, text: RankedText?, make: @escaping () throws -> [IndexQuery]) {
      self.tier = tier
      self.text = text
      self.make = make
    }

    func queries() throws -> [IndexQuery] { try made.get() }
  }

  /// The tiers, from strict to relaxed. Together they find every hit.
  let tiers: [PlannedTier]
  /// The query that every hit matches, in every tier.
  let filter: IndexQuery
  /// The query of everything that was typed besides the filter.
  let typed: IndexQuery
  /// The text that tiers rank; nil without text, and for alternatives.
  let text: RankedText?
  let expansion: QueryExpansion
  /// Contains the analysed texts of the query.
  let compiler: QueryCompiler
  /// Notes on how the query was read.
  let notices: [QueryNotice]

  /// Plans a query.
  /// - Throws: `QueryError`.
  init(_ query: ParsedQuery, _ expansion: QueryExpansion) throws {
    self.expansion = expansion
    var compiler = QueryCompiler()
    let (texts, parts, filters) = Self.divide(compiler.withoutEmptyTexts(query.query) ?? .all)
    let filter = filters.map { compiler.match($0) }
    self.filter = .all(
      try filter.map { try $0.completed(from: expansion.statistics) } + [expansion.statistics.scope.filter])
    text = try RankedText(compiler.parts(texts), expansion.statistics)
    if let text {
      tiers = Self.tiers(of: text, by: RankingRule.all, expansion)
      typed = text.anywhere
    } else if !parts.isEmpty {
      let alternatives = try parts.map { try Alternative($0, compiledBy: &compiler, expansion) }
      tiers = Alternative.tiers(of: alternatives)
      typed = .any(alternatives.map(\.query))
    } else {
      tiers = [PlannedTier(tier: .recent, text: nil) { [.everything] }]
      typed = .everything
    }
    notices = query.notices + compiler.notices
    self.compiler = compiler
  }

  /// The query of all hits, without an order.
  func everyHit() throws -> IndexQuery {
    let owners = tiers.compactMap(\.text).flatMap(RankingRule.owners)
    let expanded = try tiers.filter(\.tier.isExpanded).flatMap { try $0.queries() }
    let all = [typed] + owners + expanded
    // FTS5 evaluates all queries but those of ids together with the filter.
    let ids = all.filter { !$0.isOfPostings && $0.docids != nil }.map { IndexQuery.all([$0, filter]) }
    return .any([.all([.any(all.filter { $0.isOfPostings || $0.docids == nil }), filter])] + ids)
  }

  static func tiers(
    of text: RankedText, by rules: [RankingRule], _ expansion: QueryExpansion
  ) -> [PlannedTier] {
    rules.map { rule in PlannedTier(tier: rule.tier, text: text) { try rule.queries(text, expansion) } }
  }

  /// Divides a conjunction into its free texts, or without any the alternatives of its only OR of texts, and its
  /// filters.
  private static func divide(
    _ query: Query
  ) -> (texts: [QueryText], alternatives: [Query], filters: [Query]) {
    let parts: [Query] = if case .and(let parts) = query { parts } else { [query] }
    var texts: [QueryText] = []
    var filters: [Query] = []
    for part in parts {
      if case .text(let text) = part { texts.append(text) } else { filters.append(part) }
    }
    guard texts.isEmpty else { return (texts, [], filters) }
    let ranked = filters.indices.filter { Alternative.split(filters[$0]) != nil }
    guard ranked.count == 1, let i = ranked.first, let alternatives = Alternative.split(filters[i]) else {
      return ([], [], filters)
    }
    filters.remove(at: i)
    return ([], alternatives, filters)
  }
}
