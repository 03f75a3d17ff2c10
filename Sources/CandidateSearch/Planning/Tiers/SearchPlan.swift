import CandidateQuery

/// The plan of a query: what every hit must match, and the stages in which hits are searched.
struct SearchPlan {
  /// A tier of a text. Its queries are made lazily and memoised.
  final class Stage {
    let tier: Tier
    let text: RankedText?
    private let make: () throws -> [IndexQuery]
    private lazy var made = Result { try make() }

    init(tier: Tier, text: RankedText?, make: @escaping () throws -> [IndexQuery]) {
      (self.tier, self.text, self.make) = (tier, text, make)
    }

    func queries() throws -> [IndexQuery] { try made.get() }
  }

  /// Strict to relaxed; together they find every hit.
  let stages: [Stage]
  /// What holds in every stage.
  let filter: IndexQuery
  /// What finds everything that was typed, beside the filter.
  let typed: IndexQuery
  /// The text that is ranked; nil where there is none, or several of which any will do.
  let text: RankedText?
  let expansion: QueryExpansion
  /// Contains the analysed texts of the query.
  let compiler: QueryCompiler
  /// What the reader should know about how the query was taken.
  let notices: [QueryNotice]

  /// The plan of a query. Throws `QueryError`.
  init(_ query: ParsedQuery, _ expansion: QueryExpansion) throws {
    self.expansion = expansion
    var compiler = QueryCompiler()
    let (texts, offers, filters) = Self.divide(compiler.withoutEmptyTexts(query.query) ?? .all)
    let filter = filters.map { compiler.match($0) }
    self.filter = .all(
      try filter.map { try $0.completed(from: expansion.statistics) } + [expansion.statistics.scope.filter])
    let anywhere = IndexQuery.all(texts.map { compiler.match(.text($0)) })
    text = try RankedText(
      texts.map { compiler.analyzed($0) }, anywhere: anywhere, expansion.statistics)
    if let text {
      stages = Self.stages(RankingRule.all, of: text, expansion)
      typed = anywhere
    } else if !offers.isEmpty {
      let alternatives = try offers.map { try Alternative($0, compiledBy: &compiler, expansion) }
      stages = Alternative.stages(alternatives)
      typed = .any(alternatives.map(\.match))
    } else {
      stages = [Stage(tier: .recent, text: nil) { [.everything] }]
      typed = .everything
    }
    notices = query.notices + compiler.notices
    self.compiler = compiler
  }

  /// What finds every hit, in whatever order.
  func everyHit() throws -> IndexQuery {
    let owners = stages.compactMap(\.text).flatMap(RankingRule.owners)
    let meant = try stages.filter(\.tier.isExpanded).flatMap { try $0.queries() }
    let all = [typed] + owners + meant
    // FTS5 answers all but ids with the filter at once.
    let ids = all.filter { !$0.isOfPostings && $0.docids != nil }.map { IndexQuery.all([$0, filter]) }
    return .any([.all([.any(all.filter { $0.isOfPostings || $0.docids == nil }), filter])] + ids)
  }

  static func stages(_ rules: [RankingRule], of text: RankedText, _ expansion: QueryExpansion) -> [Stage] {
    rules.map { rule in Stage(tier: rule.tier, text: text) { try rule.queries(text, expansion) } }
  }

  /// The free texts of a conjunction; without any, what its only OR of texts offers; and everything else.
  private static func divide(_ query: Query) -> (texts: [QueryText], offers: [Query], filters: [Query]) {
    let parts: [Query] = if case .and(let parts) = query { parts } else { [query] }
    var texts: [QueryText] = []
    var filters: [Query] = []
    for part in parts {
      if case .text(let text) = part { texts.append(text) } else { filters.append(part) }
    }
    guard texts.isEmpty else { return (texts, [], filters) }
    let ranked = filters.indices.filter { Alternative.offers(of: filters[$0]) != nil }
    guard ranked.count == 1, let i = ranked.first, let offers = Alternative.offers(of: filters[i]) else {
      return ([], [], filters)
    }
    filters.remove(at: i)
    return ([], offers, filters)
  }
}
