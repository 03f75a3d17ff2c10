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

  /// The version of Unicode with which the text was prepared; nil where it is unknown. Where it is another than
  /// `UnicodeVersion.current`, `rebuild` renews it.
  public internal(set) var unicodeVersion: UnicodeVersion?

  /// Whether nothing is wrong.
  public var isSound: Bool { problems.isEmpty }
}

/// What a restore did.
public struct RestoreSummary: Sendable, Hashable {
  /// How many candidates the index contains now.
  public var candidates = 0
  /// How many candidates of the backup were removed from it, because they were forgotten after it was made.
  public var forgotten = 0
  /// How many ids the backup keeps out that the index does not: their hashes have another key. 0 unless the backup is of
  /// another index.
  public var otherHashes = 0
}
