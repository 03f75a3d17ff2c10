import CandidateModel
import CandidateQuery
import Synchronization

/// A scope as the searches of one day see it, and what they have looked up in it. Safe to use from many threads.
final class ResolvedScope: Sendable {
  let scope: Scope
  /// The query that the candidates of the scope match, and no others.
  let filter: IndexQuery
  /// Whether what is looked up in it stays the same for a generation.
  let isMemoised: Bool
  /// The words that occur in the scope; in a scope with a filter not used.
  let spellingIndex = GenerationCache<SpellingIndex>()
  /// The frequencies of terms; in a scope with a filter not used.
  let frequencies = GenerationMemo<String, TermFrequency>(maximumCount: 10_000)
  /// Whether the postings lack a term, and whether they lack all with a prefix.
  let missingTerms = GenerationMemo<String, Bool>(maximumCount: 1_000)
  let missingPrefixes = GenerationMemo<String, Bool>(maximumCount: 1_000)
  /// The words in all of their variants. Looking them up takes longer than evaluating a query of frequent words on bitsets.
  let variants: GenerationMemo<QueryExpansion.WordKey, IndexQuery>
  /// The words within a small edit distance of others.
  let neighbors: GenerationMemo<QueryExpansion.NeighborsKey, [SpellingIndex.Neighbor]>
  /// The occupations of titles, in words.
  let occupations: GenerationMemo<[String], [QueryExpansion.Occupation]>
  /// The queries of the variants of texts: pages, counts and other filters of a search have the same text.
  let texts: GenerationMemo<QueryExpansion.TextKey, [IndexQuery]>
  let textsOfOccupations: GenerationMemo<QueryExpansion.TextKey, [QueryExpansion.OccupationQuery]>
  let counts: ScopedCounts.Cache
  /// Which connectors have candidates in it; in a scope without a filter not used.
  private let connectors: GenerationMemo<String, Bool>

  /// Whether the stored term statistics do not count its candidates.
  var hasFilter: Bool { scope.hasFilter }

  /// The maximum number of words whose expansions are remembered. Each has some dozen variants, which take a few kilobytes.
  private static let maximumWords = 2_000
  /// The same in a scope with a filter: there may be many of these.
  private static let maximumWordsOfFilter = 100

  /// - Parameter filters: the compiled filters of the scope.
  init(_ scope: Scope, filter filters: [IndexQuery]) {
    self.scope = scope
    let visible = scope.includesPrivate ? IndexQuery.everything : .none(of: .term(.flag(.isPrivate, true)))
    filter = .all(filters + [visible])
    isMemoised = !filter.dependsOnModification
    let maximumCount =
      filters.isEmpty ? Self.maximumWords : isMemoised ? Self.maximumWordsOfFilter : 0
    variants = GenerationMemo(maximumCount: maximumCount)
    neighbors = GenerationMemo(maximumCount: maximumCount)
    occupations = GenerationMemo(maximumCount: maximumCount)
    texts = GenerationMemo(maximumCount: maximumCount / 10)
    textsOfOccupations = GenerationMemo(maximumCount: maximumCount / 10)
    counts = ScopedCounts.Cache(isEnabled: isMemoised)
    connectors = GenerationMemo(maximumCount: isMemoised ? 1_000 : 0)
  }

  /// Resolves a scope.
  /// - Throws: `QueryError` for a filter on a custom field that the index does not contain: no candidate would be excluded by
  ///   the negation of it.
  convenience init(_ scope: Scope, now: Timestamp, customFields: () throws -> Set<CustomField>) throws {
    self.init(
      scope,
      filter: try scope.filters.map { filter in
        let context = QueryResolver.Context(
          now: now, customFields: filter.tree.hasCustomField ? try customFields() : [])
        var compiler = QueryCompiler()
        return compiler.match(try QueryResolver.resolve(filter.tree, of: filter.text, in: context))
      })
  }

  /// Whether it shows a connector: without a filter each, else one with candidates in it. Memoised for each generation.
  func shows(connector: String, in snapshot: any IndexSnapshot) throws -> Bool {
    if !hasFilter { return true }
    return try connectors.value(of: connector, in: snapshot) {
      let query = IndexQuery.all([.term(FilterTerm(.connector, connector)), filter])
      return try !snapshot.docids(of: query, from: .min, limit: 1).isEmpty
    }
  }

  /// Checks that a clause of a filter can match a candidate: the negation of one that cannot would exclude none.
  static func checkCanMatch(_ clause: FieldClause, of text: String) throws(QueryError) {
    let tree = QueryTree.field(clause)
    let context = QueryResolver.Context(now: .now, customFields: tree.customFields)
    var compiler = QueryCompiler()
    if compiler.match(try QueryResolver.resolve(tree, of: text, in: context)) != .nothing { return }
    throw QueryError(
      query: text, place: clause.place, problem: "\(clause.description.cut) can match no candidate",
      advice: "leave it out, or write another value")
  }
}

/// The scopes that were searched recently. Safe to use from many threads.
final class ScopeCache: Sendable {
  let all = ResolvedScope(.all, filter: [])
  let `public` = ResolvedScope(.public, filter: [])
  private let others = Mutex<[Key: ResolvedScope]>([:])

  /// The maximum number of other scopes: each takes about a megabyte.
  private static let maximumCount = 64

  private struct Key: Hashable {
    let scope: Scope
    /// Nil if the scope is the same on each day.
    let day: CivilDate?
  }

  /// The scope without a filter that contains the same private candidates.
  func withoutFilter(_ scope: Scope) -> ResolvedScope { scope.includesPrivate ? all : `public` }

  /// A scope at a moment. Each is resolved once a day, and again where the index does not contain its custom fields.
  /// - Throws: `QueryError` for a custom field that the index does not contain.
  func resolved(_ scope: Scope, now: Timestamp, in snapshot: any IndexSnapshot) throws -> ResolvedScope {
    if scope == .all { return all }
    if scope == .public { return `public` }
    // Ages are counted in days.
    let dependsOnTime = scope.filters.contains(where: \.dependsOnTime)
    let key = Key(scope: scope, day: dependsOnTime ? now.date : nil)
    let custom = scope.filters.reduce(into: Set<CustomField>()) { $0.formUnion($1.tree.customFields) }
    let isKnown = try custom.isEmpty || custom.isSubset(of: snapshot.customFields())
    if isKnown, let known = others.withLock({ $0[key] }) { return known }
    let resolved = try ResolvedScope(scope, now: now, customFields: snapshot.customFields)
    others.withLock { others in
      if others.count >= Self.maximumCount { others.removeAll() }
      others[key] = resolved
    }
    return resolved
  }
}
