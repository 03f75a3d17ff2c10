import CandidateModel

/// The candidates that exist for a caller. Those outside of it are in no result, order, count, suggestion, message or
/// cursor, and no answer depends on them.
public struct Scope: Sendable, Hashable {
  /// Whether candidates that are known to be private belong to it.
  public let includesPrivate: Bool

  /// All candidates.
  public static let all = Scope(includesPrivate: true)
  /// The candidates that are not private. Candidates of whom it is not known belong to it.
  public static let `public` = Scope(includesPrivate: false)

  /// Both scopes, by the names under which the command line knows them.
  public static let named: KeyValuePairs<String, Scope> = ["all": .all, "public": .public]
}

extension Scope {
  /// What every candidate of the scope matches, and no other.
  var filter: IndexQuery { includesPrivate ? .everything : .none(of: .term(.flag(.isPrivate, true))) }

  /// Whether a candidate belongs to the scope.
  func contains(_ candidate: Candidate) -> Bool { includesPrivate || candidate.isPrivate != true }
}
