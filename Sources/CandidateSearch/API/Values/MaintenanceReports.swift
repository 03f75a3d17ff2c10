import TextAnalysis

/// The result of a check of an index.
public struct CheckReport: Sendable, Hashable {
  /// The problems, a sentence each; at most a few of each kind.
  public internal(set) var problems: [String] = []
  /// The number of candidates in the index.
  public internal(set) var candidates = 0
  /// The number of candidates that were compared with their postings.
  public internal(set) var compared = 0

  /// Whether bytes of forgotten candidates may still be in the file, because the erasure was interrupted. The next
  /// ingest or `forget` finishes it.
  public internal(set) var isErasurePending = false

  /// The version of Unicode with which the text was analysed; nil if unknown. `rebuild` updates the text to
  /// `UnicodeVersion.current`.
  public internal(set) var unicodeVersion: UnicodeVersion?

  /// Whether there is no problem.
  public var isSound: Bool { problems.isEmpty }
}

/// The result of a backup into a folder whose oldest backups are removed.
public struct RotationSummary: Sendable, Hashable {
  /// A file, and a few words about it.
  public struct File: Sendable, Hashable {
    /// The path.
    public let path: String
    /// Why it was ignored, or could not be removed.
    public let reason: String
  }

  /// The path of the new backup.
  public let path: String
  /// The number of backups that remain at most.
  public let maximum: Int
  /// The backups in the folder now, the earliest first.
  public internal(set) var remaining: [KnownCopy] = []
  /// The paths of the removed backups, the earliest first.
  public internal(set) var removed: [String] = []
  /// The backups that should have been removed, and could not be.
  public internal(set) var failures: [File] = []
  /// Files whose names are those of backups of this index, but which are none. They were not touched.
  public internal(set) var ignored: [File] = []
}

/// The result of a restore.
public struct RestoreSummary: Sendable, Hashable {
  /// The number of candidates in the index now.
  public var candidates = 0
  /// The number of the backup's candidates that were removed, since they were forgotten after it was made.
  public var forgotten = 0
  /// The number of ids and addresses that the backup keeps out and the index does not, since their hashes have another
  /// key. 0 unless the backup is of another index.
  public var otherHashes = 0
}
