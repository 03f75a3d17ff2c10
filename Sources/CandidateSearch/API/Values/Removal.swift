/// A limit for the removal of a connector's candidates that an export no longer contains: a permission that was lost in
/// the source has the same effect as thousands of deletions.
public struct RemovalGuard: Sendable, Hashable {
  /// The share of the connector's candidates that may be removed, from 0 to 1.
  public var share: Double
  /// The number of candidates that may be removed even beyond `share`, if they are at most half of all.
  public var always: Int

  /// A guard: the larger of a tenth and, up to half, a hundred by default.
  public init(share: Double = 0.1, always: Int = 100) {
    self.share = share
    self.always = always
  }

  /// The smallest whole percentage that allows this many removals; 0 without candidates.
  public static func smallestPercentage(allowing removals: Int, of candidates: Int) -> Int {
    candidates == 0 ? 0 : Int((Double(removals) / Double(candidates) * 100).rounded(.up))
  }

  /// Compares quotients, which equal a share in whole percent exactly; a product may be rounded below it.
  func allows(_ removals: Int, of candidates: Int) -> Bool {
    guard removals > 0 else { return true }
    return Double(removals) / Double(candidates) <= share || removals <= min(always, candidates / 2)
  }
}

/// The result of the removal of candidates that an export does not contain.
public enum Removal: Sendable, Hashable {
  /// This many were removed, from 0.
  case removed(Int)
  /// A dry run would remove this many; with at most three of their ids.
  case wouldRemove(Int, examples: [String])
  /// None was removed: a record of the input was refused, so that the input may contain any candidate.
  case inputIncomplete
  /// None was removed: the input contains no record, as an input that was cut off does.
  case inputEmpty
  /// None was removed: this many are more than the guard allows; with at most three of their ids.
  case guarded(Int, of: Int, examples: [String])

  /// The number of candidates that were removed.
  public var count: Int { if case .removed(let count) = self { count } else { 0 } }

  /// Whether nothing was removed because of the input or the guard.
  public var isRefused: Bool {
    switch self {
    case .removed, .wouldRemove: false
    case .inputIncomplete, .inputEmpty, .guarded: true
    }
  }
}
