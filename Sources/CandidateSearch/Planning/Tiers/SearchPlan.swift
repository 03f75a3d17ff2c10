import CandidateQuery

/// The plan of a query: the filter that every hit must match, and the tiers in which hits are searched.
final class SearchPlan {
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
  /// The filter as typed, which every hit of another tier than `synonym` matches.
  private let typedFilter: IndexQuery
  /// The part of `filter` that belongs to the query, not to the scope.
  let queryFilter: IndexQuery
  /// The part of the filter as typed that synonyms replace; `everything` if there is none.
  private let replacedFilter: IndexQuery
  /// The runs of words of the filter that synonyms replace.
  private let filterRuns: [SynonymRun]
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
    let statistics = expansion.statistics
    let scope = statistics.scope.filter
    let typedQueryFilter = expansion.searchable(.all(filters.map { compiler.match($0) }))
    let typedFilter = try typedQueryFilter.completed(from: statistics)
    self.typedFilter = .all([typedFilter, scope])
    let synonyms = try expansion.synonyms(of: filters, compiler)
    let replaced = synonyms.map { expansion.searchable($0.query) }
    queryFilter = try replaced?.completed(from: statistics) ?? typedFilter
    filter = replaced == nil ? self.typedFilter : .all([queryFilter, scope])
    replacedFilter =
      try replaced.map { try typedQueryFilter.part(outside: $0).completed(from: statistics) } ?? .everything
    filterRuns = synonyms?.runs ?? []
    text = try RankedText(compiler.parts(texts), statistics)
    var tiers: [PlannedTier]
    let typed: IndexQuery
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
    // Planned in any case, so that the cursor of a later tier stays valid when the synonyms change.
    tiers.insert(
      PlannedTier(tier: .synonym, text: nil) { [typed, text, filterRuns] in
        if filterRuns.isEmpty { return [.nothing] }
        var texts = [typed]
        if let text, !text.isLong { texts.append(.all(try expansion.words(of: text))) }
        return [.all([.any(texts), .any(filterRuns.map(\.query))])]
      }, at: tiers.firstIndex { $0.tier == .synonym } ?? tiers.count)
    self.typed = expansion.searchable(typed)
    self.tiers =
      statistics.scope.scope.includesContacts
      ? tiers
      : tiers.map { tier in
        PlannedTier(tier: tier.tier, text: tier.text) { try tier.queries().map(\.withoutContacts) }
      }
    notices = query.notices + compiler.notices
    self.compiler = compiler
  }

  /// The query of all hits, without an order.
  func everyHit() throws -> IndexQuery { try everyHit(filter, typedFilter) }

  /// The query of all hits for highlights: the words of a scope's filter were not typed.
  func everyHighlightedHit() throws -> IndexQuery { try everyHit(queryFilter, .everything) }

  private func everyHit(_ filter: IndexQuery, _ typedFilter: IndexQuery) throws -> IndexQuery {
    let owners = tiers.compactMap(\.text).flatMap(RankingRule.owners).map(expansion.searchable)
    let expanded = tiers.filter(\.tier.isExpanded)
    let synonyms = try expanded.filter { $0.tier == .synonym }.flatMap { try $0.queries() }
    let others = try expanded.filter { $0.tier != .synonym }.flatMap { try $0.queries() }
    let all = [typed] + owners + others
    // FTS5 evaluates all queries but those of ids together with the filter.
    let ids = all.filter { !$0.isOfPostings && $0.docids != nil }
      .map { IndexQuery.all([$0, typedFilter]) }
    let rest = IndexQuery.any(all.filter { $0.isOfPostings || $0.docids == nil })
    return .any([.all([.any([.all([rest, replacedFilter])] + synonyms), filter])] + ids)
  }

  /// The query that every hit of a tier matches.
  func filter(in tier: Tier) -> IndexQuery { tier == .synonym ? filter : typedFilter }

  /// The query of a tier that, together with `filter`, has the hits of the tier.
  func restricted(_ query: IndexQuery, in tier: Tier) -> IndexQuery {
    tier == .synonym || filterRuns.isEmpty ? query : .all([query, replacedFilter])
  }

  /// The runs of words that synonyms replace, in filters and in texts.
  func synonymRuns() throws -> [SynonymRun] {
    try filterRuns
      + tiers.filter { $0.tier == .synonym }.compactMap(\.text).flatMap { try expansion.synonymRuns(of: $0) }
  }

  /// The text that a query of a tier was made for; nil if it is for none.
  func text(of query: IndexQuery, in tier: Tier) throws -> RankedText? {
    try text ?? tiers.first { try $0.tier == tier && $0.queries().contains(query) }?.text
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

extension IndexQuery {
  /// The conjunction without the conditions that another conjunction contains.
  fileprivate func part(outside other: IndexQuery) -> IndexQuery {
    let others = other.conditions
    return .all(conditions.filter { !others.contains($0) })
  }
}
