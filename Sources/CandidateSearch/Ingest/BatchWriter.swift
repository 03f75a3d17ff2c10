import CandidateModel
import GRDB

/// Writes batches of prepared records, each in one transaction of the caller's.
struct BatchWriter {
  let connector: String
  private let decoder = CandidateDecoder()

  init(connector: String) {
    self.connector = connector
  }

  func write(_ batch: [PreparedRecord], _ db: Database, _ summary: inout IngestSummary) throws {
    let records = RecordStore(db: db)
    let number = try records.connectorNumber(connector)
    var plan = BatchPlan()
    for record in batch {
      plan.add(record, known: try records.known(id: record.candidate.id, connector: number), to: &summary)
    }
    for touch in plan.touches { try records.touch(touch.docid, touch.candidate) }
    try removeReplaced(plan, db)
    try insert(plan, connector: number, db)
  }

  private func removeReplaced(_ plan: BatchPlan, _ db: Database) throws {
    let loader = RecordLoader(db: db)
    for known in plan.insertions.compactMap(\.replaced).sorted(by: { $0.docid < $1.docid }) {
      guard let stored = try loader.load(known.docid, with: decoder) else { continue }
      try PostingStore(db: db).remove(Document(stored.candidate, connector: connector), docid: known.docid)
      try RecordStore(db: db).remove(known.docid)
    }
  }

  /// In ascending order of docids: a smaller rowid than the last would make FTS5 flush what it has gathered.
  private func insert(_ plan: BatchPlan, connector: Int64, _ db: Database) throws {
    let records = RecordStore(db: db)
    var allocator = DocidAllocator(highest: records.highestDocid)
    var placed: [(docid: Docid, record: PreparedRecord)] = []
    placed.reserveCapacity(plan.insertions.count)
    for insertion in plan.insertions {
      placed.append((try docid(of: insertion, &allocator), insertion.record))
    }
    placed.sort { $0.docid < $1.docid }
    for (docid, record) in placed {
      try PostingStore(db: db).insert(record.document, docid: docid)
      try records.insert(record, docid: docid, connector: connector)
    }
  }

  /// A record whose recency has not moved keeps its docid.
  private func docid(of insertion: BatchPlan.Insertion, _ allocator: inout DocidAllocator) throws -> Docid {
    let time = insertion.record.candidate.recency
    if let old = insertion.replaced?.docid, old.second == time?.seconds { return old }
    return try allocator.allocate(time)
  }
}
