import CandidateModel

/// Compares the postings of a candidate with the document of its record.
final class DocumentComparison {
  private let snapshot: any IndexSnapshot
  private let builders: DocumentBuilders
  /// The documents that were compared, with the sums of their postings, for `unindexed`.
  private var documents: [(docid: Docid, sum: UInt64)] = []
  /// The key of the candidate that was compared last.
  private var lastKey: DocidKey?
  /// The term statistics of all documents that were compared.
  private(set) var statistics = TermStatisticsChanges()

  /// - Parameter expected: the number of candidates that a full comparison is of.
  init(_ snapshot: any IndexSnapshot, expected: Int) throws {
    self.snapshot = snapshot
    documents.reserveCapacity(expected)
    builders = DocumentBuilders(customFields: try snapshot.customFields())
  }

  /// The problem of a candidate; nil if there is none. Of a full comparison, `unindexed` finds what is not indexed as it
  /// should be.
  func problem(
    with stored: StoredRecord, _ derived: DerivedValues, isFull: Bool
  ) throws -> String? {
    let record = PreparedRecord(stored.candidate, builders[stored.connector])
    let document = record.document
    if isFull { statistics.insert(document) }
    if DerivedValues(record) != derived { return "its row does not agree with its record" }
    if !hasItsDocid(stored, record.times.recency) { return "its docid does not agree with its time" }
    if isFull {
      documents.append((stored.docid, PostingSums.sum(document)))
      return nil
    }
    return try finds(document, stored.docid) ? nil : Self.notIndexed
  }

  static let notIndexed = "it is not indexed as it should be"

  /// The candidates that were compared whose postings are not those of their documents, in order.
  func unindexed(by sums: PostingSums) -> [Docid] {
    documents.filter { sums[$0.docid] != $0.sum }.map(\.docid)
  }

  /// Whether a candidate's docid is valid for its time and in the order of keys. Candidates are compared in the order
  /// of docids.
  private func hasItsDocid(_ stored: StoredRecord, _ time: Timestamp?) -> Bool {
    let key = DocidKey(second: time?.seconds, connector: stored.connector, id: stored.candidate.id)
    let slots = Docid.slots(ofSecond: key.second)
    defer { lastKey = key }
    return slots.contains(stored.docid.value) && key.slot(in: slots) <= stored.docid.value
      && lastKey.map { $0 < key } ?? true
  }

  /// Whether all tokens of the document find it.
  private func finds(_ document: Document, _ docid: Docid) throws -> Bool {
    var tokens: Set<IndexQuery> = []
    document.forEachToken { token, column, _ in
      let text = String(decoding: token, as: UTF8.self)
      tokens.insert(.phrase([text], in: column > 0 ? [TextColumn.allCases[column - 1]] : []))
    }
    // An engine may limit the size of a query, so that the tokens are evaluated in groups.
    let groups = Array(tokens)
    let own = IndexQuery.record(.docids(docid.value...docid.value))
    for start in stride(from: 0, to: groups.count, by: 100) {
      let group = IndexQuery.all(Array(groups[start..<min(start + 100, groups.count)]) + [own])
      if try snapshot.docids(of: group, from: .min, limit: 1).isEmpty { return false }
    }
    return true
  }
}
