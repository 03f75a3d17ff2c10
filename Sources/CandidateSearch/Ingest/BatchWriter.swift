import CandidateModel
import GRDB

/// Writes batches of prepared records, each in one transaction of the caller's.
struct BatchWriter {
  let connector: String
  let builder: DocumentBuilder
  private let decoder = CandidateDecoder()

  init(connector: String, builder: DocumentBuilder) {
    (self.connector, self.builder) = (connector, builder)
  }

  func write(_ batch: [PreparedRecord], _ db: Database, _ summary: inout IngestSummary) throws {
    let records = RecordStore(db: db)
    let number = try records.connectorNumber(connector)
    var plan = BatchPlan()
    for record in batch {
      plan.add(record, known: try records.known(id: record.candidate.id, connector: number), to: &summary)
    }
    for touch in plan.touches { try records.touch(touch.docid, touch.candidate) }
    // Places are given while the old ones are still taken: a candidate may keep its own.
    let placed = try place(plan, db)
    try removeReplaced(plan, db)
    try insert(placed, connector: number, db)
  }

  private func removeReplaced(_ plan: BatchPlan, _ db: Database) throws {
    let loader = RecordLoader(db: db)
    for known in plan.insertions.compactMap(\.replaced).sorted(by: { $0.docid < $1.docid }) {
      guard let stored = try loader.load(known.docid, with: decoder) else { continue }
      try PostingStore(db: db).remove(builder.document(of: stored.candidate), docid: known.docid)
      try RecordStore(db: db).remove(known.docid)
    }
  }

  private typealias Placed = (docid: Docid, record: PreparedRecord)

  /// In ascending order of docids: a smaller rowid than the last would make FTS5 flush what it has gathered.
  private func place(_ plan: BatchPlan, _ db: Database) throws -> [Placed] {
    var allocator = DocidAllocator(highest: RecordStore(db: db).highestDocid)
    var placed: [Placed] = []
    placed.reserveCapacity(plan.insertions.count)
    for insertion in plan.insertions {
      placed.append((try docid(of: insertion, &allocator), insertion.record))
    }
    return placed.sorted { $0.docid < $1.docid }
  }

  private func insert(_ placed: [Placed], connector: Int64, _ db: Database) throws {
    let (postings, records) = (PostingStore(db: db), RecordStore(db: db))
    for (docid, record) in placed {
      try postings.insert(record.document, docid: docid)
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
