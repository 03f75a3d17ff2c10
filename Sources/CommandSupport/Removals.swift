import CandidateSearch

extension Removal {
  /// How many were removed.
  package var count: Int { if case .removed(let count) = self { count } else { 0 } }

  /// Whether nothing was removed though something should have been.
  package var isRefused: Bool {
    switch self {
    case .removed, .wouldRemove: false
    case .inputIncomplete, .inputEmpty, .guarded: true
    }
  }
}

extension RemovalGuard {
  /// The guard that `--allow-removals` asks for; the usual one where nobody has.
  package init(allowing share: Percentage?) {
    if let share { self.init(share: share.share, always: 0) } else { self.init() }
  }
}

/// What is said of candidates that an export does not hold.
package enum RemovalText {
  /// A sentence, or nil where the counts say it all.
  package static func text(_ removal: Removal) -> String? {
    switch removal {
    case .removed, .wouldRemove(0, _): nil
    case .wouldRemove(let count, let examples): "would remove \(count): \(list(examples, of: count))"
    case .inputIncomplete:
      "nothing was removed: something in the input was refused, so what it lacks is not known"
    case .inputEmpty: "nothing was removed: the input holds no record at all"
    case .guarded(let count, let total, let examples):
      """
      nothing was removed: the input lacks \(count) of \(total) candidates (\(list(examples, of: count))); if they \
      are really gone, add --allow-removals \(Int((Double(count) / Double(total) * 100).rounded(.up)))%
      """
    }
  }

  private static func list(_ ids: [String], of count: Int) -> String {
    ids.joined(separator: ", ") + (count > ids.count ? ", …" : "")
  }
}
