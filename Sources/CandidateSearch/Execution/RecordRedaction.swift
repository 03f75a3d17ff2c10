import CandidateModel

/// Removes the members with contacts from records: what a scope without contacts returns. Belongs to one thread. Takes about
/// as long as reading the record again.
struct RecordRedaction {
  private let decoder = CandidateDecoder(origin: .stored)

  /// The candidate without the members of `IndexSchema.contactMembers`; the others keep their bytes.
  func redacted(_ candidate: Candidate) throws -> Candidate {
    try decoder.decode(candidate, without: IndexSchema.contactMembers)
  }
}
