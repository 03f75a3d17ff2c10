import CandidateQuery

/// Completions of a text.
public struct Suggestions: Sendable, Hashable {
  /// A completion.
  public struct Suggestion: Sendable, Hashable {
    /// The word or the whole value.
    public let text: String
    /// Its field; of a word, the field in which it occurs most often.
    public let field: Field.ID
    /// The number of candidates with it in this field.
    public let count: Int
  }

  /// Words with the last word of the text as a prefix, the most frequent first.
  public let words: [Suggestion]
  /// Whole names, titles, companies, tags and locations that contain all of the text's words, the last one as a prefix.
  /// They are taken from the most recent matching candidates; the most frequent come first.
  public let values: [Suggestion]
}
