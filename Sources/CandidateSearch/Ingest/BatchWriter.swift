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
      try write(plan, records, connectorNumber, db, builder, &changes, &outcome)
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
      let known = try connectorNumber.flatMap { try finder.known(id: record.id, connector: $0) }
      if let forgotten, try isForgotten(record, known, forgotten) {
        outcome.summary.forgotten += 1
        continue
      }
      plan.add(record, known: known, to: &outcome.summary)
    }
    return plan
  }

  private func isForgotten(
    _ record: IncomingRecord, _ known: RecordFinder.Known?, _ forgotten: ForgottenFilter
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
    _ plan: BatchPlan, _ records: RecordStore, _ connectorNumber: Int64, _ db: Database,
    _ builder: DocumentBuilder, _ changes: inout [PostingChange], _ outcome: inout Outcome
  ) throws {
    var allocator = try DocidAllocator(CandidateDocids(db))
    var number = try records.highestNumber()
    var insertions: [(number: Int64, docid: Docid, document: Document)] = []
    for change in plan.changes {
      let record = try record(change.record, builder)
      if change.replaced == nil { number += 1 }
      let target = change.replaced?.number ?? number
      let docid = try docid(of: record, target, replacing: change.replaced, &allocator)
      if change.replaced != nil {
        try records.update(record, number: target, docid: docid, connector: connectorNumber)
      } else {
        outcome.seen.append(target)
        try records.insert(record, number: target, docid: docid, connector: connectorNumber)
      }
      if let document = record.document { insertions.append((target, docid, document)) }
    }
    try addInsertions(insertions, allocator, db, &changes)
  }

  /// The new documents under the docids that their candidates have by now; and again the documents of the other
  /// candidates that have made room for them.
  private func addInsertions(
    _ insertions: [(number: Int64, docid: Docid, document: Document)],
    _ allocator: DocidAllocator<CandidateDocids>, _ db: Database, _ changes: inout [PostingChange]
  ) throws {
    for (number, docid, document) in insertions {
      let docid = allocator.assigned[number] ?? docid
      changes.append(PostingChange(docid: docid, isInsertion: true, document: document))
    }
    guard !allocator.moved.isEmpty else { return }
    let written = Set(insertions.map(\.number))
    let builders = DocumentBuilders(customFields: try CustomFieldStore(db: db).all())
    for (number, former) in allocator.moved where !written.contains(number) {
      guard let stored = try RecordLoader(db).load(number: number) else { continue }
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

  /// A record whose time has not changed keeps its docid.
  private func docid(
    of record: IncomingRecord, _ number: Int64, replacing known: RecordFinder.Known?,
    _ allocator: inout DocidAllocator<CandidateDocids>
  ) throws -> Docid {
    let key = DocidKey(second: record.times.recency?.seconds, connector: connector, id: record.id)
    // It may have made room for others of this batch.
    if let old = known.map({ allocator.assigned[number] ?? $0.docid }), old.second == key.second {
      return old
    }
    return try allocator.assign(key, to: number)
  }
}
