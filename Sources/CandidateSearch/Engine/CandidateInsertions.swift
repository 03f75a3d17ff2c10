/// The docids of a transaction, as `DocidAllocator` reads and changes them.
package struct TransactionDocids: MutableDocidTable {
  package let insertions: CandidateInsertions
  private var transaction: any IndexTransaction { insertions.transaction }

  package func first(in range: ClosedRange<Int64>) throws -> DocidEntry? {
    if insertions.contains(docidIn: range) { try insertions.flush() }
    return try transaction.firstCandidate(in: range)
  }
  package func key(of entry: DocidEntry) throws -> DocidKey { try transaction.docidKey(of: entry) }
  package func move(_ entry: DocidEntry, to docid: Docid) throws { try transaction.move(entry, to: docid) }
}

/// New candidates of a connector, stored some at a time: SQLite stores several rows of one statement in half the time.
/// `flush` must precede whatever reads them. Belongs to one thread.
package final class CandidateInsertions {
  package let transaction: any IndexTransaction
  private let connector: String
  private var waiting: [NewCandidate] = []

  /// The number of candidates that are stored at once.
  package static let rowCount = 8

  package init(in transaction: any IndexTransaction, connector: String) {
    self.transaction = transaction
    self.connector = connector
  }

  package func add(_ candidate: NewCandidate) throws {
    waiting.append(candidate)
    if waiting.count == Self.rowCount { try flush() }
  }

  /// Whether a waiting candidate has a docid in a range.
  package func contains(docidIn range: ClosedRange<Int64>) -> Bool {
    waiting.contains { range.contains($0.docid.value) }
  }

  /// Stores the waiting candidates.
  package func flush() throws {
    if waiting.isEmpty { return }
    try transaction.insert(waiting, connector: connector)
    waiting.removeAll(keepingCapacity: true)
  }
}
