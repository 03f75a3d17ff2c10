import ArgumentParser
import CandidateSearch

/// The option that allows more removals than the standard guard.
package struct RemovalOptions: ParsableArguments {
  @Option(name: .customLong("allow-removals"), help: "Remove up to this share of the candidates, in percent.")
  package var allowedRemovals: Percentage?

  package init() {}

  /// The guard that the option sets; the standard one without it.
  package var removalGuard: RemovalGuard {
    if let allowedRemovals { RemovalGuard(share: allowedRemovals.share, always: 0) } else { RemovalGuard() }
  }
}

/// A share as people write it: `20` or `20%`.
package struct Percentage: ExpressibleByArgument {
  /// From 0 to 1.
  package let share: Double

  package init?(argument: String) {
    guard let number = Double(argument.hasSuffix("%") ? argument.dropLast() : argument[...]),
      (0...100).contains(number)
    else { return nil }
    share = number / 100
  }
}

/// The text about candidates that an export does not contain.
package enum RemovalText {
  /// A sentence; nil if the counts are enough.
  package static func text(_ removal: Removal) -> String? {
    switch removal {
    case .removed, .wouldRemove(0, _): nil
    case .wouldRemove(let count, let examples): "would remove \(count): \(list(examples, of: count))"
    case .inputIncomplete:
      "nothing was removed: something in the input was refused, so what it lacks is not known"
    case .inputEmpty: "nothing was removed: the input contains no record at all"
    case .guarded(let count, let total, let examples):
      """
      nothing was removed: the input lacks \(count) of \(total) candidates (\(list(examples, of: count))); if they \
      are really gone, add --allow-removals \(RemovalGuard.smallestPercentage(allowing: count, of: total))%
      """
    }
  }

  private static func list(_ ids: [String], of count: Int) -> String {
    ids.joined(separator: ", ") + (count > ids.count ? ", …" : "")
  }
}
