import CandidateQuery

/// What a text may be going to be.
public struct Suggestions: Sendable, Hashable {
  /// A text that is offered.
  public struct Suggestion: Sendable, Hashable {
    /// The word or the whole value.
    public let text: String
    /// The field in which it stands; a word's is the one in which it stands most often.
    public let field: Field.ID
    /// In how many candidates it stands there.
    public let count: Int
  }

  /// Words that the last word of the text begins, the most frequent first.
  public let words: [Suggestion]
  /// Whole names, titles, companies, tags and locations that hold all of the text's words, the last one as a beginning;
  /// the most frequent first, of those that the most recent candidates have.
  public let values: [Suggestion]
}
