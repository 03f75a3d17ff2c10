/// The docids of a transaction, as `DocidAllocator` reads and changes them.
struct TransactionDocids: MutableDocidTable {
  let insertions: CandidateInsertions
  private var transaction: any IndexTransaction { insertions.transaction }

  func first(in range: ClosedRange<Int64>) throws -> DocidEntry? {
    if insertions.contains(docidIn: range) { try insertions.flush() }
    return try transaction.firstCandidate(in: range)
  }
  func key(of entry: DocidEntry) throws -> DocidKey { try transaction.docidKey(of: entry) }
  func move(_ entry: DocidEntry, to docid: Docid) throws { try transaction.move(entry, to: docid) }
}

/// New candidates of a connector, stored some at a time: SQLite stores several rows of one statement in half the time.
/// `flush` must precede whatever reads them. Belongs to one thread.
final class CandidateInsertions {
  let transaction: any IndexTransaction
  private let connector: String
  private var waiting: [NewCandidate] = []

  /// The number of candidates that are stored at once.
  static let rowCount = 8

  init(in transaction: any IndexTransaction, connector: String) {
    self.transaction = transaction
    self.connector = connector
  }

  func add(_ candidate: NewCandidate) throws {
    waiting.append(candidate)
    if waiting.count == Self.rowCount { try flush() }
  }

  /// Whether a waiting candidate has a docid in a range.
  func contains(docidIn range: ClosedRange<Int64>) -> Bool {
    waiting.contains { range.contains($0.docid.value) }
  }

  /// Stores the waiting candidates.
  func flush() throws {
    if waiting.isEmpty { return }
    try transaction.insert(waiting, connector: connector)
    waiting.removeAll(keepingCapacity: true)
  }
}
