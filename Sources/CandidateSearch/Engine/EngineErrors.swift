import CandidateModel

/// The error for parts of an index that contradict one another.
package struct InconsistentIndex: Error, CustomStringConvertible {
  package let problem: String

  package var description: String { problem }
}

/// The error for a candidate without a record.
package struct RecordMissing: Error {}

/// The error for hashes of who is forgotten without the key that they were made with.
struct ForgottenKeyLost: Error {}

extension IndexError {
  /// What an error of this library says of the index at a location; nil for any other error.
  package init?(explaining error: any Error, at location: String) {
    switch error {
    case is InconsistentIndex: self = .damaged(path: location)
    case is ForgottenKeyLost: self = .forgottenDamaged(path: location)
    case is SecondIsFull:
      self = .failed(path: location, reason: "it contains too many candidates with the same time")
    case is RecordMissing: self = .recordDamaged(path: location, reason: "the record of a candidate is lost")
    case let defect as RecordDefect: self = .recordDamaged(path: location, reason: defect.description)
    default: return nil
    }
  }
}
