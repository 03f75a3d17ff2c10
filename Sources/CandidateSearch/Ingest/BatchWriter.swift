import CandidateModel
import CandidateQuery

/// Writes batches of records of a connector, each in one transaction of the caller's.
struct BatchWriter: Sendable {
  let connector: String
  /// The custom fields by which documents were prepared.
  let customFields: Set<CustomField>
  /// Whether everything is counted and nothing written.
  let isDryRun: Bool

  /// What a batch did.
  struct Outcome {
    var summary = IngestSummary()
    /// The numbers of the candidates that came.
    var seen: [Int64] = []
  }

  /// A transaction of at least this many changes is a bulk load.
  static let minimumBulkChanges = 5_000

  /// Counts what a batch would do, and changes nothing.
  func preview(_ batch: [IncomingRecord], in snapshot: any IndexSnapshot) throws -> Outcome {
    var outcome = Outcome()
    outcome.seen = try plan(batch, in: snapshot, counting: &outcome).seen
    return outcome
  }

  /// Writes a batch.
  func write(_ batch: [IncomingRecord], in transaction: any IndexTransaction) throws -> Outcome {
    var outcome = Outcome()
    let plan = try plan(batch, in: transaction, counting: &outcome)
    outcome.seen = plan.seen
    for touch in plan.touches { try transaction.touch(touch.known.number, with: touch.record) }
    if !plan.changes.isEmpty {
      try transaction.prepareCompression(adding: plan.changes.count) {
        plan.changes[$0].record.received.json.all
      }
      var changes = try BatchChanges(self, in: transaction)
      outcome.seen += try changes.write(plan.changes)
    }
    return outcome
  }

  private func plan(
    _ batch: [IncomingRecord], in snapshot: any IndexSnapshot, counting outcome: inout Outcome
  ) throws -> BatchPlan {
    let forgotten = try ForgottenFilter(snapshot)
    var plan = BatchPlan(count: batch.count)
    outcome.summary.latestModification = batch.compactMap(\.modifiedAt).max()
    let known = try snapshot.known(ids: batch.map(\.id), connector: connector)
    for (record, known) in zip(batch, known) {
      if let forgotten, try isForgotten(record, known: known, by: forgotten) {
        outcome.summary.forgotten += 1
        continue
      }
      plan.add(record, known: known, to: &outcome.summary)
    }
    return plan
  }

  private func isForgotten(
    _ record: IncomingRecord, known: KnownRecord?, by forgotten: ForgottenFilter
  ) throws -> Bool {
    let received = record.received
    if forgotten.contains(id: received.id, connector: connector) { return true }
    if case .prepared(let record) = record {
      return forgotten.contains(record.identity, connector: connector)
    }
    // A candidate in the index was not forgotten, and this record contains nothing new.
    if let known, known.contentHash == received.contentHash { return false }
    let identity = CandidateIdentity(try CandidateDecoder().decode(bytes: received.json.all))
    return forgotten.contains(identity, connector: connector)
  }
}

/// A record on its way to the writer.
enum IncomingRecord: Sendable {
  /// Not prepared, since the index seems to contain it unchanged.
  case received(ReceivedRecord)
  case prepared(PreparedRecord)

  var received: ReceivedRecord {
    switch self {
    case .received(let record): record
    case .prepared(let record): record.received
    }
  }

  // The record itself would be copied.

  var id: String {
    switch self {
    case .received(let record): record.id
    case .prepared(let record): record.received.id
    }
  }

  var modifiedAt: Timestamp? {
    switch self {
    case .received(let record): record.modifiedAt
    case .prepared(let record): record.received.modifiedAt
    }
  }
}
