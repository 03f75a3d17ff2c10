import CandidateModel

/// Removes the members from records that contain contacts or may: what a scope without contacts returns. Belongs to one thread.
/// Takes about as long as reading the record again.
struct RecordRedaction {
  private let decoder = CandidateDecoder(origin: .stored)

  /// The candidate with the members of `IndexSchema.membersWithoutContacts` alone, which keep their bytes.
  func redacted(_ candidate: Candidate) throws -> Candidate {
    try decoder.decode(candidate, keeping: IndexSchema.membersWithoutContacts)
  }
}
