import CandidateModel
import CandidateQuery
import CandidateSearch
import Foundation

/// Terms, what is around the candidates, and checks.
extension PostgresSnapshot {
  // MARK: Terms

  /// The counted words, with the changes that are not added up yet.
  private static func vocabulary(where condition: String) -> String {
    """
    (SELECT term, field, documents, hidden FROM vocabulary WHERE \(condition) \
    UNION ALL SELECT term, field, documents, hidden FROM vocabulary_change WHERE \(condition)) v
    """
  }
  private static func count(_ includesPrivate: Bool) -> String {
    includesPrivate ? "sum(documents)::bigint" : "sum(documents - hidden)::bigint"
  }

  func frequency(of term: String, includesPrivate: Bool) throws -> TermFrequency {
    try lookup(\.frequencies[FrequencyKey(term: term, includesPrivate: includesPrivate)]) {
      var frequency = TermFrequency()
      try run([
        PostgresQuery(
          """
          SELECT field, \(Self.count(includesPrivate)) FROM \(Self.vocabulary(where: "term = $1")) GROUP BY field
          """, [.text(term)])
      ]) { _, row in
        guard let column = Lexeme.column(of: row.bytes(0)) else { return }
        frequency[TextColumn.allCases[column - 1]] = Int(row.integer(orZero: 1))
      }
      return frequency
    }
  }

  func completions(
    of prefix: String, in columns: [TextColumn], limit: Int, includesPrivate: Bool
  ) throws -> [CountedTerm] {
    if columns.isEmpty || limit <= 0 { return [] }
    let key = Lookups.Completions(
      prefix: prefix, columns: columns, limit: limit, includesPrivate: includesPrivate)
    return try lookup(\.completions[key]) {
      let letters = columns.map { Character(Unicode.Scalar(Lexeme.letter(of: $0))) }
      let found = try rows(
        """
        SELECT term, \(Self.count(includesPrivate)) AS count \
        FROM \(Self.vocabulary(where: "term >= $1 AND term < $2")) \
        WHERE strpos($3::text, field::text) > 0 GROUP BY term \
        HAVING \(Self.count(includesPrivate)) > 0 ORDER BY count DESC, term LIMIT $4
        """, [.text(prefix), .text(prefix + "\u{10FFFF}"), .text(String(letters)), .integer(Int64(limit))]
      ) { CountedTerm(term: $0.text(0), count: Int($0.integer(orZero: 1))) }
      _ = try state.lookups.withState(of: generation()) { lookups in
        for term in found { lookups.completed[term.term] = term.count }
      }
      return found
    }
  }

  func forEachTerm(includesPrivate: Bool, _ body: (UnsafeRawBufferPointer, Int) throws -> Void) throws {
    try forEachRow(
      """
      SELECT term, \(Self.count(includesPrivate)) FROM \(Self.vocabulary(where: "term <> ''")) \
      GROUP BY term HAVING sum(documents) <> 0 ORDER BY term
      """
    ) { try body($0.bytes(0), Int($0.integer(orZero: 1))) }
  }

  func forEachPostingList(
    withPrefix prefix: [UInt8], _ body: (UnsafeRawBufferPointer, [Int64]) throws -> Void
  ) throws {
    let text = String(decoding: prefix, as: UTF8.self)
    var term: [UInt8] = []
    var docids: [Int64] = []
    func end() throws { if !docids.isEmpty { try term.withUnsafeBytes { try body($0, docids) } } }
    try forEachRow(
      """
      SELECT f.term, p.docid FROM posting p, unnest(p.facets) f(term) \
      WHERE f.term > $1::text COLLATE "C" AND f.term < $2::text COLLATE "C" ORDER BY 1, 2
      """, [.text(text), .text(text + "\u{10FFFF}")]
    ) { row in
      if !row.bytes(0).elementsEqual(term) {
        try end()
        term = Array(row.bytes(0))
        docids.removeAll(keepingCapacity: true)
      }
      docids.append(row.integer(orZero: 1))
    }
    try end()
  }

  func forEachPosting(_ body: (Posting) throws -> Void) throws {
    var partial: [Docid] = []
    try forEachRow("SELECT docid, doc, \(SearchSQL.isPartial) FROM posting p", fetching: Self.fetchedRecords)
    { row in
      let docid = Docid(value: row.integer(orZero: 0))
      if row.bool(2) { return partial.append(docid) }
      try DocumentVector.forEachLexeme(of: row.bytes(1)) { lexeme, positions in
        let column = Lexeme.column(of: lexeme)
        let token = column == nil ? lexeme : UnsafeRawBufferPointer(rebasing: lexeme.dropFirst())
        for position in positions {
          try body(Posting(term: token, docid: docid, column: column ?? 0, offset: position - 1))
        }
      }
    }
    // Searches compare partial documents themselves, so that those are their postings.
    let builders = DocumentBuilders(customFields: try customFields())
    for docid in partial {
      guard let stored = try records([docid])[docid] else { continue }
      var failure: (any Error)?
      builders[stored.connector].document(of: stored.candidate).forEachToken { token, column, offset in
        do { try body(Posting(term: token, docid: docid, column: column, offset: offset)) } catch {
          failure = error
        }
      }
      if let failure { throw failure }
    }
  }

  func differences(from statistics: TermStatisticsChanges) throws -> [String] {
    var expected: [String: (Int64, Int64)] = [:]
    for word in statistics.sorted {
      let letter = Character(Unicode.Scalar(Lexeme.letter(of: word.field)))
      expected["\(letter)\(String(decoding: word.term, as: UTF8.self))"] = (
        Int64(word.documents), Int64(word.hidden)
      )
    }
    var differences: [String] = []
    try forEachRow(
      """
      SELECT field, term, sum(documents)::bigint, sum(hidden)::bigint FROM \(Self.vocabulary(where: "true")) \
      GROUP BY field, term HAVING sum(documents) <> 0 OR sum(hidden) <> 0
      """
    ) { row in
      let name = row.text(0) + row.text(1)
      guard let known = expected.removeValue(forKey: name),
        known == (row.integer(orZero: 2), row.integer(orZero: 3))
      else {
        differences.append("the term statistics do not count \(name.dropFirst()) as often as it occurs")
        return
      }
    }
    return differences + expected.keys.sorted().map { "the term statistics lack \($0.dropFirst())" }
  }

  // MARK: Around the candidates

  func forgottenHashes() throws -> [ForgottenHash] {
    try rows("SELECT hash, kind, origin FROM forgotten") { row in
      ForgottenHash.Kind(rawValue: Int(row.integer(orZero: 1))).map {
        ForgottenHash(
          hash: Data(row.bytes(0)), kind: $0, origin: row.isNull(2) ? nil : Data(row.bytes(2)))
      }
    }.compactMap(\.self)
  }

  func syncs() throws -> [SyncStatus] {
    let refused = Dictionary(
      try rows("SELECT connector, count(*) FROM refused GROUP BY connector") {
        ($0.text(0), Int($0.integer(orZero: 1)))
      }
    ) { first, _ in first }
    return try rows(
      """
      SELECT connector, kind, begun_at, ended_at, ending, mark, fresh_at, added, updated, unchanged, refused, removed \
      FROM sync ORDER BY connector
      """
    ) { row in
      func time(_ column: Int32) -> Timestamp? { row.integer(column).map(Timestamp.init(microseconds:)) }
      func number(_ column: Int32) -> Int? { row.integer(column).map(Int.init) }
      guard let kind = SyncStatus.Kind(rawValue: row.text(1)) else {
        throw PostgresError(kind: .damaged, message: "the kind of a sync is unknown")
      }
      var status = SyncStatus(
        connector: row.text(0), kind: kind, begunAt: Timestamp(microseconds: row.integer(orZero: 2)))
      status.endedAt = time(3)
      status.outcome = row.optionalText(4).map(SyncStatus.Outcome.init(description:))
      status.mark = time(5)
      status.freshAt = time(6)
      status.added = number(7)
      status.updated = number(8)
      status.unchanged = number(9)
      status.refused = number(10)
      status.removed = number(11)
      status.toRequestAgain = refused[status.connector] ?? 0
      return status
    }
  }

  func freshness() throws -> [ConnectorFreshness] {
    try rows("SELECT connector, fresh_at FROM sync ORDER BY connector") {
      ConnectorFreshness(
        connector: $0.text(0), freshAt: $0.integer(1).map(Timestamp.init(microseconds:)))
    }
  }

  func refusedIDs(connector: String) throws -> [String] {
    try rows("SELECT id FROM refused WHERE connector = $1 ORDER BY id", [.text(connector)]) { $0.text(0) }
  }

  func knownCopies() throws -> [KnownCopy] {
    try rows("SELECT path, kind, written_at FROM known_copy ORDER BY path") { row in
      KnownCopy.Kind(rawValue: row.text(1)).map {
        KnownCopy(path: row.text(0), kind: $0, writtenAt: Timestamp(microseconds: row.integer(orZero: 2)))
      }
    }.compactMap(\.self)
  }

  func backupLimits() throws -> [String: Int] { [:] }

  // MARK: Checks

  func problem(of error: any Error) -> String { (error as? PostgresError)?.message ?? "\(error)" }

  func fileProblems(limit: Int) throws -> [String] {
    try rows(
      """
      SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid \
      JOIN pg_namespace n ON n.oid = c.relnamespace \
      WHERE n.nspname = $1 AND NOT (i.indisvalid AND i.indisready) ORDER BY 1 LIMIT $2
      """, [.text(PostgresSchema.name), .integer(Int64(limit))]
    ) { "PostgreSQL: the index \($0.text(0)) is not valid" }
  }

  func tableProblems(limit: Int) throws -> [String] {
    let faults: [(sql: String, problem: String)] = [
      (
        "SELECT number FROM candidate c WHERE NOT EXISTS (SELECT 1 FROM record r WHERE r.docid = c.docid)",
        "has a row, but no record"
      ),
      (
        "SELECT docid FROM record r WHERE NOT EXISTS (SELECT 1 FROM candidate c WHERE r.docid = c.docid)",
        "has a record, but no row"
      ),
      (
        "SELECT number FROM candidate c WHERE NOT EXISTS (SELECT 1 FROM connector n WHERE n.number = c.connector)",
        "belongs to no connector"
      ),
      (
        "SELECT max(number) FROM candidate GROUP BY id, connector HAVING count(*) > 1",
        "has the id of another"
      ),
      ("SELECT number FROM candidate GROUP BY number HAVING count(*) > 1", "has the number of another"),
    ]
    return try faults.flatMap { sql, problem in
      try rows(sql + " LIMIT \(limit)") { "candidate number \($0.integer(orZero: 0)) \(problem)" }
    }
  }

  func docidProblems(limit: Int) throws -> [String] {
    try rows(
      """
      SELECT docid FROM posting p WHERE NOT EXISTS (SELECT 1 FROM candidate c WHERE c.docid = p.docid) \
      ORDER BY 1 LIMIT \(limit)
      """
    ) { "docid \($0.integer(orZero: 0)) is in the postings, but no candidate has it" }
      + rows(
        """
        SELECT docid FROM candidate c WHERE NOT EXISTS (SELECT 1 FROM posting p WHERE c.docid = p.docid) \
        ORDER BY 1 LIMIT \(limit)
        """
      ) { "docid \($0.integer(orZero: 0)) is a candidate's, but not in the postings" }
  }

  /// What the tables contain, row by row: a client cannot read the server's files.
  func forEachStoredPiece(overlap: Int, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    try forEachStoredText(body)
    for sql in [
      "SELECT term FROM vocabulary", "SELECT term FROM vocabulary_change", "SELECT id FROM refused",
      "SELECT id FROM candidate",
      "SELECT ending FROM sync WHERE ending IS NOT NULL", "SELECT path FROM known_copy",
      "SELECT facet FROM posting, unnest(facets) f(facet)",
      "SELECT coalesce(most_common_vals::text, '') || coalesce(histogram_bounds::text, '') FROM pg_stats WHERE schemaname = 'cand_search'",
    ] {
      try forEachRow(sql) { try body($0.bytes(0)) }
    }
  }

  func forEachStoredText(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    try forEachRow(
      """
      SELECT r.json, c.modified_json, c.sort_name, p.doc FROM candidate c JOIN record r ON r.docid = c.docid \
      JOIN posting p ON p.docid = c.docid
      """, fetching: Self.fetchedRecords
    ) { row in
      for column in 0..<3 { try body(row.bytes(Int32(column))) }
      try DocumentVector.forEachLexeme(of: row.bytes(3)) { lexeme, _ in try body(lexeme) }
    }
    try forEachRow(
      "SELECT name FROM connector UNION ALL SELECT convert_from(bytes, 'UTF8') FROM setting WHERE name = 'synonyms'"
    ) {
      try body($0.bytes(0))
    }
  }

  func erasedMarks() throws -> [[UInt8]] { [] }
  func compression() throws -> StoredCompression { StoredCompression(isEnabled: false, dictionaryBytes: nil) }

  func storageParts() throws -> [StoragePart] {
    try rows(
      """
      SELECT CASE WHEN relname LIKE 'record%' THEN 'records' WHEN relname LIKE 'posting%' THEN 'postings' \
      WHEN relname LIKE 'vocabulary%' THEN 'term statistics' WHEN relname LIKE 'candidate%' THEN 'candidates' \
      ELSE 'other' END AS part, sum(pg_total_relation_size(c.oid))::bigint AS bytes \
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relkind = 'r' \
      GROUP BY 1 ORDER BY bytes DESC, part
      """, [.text(PostgresSchema.name)]
    ) { StoragePart(name: $0.text(0), bytes: Int($0.integer(orZero: 1))) }
  }
  func tableVersion() throws -> Int {
    Int(try first("SELECT max(number) FROM migration") { $0.integer(0) } ?? 0)
  }
  func engineVersion() throws -> EngineVersion {
    EngineVersion(name: "PostgreSQL", version: try first("SHOW server_version") { $0.text(0) } ?? "")
  }
}
