import CandidateModel

extension Scope {
  /// What every candidate of the scope matches, and no other.
  var filter: IndexQuery { includesPrivate ? .everything : .none(of: .term(.flag(.isPrivate, true))) }

  /// Whether a candidate belongs to the scope.
  func contains(_ candidate: Candidate) -> Bool { includesPrivate || candidate.isPrivate != true }
}
