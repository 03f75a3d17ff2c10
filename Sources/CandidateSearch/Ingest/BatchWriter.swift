import CandidateModel
import CandidateQuery

/// Writes batches of records of a connector, each in one transaction of the caller's.
struct BatchWriter: Sendable {
  let connector: String
  /// The custom fields by which documents were prepared.
  let customFields: Set<CustomField>
  /// Whether all is counted and nothing written.
  let isDryRun: Bool

  /// What a batch did.
  struct Outcome {
    var summary = IngestSummary()
    /// The numbers of the candidates that came.
    var seen: [Int64] = []
  }

  /// A transaction of at least this many changes is a bulk load.
  private static let minimumBulkChanges = 5_000

  /// Counts what a batch would do, and changes nothing.
  func preview(_ batch: [IncomingRecord], _ snapshot: any IndexSnapshot) throws -> Outcome {
    var outcome = Outcome()
    outcome.seen = try plan(batch, snapshot, &outcome).seen
    return outcome
  }

  func write(_ batch: [IncomingRecord], _ transaction: any IndexTransaction) throws -> Outcome {
    var outcome = Outcome()
    let plan = try plan(batch, transaction, &outcome)
    outcome.seen = plan.seen
    // Another process may have changed them since the ingest began.
    let customFields = try transaction.customFields()
    for touch in plan.touches { try transaction.touch(touch.known.number, with: touch.record) }
    if !plan.changes.isEmpty {
      let builder = DocumentBuilder(connector: connector, customFields: customFields)
      var changes = try removals(plan, transaction, builder)
      try write(plan, transaction, builder, &changes, &outcome)
      if changes.count >= Self.minimumBulkChanges { try transaction.deferMerging() }
      try transaction.apply(changes.sorted())
    }
    return outcome
  }

  private func plan(
    _ batch: [IncomingRecord], _ snapshot: any IndexSnapshot, _ outcome: inout Outcome
  ) throws -> BatchPlan {
    let forgotten = try ForgottenFilter(snapshot)
    var plan = BatchPlan()
    outcome.summary.latestModification = batch.compactMap(\.modifiedAt).max()
    for record in batch {
      let known = try snapshot.known(id: record.id, connector: connector)
      if let forgotten, try isForgotten(record, known, forgotten) {
        outcome.summary.forgotten += 1
        continue
      }
      plan.add(record, known: known, to: &outcome.summary)
    }
    return plan
  }

  private func isForgotten(
    _ record: IncomingRecord, _ known: KnownRecord?, _ forgotten: ForgottenFilter
  ) throws -> Bool {
    if forgotten.contains(id: record.id, connector: connector) { return true }
    if let identity = record.identity { return forgotten.contains(identity, connector: connector) }
    // Who is in the index was not forgotten, and this record says nothing new.
    if let known, known.content == record.content { return false }
    let identity = CandidateIdentity(try CandidateDecoder().decode(bytes: record.json))
    return forgotten.contains(identity, connector: connector)
  }

  /// The old documents of the records that change.
  private func removals(
    _ plan: BatchPlan, _ transaction: any IndexTransaction, _ builder: DocumentBuilder
  ) throws -> [PostingChange] {
    try plan.changes.compactMap(\.replaced).compactMap { known in
      guard let stored = try transaction.record(number: known.number) else { return nil }
      return PostingChange(
        docid: stored.docid, isInsertion: false, document: builder.document(of: stored.candidate))
    }
  }

  private func write(
    _ plan: BatchPlan, _ transaction: any IndexTransaction, _ builder: DocumentBuilder,
    _ changes: inout [PostingChange], _ outcome: inout Outcome
  ) throws {
    var allocator = DocidAllocator(TransactionDocids(transaction: transaction))
    var number = try transaction.highestNumber()
    var insertions: [(number: Int64, docid: Docid, document: Document)] = []
    for change in plan.changes {
      let record = try record(change.record, builder)
      if change.replaced == nil { number += 1 }
      let target = change.replaced?.number ?? number
      let docid = try docid(of: record, target, replacing: change.replaced, &allocator)
      if change.replaced != nil {
        try transaction.update(record, number: target, docid: docid, connector: connector)
      } else {
        outcome.seen.append(target)
        try transaction.insert(record, number: target, docid: docid, connector: connector)
      }
      if let document = record.document { insertions.append((target, docid, document)) }
    }
    try addInsertions(insertions, allocator, transaction, &changes)
  }

  /// The new documents under the docids that their candidates have by now; and again the documents of the other
  /// candidates that have made room for them.
  private func addInsertions(
    _ insertions: [(number: Int64, docid: Docid, document: Document)],
    _ allocator: DocidAllocator<TransactionDocids>, _ transaction: any IndexTransaction,
    _ changes: inout [PostingChange]
  ) throws {
    for (number, docid, document) in insertions {
      let docid = allocator.assigned[number] ?? docid
      changes.append(PostingChange(docid: docid, isInsertion: true, document: document))
    }
    guard !allocator.moved.isEmpty else { return }
    let written = Set(insertions.map(\.number))
    let builders = DocumentBuilders(customFields: try transaction.customFields())
    for (number, former) in allocator.moved where !written.contains(number) {
      guard let stored = try transaction.record(number: number) else { continue }
      let document = builders[stored.connector].document(of: stored.candidate)
      changes.append(PostingChange(docid: former, isInsertion: false, document: document))
      changes.append(PostingChange(docid: stored.docid, isInsertion: true, document: document))
    }
  }

  /// The record with its document: made here where the reader thought that it was not needed, or made it by other
  /// custom fields.
  private func record(_ record: IncomingRecord, _ builder: DocumentBuilder) throws -> IncomingRecord {
    if record.document != nil, builder.customFields == customFields { return record }
    return IncomingRecord(try CandidateDecoder().decode(bytes: record.json), builder)
  }

  /// A record whose time has not changed keeps its docid.
  private func docid(
    of record: IncomingRecord, _ number: Int64, replacing known: KnownRecord?,
    _ allocator: inout DocidAllocator<TransactionDocids>
  ) throws -> Docid {
    let key = DocidKey(second: record.times.recency?.seconds, connector: connector, id: record.id)
    // It may have made room for others of this batch.
    if let old = known.map({ allocator.assigned[number] ?? $0.docid }), old.second == key.second {
      return old
    }
    return try allocator.assign(key, to: number)
  }
}
