import CandidateModel
import CandidateQuery

/// The changes that one batch makes, within its transaction.
struct BatchChanges {
  private let connector: String
  private let transaction: any IndexTransaction
  private let builder: DocumentBuilder
  /// Whether the records of the batch were prepared by the custom fields of this transaction. Another process may have
  /// changed these since the session began.
  private let arePrepared: Bool
  private let newCandidates: CandidateInsertions
  private var allocator: DocidAllocator<TransactionDocids>
  private var postings: [PostingChange] = []

  init(_ writer: BatchWriter, in transaction: any IndexTransaction) throws {
    let customFields = try transaction.customFields()
    connector = writer.connector
    self.transaction = transaction
    builder = DocumentBuilder(connector: writer.connector, customFields: customFields)
    arePrepared = customFields == writer.customFields
    newCandidates = CandidateInsertions(in: transaction, connector: writer.connector)
    allocator = DocidAllocator(TransactionDocids(insertions: newCandidates))
  }

  /// Writes the changes of a plan. Returns the numbers of the new candidates.
  mutating func write(_ changes: [BatchPlan.Change]) throws -> [Int64] {
    try removeDocuments(of: changes.compactMap(\.replaced))
    var numbers = try transaction.newNumbers(changes.count { $0.replaced == nil })[...]
    let records = try changes.map { try prepared($0.record) }
    try transaction.prefetchDocids(
      for: zip(changes, records).compactMap { newKey(of: $1, replacing: $0.replaced) })
    var insertions: [Insertion] = []
    var added: [Int64] = []
    for (change, record) in zip(changes, records) {
      let target = change.replaced?.number ?? numbers.removeFirst()
      let docid = try docid(of: record, number: target, replacing: change.replaced)
      if change.replaced != nil {
        try transaction.update(record, number: target, docid: docid, connector: connector)
      } else {
        added.append(target)
        try newCandidates.add(NewCandidate(number: target, docid: docid, record: record))
      }
      insertions.append(Insertion(number: target, docid: docid, document: record.document))
    }
    try newCandidates.flush()
    try addDocuments(of: insertions)
    if postings.count >= BatchWriter.minimumBulkChanges { try transaction.deferMerging() }
    try transaction.apply(postings.sorted())
    return added
  }

  private struct Insertion {
    let number: Int64
    let docid: Docid
    let document: Document
  }

  /// The old documents of the records that change.
  private mutating func removeDocuments(of replaced: [KnownRecord]) throws {
    for stored in try transaction.records(numbers: replaced.map(\.number)) {
      let document = builder.document(of: stored.candidate)
      postings.append(PostingChange(docid: stored.docid, isInsertion: false, document: document))
    }
  }

  /// The new documents under the docids that their candidates have by now; and again the documents of the other
  /// candidates that have made room for them.
  private mutating func addDocuments(of insertions: [Insertion]) throws {
    for insertion in insertions {
      let docid = allocator.assigned[insertion.number] ?? insertion.docid
      postings.append(PostingChange(docid: docid, isInsertion: true, document: insertion.document))
    }
    guard !allocator.moved.isEmpty else { return }
    let written = Set(insertions.map(\.number))
    let builders = DocumentBuilders(customFields: builder.customFields)
    for (number, former) in allocator.moved where !written.contains(number) {
      guard let stored = try transaction.record(number: number) else { continue }
      let document = builders[stored.connector].document(of: stored.candidate)
      postings.append(PostingChange(docid: former, isInsertion: false, document: document))
      postings.append(PostingChange(docid: stored.docid, isInsertion: true, document: document))
    }
  }

  /// The prepared record. It is prepared here if the session expected it to be unchanged, or prepared it by other custom
  /// fields.
  private func prepared(_ record: IncomingRecord) throws -> PreparedRecord {
    if case .prepared(let record) = record, arePrepared { return record }
    return PreparedRecord(try CandidateDecoder().decode(bytes: record.received.json), builder)
  }

  private func key(of record: PreparedRecord) -> DocidKey {
    DocidKey(second: record.times.recency?.seconds, connector: connector, id: record.received.id)
  }

  /// The key for which a docid is needed; nil for a record whose time has not changed.
  private func newKey(of record: PreparedRecord, replacing known: KnownRecord?) -> DocidKey? {
    let key = key(of: record)
    return known?.docid.second == key.second && known != nil ? nil : key
  }

  /// A record whose time has not changed keeps its docid.
  private mutating func docid(
    of record: PreparedRecord, number: Int64, replacing known: KnownRecord?
  ) throws -> Docid {
    let key = key(of: record)
    // It may have made room for others of this batch.
    if let old = known.map({ allocator.assigned[number] ?? $0.docid }), old.second == key.second {
      return old
    }
    return try allocator.assign(key, to: number)
  }
}
