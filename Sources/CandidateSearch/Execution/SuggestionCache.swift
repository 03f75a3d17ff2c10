/// The suggestions for recent texts, for all readers of one generation of the postings: the first letters of many words
/// are the same. Safe to use from many threads.
final class SuggestionCache: Sendable {
  private struct Request: Hashable {
    let text: String
    let limit: Int
    let scope: Scope
  }

  /// The maximum number of texts. Each takes about two kilobytes.
  static let maximumCount = 5_000

  private let known = GenerationMemo<Request, Suggestions>(maximumCount: maximumCount)

  /// The suggestions for a text in the state of the index that a snapshot is of. They are not remembered for a scope that
  /// depends on the time, or on `modified_at`.
  func suggestions(
    _ text: String, limit: Int, scope: ResolvedScope, in snapshot: any IndexSnapshot,
    _ find: () throws -> Suggestions
  ) throws -> Suggestions {
    if !scope.isMemoised || scope.scope.filters.contains(where: \.dependsOnTime) { return try find() }
    return try known.value(of: Request(text: text, limit: limit, scope: scope.scope), in: snapshot, find)
  }
}
