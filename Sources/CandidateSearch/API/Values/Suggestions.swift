import CandidateQuery

/// What a text may be going to be.
public struct Suggestions: Sendable, Hashable {
  /// A text that is offered.
  public struct Suggestion: Sendable, Hashable {
    /// The word or the whole value.
    public let text: String
    /// Its field; of a word, the field in which it occurs most often.
    public let field: Field.ID
    /// The number of candidates with it in this field.
    public let count: Int
  }

  /// Words that the last word of the text begins, the most frequent first.
  public let words: [Suggestion]
  /// Whole names, titles, companies, tags and locations that hold all of the text's words, the last one as a beginning;
  /// the most frequent first, of those that the most recent candidates have.
  public let values: [Suggestion]
}
