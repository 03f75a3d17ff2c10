import CandidateModel
import CandidateQuery
import GRDB

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

  /// What FTS5 is to do, in the order of docids; at one docid the old goes before the new comes.
  private struct PostingChange: Comparable {
    let docid: Docid
    let isInsertion: Bool
    let document: Document

    static func < (a: Self, b: Self) -> Bool {
      a.docid == b.docid ? !a.isInsertion && b.isInsertion : a.docid < b.docid
    }
    static func == (a: Self, b: Self) -> Bool { a.docid == b.docid && a.isInsertion == b.isInsertion }
  }

  func write(_ batch: [IncomingRecord], _ db: Database) throws -> Outcome {
    var outcome = Outcome()
    let plan = try plan(batch, db, &outcome)
    outcome.seen = plan.seen
    if isDryRun { return outcome }
    // Another process may have changed them since the ingest began.
    let customFields = try CustomFieldStore(db: db).all()
    let records = try RecordStore(db)
    let connectorNumber = try records.connectorNumber(connector)
    for touch in plan.touches { try records.touch(touch.known.number, touch.record) }
    if !plan.changes.isEmpty {
      let builder = DocumentBuilder(connector: connector, customFields: customFields)
      var changes = try removals(plan, db, builder)
      try write(plan, records, connectorNumber, builder, &changes, &outcome)
      if changes.count >= Segments.bulkChanges { try Segments(db: db).beginBulkLoad() }
      try apply(changes, db)
    }
    return outcome
  }

  private func plan(_ batch: [IncomingRecord], _ db: Database, _ outcome: inout Outcome) throws -> BatchPlan {
    let finder = try RecordFinder(db)
    let forgotten = try ForgottenStore(db: db).filter()
    let connectorNumber = try finder.connectorNumber(connector)
    var plan = BatchPlan()
    outcome.summary.latestModification = batch.compactMap(\.modifiedAt).max()
    for record in batch {
      if let forgotten, forgotten.contains(id: record.id, connector: connector) {
        outcome.summary.forgotten += 1
        continue
      }
      let known = try connectorNumber.flatMap { try finder.known(id: record.id, connector: $0) }
      plan.add(record, known: known, to: &outcome.summary)
    }
    return plan
  }

  /// The old documents of the records that change.
  private func removals(
    _ plan: BatchPlan, _ db: Database, _ builder: DocumentBuilder
  ) throws -> [PostingChange] {
    let loader = RecordLoader(db)
    return try plan.changes.compactMap(\.replaced).compactMap { known in
      guard let stored = try loader.load(known.docid) else { return nil }
      return PostingChange(
        docid: known.docid, isInsertion: false, document: builder.document(of: stored.candidate))
    }
  }

  private func write(
    _ plan: BatchPlan, _ records: RecordStore, _ connectorNumber: Int64, _ builder: DocumentBuilder,
    _ changes: inout [PostingChange], _ outcome: inout Outcome
  ) throws {
    var allocator = DocidAllocator(highest: records.highestDocid)
    var number = try records.highestNumber()
    for change in plan.changes {
      let record = try record(change.record, builder)
      let docid = try docid(of: record, replacing: change.replaced, &allocator)
      if let known = change.replaced {
        try records.update(record, number: known.number, docid: docid, connector: connectorNumber)
      } else {
        number += 1
        outcome.seen.append(number)
        try records.insert(record, number: number, docid: docid, connector: connectorNumber)
      }
      if let document = record.document {
        changes.append(PostingChange(docid: docid, isInsertion: true, document: document))
      }
    }
  }

  /// The record with its document: made here where the reader thought that it was not needed, or made it by other
  /// custom fields.
  private func record(_ record: IncomingRecord, _ builder: DocumentBuilder) throws -> IncomingRecord {
    if record.document != nil, builder.customFields == customFields { return record }
    return IncomingRecord(try CandidateDecoder().decode(bytes: record.json), builder)
  }

  private func apply(_ changes: [PostingChange], _ db: Database) throws {
    let postings = try PostingStore(db)
    for change in changes.sorted() {
      if change.isInsertion {
        try postings.insert(change.document, docid: change.docid)
      } else {
        try postings.remove(change.document, docid: change.docid)
      }
    }
    try postings.finish()
  }

  /// A record whose recency has not moved keeps its docid.
  private func docid(
    of record: IncomingRecord, replacing known: RecordFinder.Known?, _ allocator: inout DocidAllocator
  ) throws -> Docid {
    let time = record.times.recency
    if let old = known?.docid, old.second == time?.seconds { return old }
    return try allocator.allocate(time)
  }
}
