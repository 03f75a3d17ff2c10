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
    let records = try changes.map { change in
      let record = try prepared(change.record)
      return (record: record, key: key(of: record), replaced: change.replaced)
    }
    try transaction.prefetchDocids(for: records.compactMap { isKept($0.replaced, $0.key) ? nil : $0.key })
    allocator.reserveCapacity(records.count)
    postings.reserveCapacity(postings.count + records.count)
    let firstPosting = postings.count
    var targets: [Int64] = []
    targets.reserveCapacity(records.count)
    var numbers = try transaction.newNumbers(records.count { $0.replaced == nil })[...]
    var added: [Int64] = []
    for (record, key, replaced) in records {
      let target = replaced?.number ?? numbers.removeFirst()
      let docid = try docid(key, number: target, replacing: replaced)
      if replaced != nil {
        try transaction.update(record, number: target, docid: docid, connector: connector)
      } else {
        added.append(target)
        newCandidates.add(NewCandidate(number: target, docid: docid, record: record))
      }
      targets.append(target)
      postings.append(PostingChange(docid: docid, isInsertion: true, document: record.document))
    }
    if allocator.hasMadeRoom {
      for (i, target) in targets.enumerated() {
        if let docid = allocator.assigned[target] { postings[firstPosting + i].docid = docid }
      }
    }
    try addMovedDocuments(except: targets)
    if postings.count >= BatchWriter.minimumBulkChanges { try transaction.deferMerging() }
    try transaction.apply(postings.sorted()) { try newCandidates.flush() }
    return added
  }

  /// The old documents of the records that change.
  private mutating func removeDocuments(of replaced: [KnownRecord]) throws {
    for stored in try transaction.records(numbers: replaced.map(\.number)) {
      let document = builder.document(of: stored.candidate)
      postings.append(PostingChange(docid: stored.docid, isInsertion: false, document: document))
    }
  }

  /// Replaces the documents of the candidates that have made room, except those that were written.
  private mutating func addMovedDocuments(except written: [Int64]) throws {
    guard !allocator.moved.isEmpty else { return }
    let written = Set(written)
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
    return PreparedRecord(try CandidateDecoder().decode(bytes: record.received.json.all), builder)
  }

  private func key(of record: PreparedRecord) -> DocidKey {
    DocidKey(second: record.times.recency?.seconds, connector: connector, id: record.received.id)
  }

  /// Whether a candidate keeps its docid, since its time has not changed.
  private func isKept(_ known: KnownRecord?, _ key: DocidKey) -> Bool {
    known.map { $0.docid.second == key.second } ?? false
  }

  private mutating func docid(
    _ key: DocidKey, number: Int64, replacing known: KnownRecord?
  ) throws -> Docid {
    // It may have made room for others of this batch.
    if let old = known.map({ allocator.assigned[number] ?? $0.docid }), old.second == key.second {
      return old
    }
    return try allocator.assign(key, to: number)
  }
}
