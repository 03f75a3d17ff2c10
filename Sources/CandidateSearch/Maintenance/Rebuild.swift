import CandidateModel
import CandidateQuery
import Dispatch
import TextAnalysis

/// Rebuilds everything that is derived from the stored records, in one transaction. Readers see the old index until it
/// is committed; an interrupted rebuild changes nothing.
struct Rebuild {
  let transaction: any IndexTransaction
  /// Reads the records and builds their documents on a thread of its own, if it serves several readers. Only for a
  /// transaction that has changed nothing: what it reads is the state before.
  var engine: (any IndexEngine)?
  /// Called with the number of records done, after each 10,000.
  var onProgress: (Int) -> Void = { _ in }

  private static let progressStep = 10_000

  /// Rebuilds with these custom fields, and returns the number of records. Assigns new docids in an index of another
  /// version, or if requested.
  @discardableResult
  func run(customFields: Set<CustomField>, assigningDocids: Bool = false) throws -> Int {
    let isOfThisVersion = try transaction.value(of: .documentVersion) == Document.version
    let assignsDocids = assigningDocids || !isOfThisVersion
    if assignsDocids { try assignDocids() }
    try transaction.replaceCustomFields(with: customFields)
    let reader = engine.flatMap { $0.servesManyReaders && !assignsDocids ? $0 : nil }
    let count = try rebuildPostings(customFields, readingFrom: reader)
    try transaction.store(Document.version, as: .documentVersion)
    try transaction.store(UnicodeVersion.current.number, as: .unicodeVersion)
    return count
  }

  /// What is derived from a record.
  private struct Derived: Sendable {
    let docid: Docid
    let document: Document
    let number: Int64
    /// The values of its row; nil if they have not changed.
    let renewed: DerivedValues?
  }

  private func rebuildPostings(
    _ customFields: Set<CustomField>, readingFrom reader: (any IndexEngine)?
  ) throws -> Int {
    var renewals: [(number: Int64, values: DerivedValues)] = []
    var count = 0
    try transaction.replacePostings { insert in
      func add(_ derived: Derived) throws {
        try insert(derived.document, derived.docid)
        if let renewed = derived.renewed { renewals.append((derived.number, renewed)) }
        count += 1
        if count % Self.progressStep == 0 { onProgress(count) }
      }
      if let reader {
        let batches = Self.batches(from: reader, customFields)
        defer { batches.cancel() }
        while let batch = try batches.next() { for derived in batch { try add(derived) } }
      } else {
        try Self.forEachRecord(of: transaction, customFields, add)
      }
    }
    for (number, values) in renewals { try transaction.replaceDerivedValues(of: number, with: values) }
    return count
  }

  /// The maximum number of batches that wait, and of the records in one: some megabytes.
  private static let (maximumBatches, batchSize) = (4, 500)

  /// What is derived from all records, made on a thread of its own.
  private static func batches(
    from reader: any IndexEngine, _ customFields: Set<CustomField>
  ) -> Producer<[Derived]> {
    Producer(maximumWaiting: maximumBatches) { handOver in
      try reader.read { snapshot in
        var batch: [Derived] = []
        try forEachRecord(of: snapshot, customFields) { derived in
          batch.append(derived)
          if batch.count == batchSize {
            try handOver(batch)
            batch = []
          }
        }
        try handOver(batch)
      }
    }
  }

  private static func forEachRecord(
    of snapshot: any IndexSnapshot, _ customFields: Set<CustomField>, _ body: (Derived) throws -> Void
  ) throws {
    let builders = DocumentBuilders(customFields: customFields)
    try snapshot.forEachRecord(ofEvery: 1) { stored, known in
      let record = PreparedRecord(stored.candidate, builders[stored.connector])
      var values = DerivedValues(record)
      let isKnown = values == known
      values.isOutlineWrong = known.isOutlineWrong
      try body(
        Derived(
          docid: stored.docid, document: record.document, number: stored.number,
          renewed: isKnown ? nil : values))
    }
  }

  /// Assigns all docids by the rules of this version. The cost is that of decoding every record, and 40 bytes of memory
  /// for each.
  private func assignDocids() throws {
    var candidates: [(key: DocidKey, number: Int64)] = []
    try transaction.forEachRecord(ofEvery: 1) { stored, _ in
      let key = DocidKey(
        second: stored.candidate.recency?.seconds, connector: stored.connector, id: stored.candidate.id)
      candidates.append((key, stored.number))
    }
    candidates.sort { $0.key < $1.key }
    var entries: [DocidEntry] = []
    var last = Int64.min
    for (key, number) in candidates {
      let slots = Docid.slots(ofSecond: key.second)
      let docid = max(key.slot(in: slots), last + 1)
      guard docid <= slots.upperBound else { throw SecondIsFull(second: key.second) }
      entries.append(DocidEntry(number: number, docid: Docid(value: docid)))
      last = docid
    }
    try transaction.assignDocids(entries)
  }
}

extension DerivedValues {
  init(_ record: PreparedRecord) {
    self.init(
      contentHash: record.received.contentHash, created: record.times.created?.microseconds,
      updated: record.times.updated?.microseconds, sortName: record.sortName)
  }
}
