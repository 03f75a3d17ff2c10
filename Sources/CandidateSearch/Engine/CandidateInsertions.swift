/// The docids of a transaction, as `DocidAllocator` reads and changes them.
package struct TransactionDocids: MutableDocidTable {
  package let insertions: CandidateInsertions
  private var transaction: any IndexTransaction { insertions.transaction }

  package func first(in range: ClosedRange<Int64>) throws -> DocidEntry? {
    let stored = try transaction.firstCandidate(in: range)
    guard let waiting = insertions.first(in: range) else { return stored }
    return stored.map { $0.docid < waiting.docid ? $0 : waiting } ?? waiting
  }
  package func key(of entry: DocidEntry) throws -> DocidKey {
    try insertions.key(of: entry) ?? transaction.docidKey(of: entry)
  }
  package func move(_ entry: DocidEntry, to docid: Docid) throws {
    if insertions.key(of: entry) != nil { try insertions.flush() }
    try transaction.move(entry, to: docid)
  }
}

/// New candidates of a connector, stored together: SQLite stores several rows of one statement in half the time, and makes
/// their postings meanwhile. `flush` must precede whatever reads them. Belongs to one thread.
package final class CandidateInsertions {
  package let transaction: any IndexTransaction
  private let connector: String
  /// With ascending numbers.
  private var waiting: [NewCandidate] = []
  private var docids = TakenDocids()

  package init(in transaction: any IndexTransaction, connector: String) {
    self.transaction = transaction
    self.connector = connector
  }

  /// Adds a candidate, whose number must be higher than those of the candidates before.
  package func add(_ candidate: NewCandidate) {
    waiting.append(candidate)
    docids.insert(DocidEntry(number: candidate.number, docid: candidate.docid))
  }

  /// The waiting candidate with the lowest docid in a range.
  fileprivate func first(in range: ClosedRange<Int64>) -> DocidEntry? { docids.first(in: range) }

  /// The key of a waiting candidate; nil for any other.
  fileprivate func key(of entry: DocidEntry) -> DocidKey? {
    let i = waiting.partitioningIndex { $0.number >= entry.number }
    guard i < waiting.count, waiting[i].number == entry.number else { return nil }
    return DocidKey(
      second: entry.docid.second, connector: connector, id: waiting[i].record.received.id)
  }

  /// Stores the waiting candidates.
  package func flush() throws {
    if waiting.isEmpty { return }
    try transaction.insert(waiting, connector: connector)
    waiting.removeAll(keepingCapacity: true)
    docids.removeAll()
  }
}
