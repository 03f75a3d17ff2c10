/// How a search came to its hits.
public struct SearchExplanation: Sendable, Hashable {
  /// One question to the index.
  public struct Step: Sendable, Hashable {
    /// The tier that asked it.
    public let tier: String
    let match: IndexQuery
    /// How many candidates it gave.
    public let rows: Int
    /// How long it took, in microseconds.
    public let microseconds: Int

    /// What FTS5 was asked; keys stand behind U+E000.
    public var expression: String { match.description }
    /// Where the answer stands. (Sets in memory may have given the same sooner: it is not told, since that depends on
    /// how long other searches took.)
    public var source: String { SearchStatement(match).index }
  }

  let query: ParsedQuery
  /// The query in its canonical form.
  public var tree: String { query.tree }
  /// What was asked, in order.
  public let steps: [Step]
}
