/// How a search came to its hits.
public struct SearchExplanation: Sendable, Hashable {
  /// One query that the engine evaluated.
  public struct Step: Sendable, Hashable {
    /// The tier that needed it.
    public let tier: Tier
    /// The query in the engine's language; filter terms begin with U+E000.
    public let expression: String
    /// Where the engine looks for its answer. Bitsets in memory may have given the same answer sooner; that is not shown,
    /// since it depends on how long other searches took.
    public let source: String
    /// The number of candidates that it returned.
    public let rows: Int
    /// How long it took, in microseconds.
    public let microseconds: Int
  }

  /// The query in its canonical form.
  public let tree: String
  /// The evaluated queries, in order.
  public let steps: [Step]
}
