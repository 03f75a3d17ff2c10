/// How many of a connector's candidates may be removed because an export no longer contains them. A permission lost
/// upstream looks the same as thousands of deletions.
public struct RemovalGuard: Sendable, Hashable {
  /// The share of the connector's candidates that may be removed, from 0 to 1.
  public var share: Double
  /// This many may be removed beyond `share`, if they are at most half of the candidates.
  public var always: Int

  /// A guard: the larger of a tenth and, up to half, a hundred by default.
  public init(share: Double = 0.1, always: Int = 100) {
    self.share = share
    self.always = always
  }

  /// A quotient is compared, because it equals the share that `--allow-removals` takes; a product may be rounded below.
  func allows(_ removals: Int, of candidates: Int) -> Bool {
    guard removals > 0 else { return true }
    return Double(removals) / Double(candidates) <= share || removals <= min(always, candidates / 2)
  }
}

/// What became of the candidates that an export did not hold.
public enum Removal: Sendable, Hashable {
  /// So many were removed; 0 where all were still there.
  case removed(Int)
  /// So many would be removed (a dry run); with a few of their ids.
  case wouldRemove(Int, examples: [String])
  /// Something in the input was refused, so that nobody knows what it holds: none was removed.
  case inputIncomplete
  /// The input held no record at all, as one that broke off does: none was removed.
  case inputEmpty
  /// More than the guard allows: none was removed. With a few of their ids.
  case guarded(Int, of: Int, examples: [String])
}
