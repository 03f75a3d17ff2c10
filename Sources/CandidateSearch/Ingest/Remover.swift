import CandidateModel

/// Removes candidates from the index, within one transaction.
struct Remover {
  let transaction: any IndexTransaction

  /// Removes the candidates with these numbers: the postings of the docid and of the record that each has in this
  /// transaction. Returns what was removed; numbers without a candidate are left out.
  /// - Throws: `RecordMissing` for a candidate without a record, since its postings cannot be removed without it.
  @discardableResult
  func remove(_ numbers: [Int64]) throws -> [RemovedCandidate] {
    let numbers = Set(numbers)
    let stored = try transaction.records(numbers: Array(numbers))
    for number in numbers.subtracting(stored.map(\.number)) where try transaction.state(number: number) != nil
    {
      throw RecordMissing()
    }
    let builders = DocumentBuilders(customFields: try transaction.customFields())
    let removed = stored.sorted { $0.docid < $1.docid }.map { stored in
      RemovedCandidate(
        stored: stored, document: builders[stored.connector].document(of: stored.candidate))
    }
    try transaction.apply(
      removed.map { PostingChange(docid: $0.stored.docid, isInsertion: false, document: $0.document) })
    try transaction.removeRecords(removed.map(\.stored.number))
    return removed
  }
}

/// A candidate that was in the index until now.
struct RemovedCandidate: Sendable {
  let stored: StoredRecord
  /// The document that the postings were of.
  let document: Document
}
