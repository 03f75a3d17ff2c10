import TextAnalysis

/// What a check of an index has found.
public struct CheckReport: Sendable, Hashable {
  /// What is wrong, a sentence each; at most a few of each kind.
  public internal(set) var problems: [String] = []
  /// How many candidates the index holds.
  public internal(set) var candidates = 0
  /// How many of them were looked for one by one.
  public internal(set) var compared = 0

  /// Whether bytes of forgotten candidates may still be in the file, since the process that was to erase them was
  /// interrupted. The next ingest, or `forget`, erases them.
  public internal(set) var isErasurePending = false

  /// The version of Unicode with which the text was prepared; nil where the index does not tell. Where it is another than
  /// `UnicodeVersion.current`, `rebuild` renews it.
  public internal(set) var unicodeVersion: UnicodeVersion?

  /// Whether nothing is wrong.
  public var isSound: Bool { problems.isEmpty }
}
