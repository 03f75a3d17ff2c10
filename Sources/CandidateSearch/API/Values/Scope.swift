import CandidateModel

/// The set of candidates that a caller may see. No result, order, count, suggestion, message or cursor contains the
/// others or depends on them.
public struct Scope: Sendable, Hashable {
  /// Whether it contains private candidates.
  public let includesPrivate: Bool

  /// All candidates.
  public static let all = Scope(includesPrivate: true)
  /// The candidates that are not private, or of whom it is unknown.
  public static let `public` = Scope(includesPrivate: false)

  /// Both scopes, by their names on the command line.
  public static let named: KeyValuePairs<String, Scope> = ["all": .all, "public": .public]
}

extension Scope {
  /// The query that the candidates of the scope match, and no others.
  var filter: IndexQuery { includesPrivate ? .everything : .none(of: .term(.flag(.isPrivate, true))) }

  /// Whether a candidate belongs to the scope.
  func contains(_ candidate: Candidate) -> Bool { includesPrivate || candidate.isPrivate != true }
}
