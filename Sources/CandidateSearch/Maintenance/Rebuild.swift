import CandidateModel
import CandidateQuery
import TextAnalysis

/// Rebuilds everything that is derived from the stored records, in one transaction. Readers see the old index until it
/// is committed; an interrupted rebuild changes nothing.
struct Rebuild {
  let transaction: any IndexTransaction
  /// Called with the number of records done, after each 10,000.
  var onProgress: (Int) -> Void = { _ in }

  private static let progressStep = 10_000

  /// Rebuilds with these custom fields, and returns the number of records. Assigns new docids in an index of another
  /// version, or if requested.
  @discardableResult
  func run(customFields: Set<CustomField>, assigningDocids: Bool = false) throws -> Int {
    let isOfThisVersion = try transaction.value(of: .documentVersion) == Document.version
    if assigningDocids || !isOfThisVersion { try assignDocids() }
    try transaction.replaceCustomFields(with: customFields)
    let count = try rebuildPostings(customFields)
    try transaction.store(Document.version, as: .documentVersion)
    try transaction.store(UnicodeVersion.current.number, as: .unicodeVersion)
    return count
  }

  private func rebuildPostings(_ customFields: Set<CustomField>) throws -> Int {
    var renewals: [(number: Int64, values: DerivedValues)] = []
    let builders = DocumentBuilders(customFields: customFields)
    var count = 0
    try transaction.replacePostings { insert in
      try transaction.forEachRecord(ofEvery: 1) { stored, known in
        let record = PreparedRecord(stored.candidate, builders[stored.connector])
        try insert(record.document, stored.docid)
        let derived = DerivedValues(record)
        if derived != known { renewals.append((stored.number, derived)) }
        count += 1
        if count % Self.progressStep == 0 { onProgress(count) }
      }
    }
    for (number, values) in renewals { try transaction.renew(number, with: values) }
    return count
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
      content: record.received.content, created: record.times.created?.microseconds,
      updated: record.times.updated?.microseconds, sortName: record.sortName)
  }
}
