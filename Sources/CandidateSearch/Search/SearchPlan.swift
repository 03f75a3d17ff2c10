import CandidateQuery

/// A query, ready to be asked: what every hit must match, and the tiers that order the hits.
struct SearchPlan {
  /// A tier's name and all that FTS5 is asked for it, filters included.
  struct Step {
    let tier: Tier
    let match: Match
  }

  /// Strict to relaxed. The last finds every hit.
  let steps: [Step]
  /// What the reader should know about how the query was taken.
  let notices: [QueryNotice]

  /// The plan of a query text. Throws `QueryError`.
  init(_ text: String, in context: QueryResolver.Context) throws(QueryError) {
    let (tree, parseNotices) = try QueryParser.parse(text)
    let query = try QueryResolver.resolve(tree, of: text, in: context)
    var compiler = QueryCompiler()
    steps = Self.steps(compiler.withoutEmptyTexts(query) ?? .all, &compiler)
    notices = parseNotices + compiler.notices
  }

  /// What finds every hit, in whatever order.
  var everyHit: Match { steps.last?.match ?? .nothing }

  private static func steps(_ query: Query, _ compiler: inout QueryCompiler) -> [Step] {
    let (texts, filters) = divide(query)
    let filter = Match.all(filters.map { compiler.match($0) })
    let anywhere = Match.all(texts.map { compiler.match(.text($0)) })
    guard let free = FreeText(texts, anywhere: anywhere) else {
      return [Step(tier: .recent, match: filter)]
    }
    return Tier.ranked.compactMap { tier in
      tier.match(free).map { Step(tier: tier, match: .all([$0, filter])) }
    }
  }

  /// The free texts of a conjunction, and everything else.
  private static func divide(_ query: Query) -> (texts: [QueryText], filters: [Query]) {
    let parts: [Query] = if case .and(let parts) = query { parts } else { [query] }
    var texts: [QueryText] = []
    var filters: [Query] = []
    for part in parts {
      if case .text(let text) = part { texts.append(text) } else { filters.append(part) }
    }
    return (texts, filters)
  }
}
