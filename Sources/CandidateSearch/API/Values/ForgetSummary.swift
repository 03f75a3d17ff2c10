import CandidateModel

/// What `forget` did.
public struct ForgetSummary: Sendable, Hashable {
  /// The ids whose records were in the index and are gone.
  public var removed: [String] = []
  /// The ids that were not in the index; they are kept out from now on all the same.
  public var unknown: [String] = []
  /// Texts of the people that are still in the file; empty where the verification found nothing.
  public var leftovers: [String] = []
  /// Damages of the index because of which the erasure cannot be verified, one sentence each.
  public var problems: [String] = []
  /// Copies that the index knows of and that may hold the people: they are not erased.
  public var copies: [KnownCopy] = []

  /// Whether it was verified that nothing is left in the file.
  public var isVerified: Bool { leftovers.isEmpty && problems.isEmpty }
}

/// A file with candidates outside the index, of which the index knows.
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
}
