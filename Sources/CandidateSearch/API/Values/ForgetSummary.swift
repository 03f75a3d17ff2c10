import CandidateModel

/// The result of `forget`.
public struct ForgetSummary: Sendable, Hashable {
  /// The ids whose records were in the index and were removed.
  public var removed: [String] = []
  /// The ids that were not in the index. They are kept out too.
  public var unknown: [String] = []
  /// Texts of the candidates that are still in the file; empty if the verification found none. Where something is
  /// compressed as they were, and may contain them, the last is `(compressed records)`.
  public var leftovers: [String] = []
  /// Damages of the index that keep the erasure from being verified, a sentence each.
  public var problems: [String] = []
  /// Known copies that may contain the candidates. They are not erased.
  public var copies: [KnownCopy] = []
  /// What the storage keeps of the candidates although nothing of them is in the index, and until when, as in "the server's
  /// WAL before LSN 0/1A2B3C0 (…)"; nil for an index file, where nothing is kept.
  public var horizon: String?

  /// Whether the verification found nothing left in the file.
  public var isVerified: Bool { leftovers.isEmpty && problems.isEmpty }
}

/// A file outside the index that is known to contain candidates.
public struct KnownCopy: Sendable, Hashable {
  /// What the file is.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// A copy of the index.
    case backup
    /// Records that were refused.
    case rejects
  }

  /// The absolute path.
  public let path: String
  /// What the file is.
  public let kind: Kind
  /// When it was last written.
  public let writtenAt: Timestamp
  /// The number of further backups after which the rotation of its folder removes it, from 1; nil if no rotation does.
  public var backupsUntilRemoval: Int?

  package init(path: String, kind: Kind, writtenAt: Timestamp) {
    self.path = path
    self.kind = kind
    self.writtenAt = writtenAt
  }
}
