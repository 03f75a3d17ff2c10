import CandidateModel

/// Compares the postings of a candidate with the document of its record.
final class DocumentComparison {
  private let snapshot: any IndexSnapshot
  private let builders: DocumentBuilders
  /// For each docid, the sum of the hashes of its postings.
  private var sums: [Int64: UInt64] = [:]
  /// The key of the candidate that was compared last.
  private var lastKey: DocidKey?
  /// The term statistics of all documents that were compared.
  private(set) var statistics = TermStatisticsChanges()

  init(_ snapshot: any IndexSnapshot) throws {
    self.snapshot = snapshot
    builders = DocumentBuilders(customFields: try snapshot.customFields())
  }

  /// The problem of a candidate; nil if there is none.
  func problem(
    with stored: StoredRecord, _ derived: DerivedValues, isFull: Bool
  ) throws -> String? {
    let record = PreparedRecord(stored.candidate, builders[stored.connector])
    let document = record.document
    if isFull { statistics.insert(document) }
    if DerivedValues(record) != derived { return "its row does not agree with its record" }
    if !hasItsDocid(stored, record.times.recency) { return "its docid does not agree with its time" }
    let isIndexed =
      try isFull ? sums[stored.docid.value] == Self.sum(document) : finds(document, stored.docid)
    return isIndexed ? nil : "it is not indexed as it should be"
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
    Self.forEachToken(of: document) { token, column, _ in
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

  // MARK: - All postings

  /// Adds up every posting of the index, by docid.
  func sumPostings() throws {
    try snapshot.forEachPosting { posting in
      sums[posting.docid.value, default: 0] &+= Self.hash(
        posting.term, column: posting.column, offset: posting.offset)
    }
  }

  private static func sum(_ document: Document) -> UInt64 {
    var sum: UInt64 = 0
    forEachToken(of: document) { token, column, offset in sum &+= hash(token, column: column, offset: offset)
    }
    return sum
  }

  private static func forEachToken(
    of document: Document, _ body: (UnsafeRawBufferPointer, _ column: Int, _ offset: Int) -> Void
  ) {
    document.bytes.withUnsafeBytes { bytes in
      for column in 0..<document.columnCount {
        let text = UnsafeRawBufferPointer(rebasing: bytes[document.range(ofColumn: column)])
        for (offset, token) in text.split(separator: 0x20).enumerated() {
          body(UnsafeRawBufferPointer(rebasing: token), column, offset)
        }
      }
    }
  }

  private static func hash(_ token: UnsafeRawBufferPointer, column: Int, offset: Int) -> UInt64 {
    let hash = TableHash.hash(token)
    return (hash ^ UInt64(column &* 31 &+ 7)) &* (UInt64(offset) &* 2 &+ 0x9E37_79B9_7F4A_7C15)
  }
}
