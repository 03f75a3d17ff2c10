/// The queries that a search evaluated.
public struct SearchExplanation: Sendable, Hashable {
  /// One query that the engine evaluated.
  public struct Step: Sendable, Hashable {
    /// The tier that needed it.
    public let tier: Tier
    /// The query in the engine's language; filter terms begin with U+E000.
    public let expression: String
    /// The source that the engine evaluates it on. Bitsets in memory may have been used instead; that is not shown,
    /// since it depends on the times of other searches.
    public let source: String
    /// The number of candidates that it returned.
    public let rows: Int
    /// The time that it took, in microseconds.
    public let microseconds: Int
  }

  /// The query in its canonical form.
  public let tree: String
  /// The evaluated queries, in order.
  public let steps: [Step]
}
