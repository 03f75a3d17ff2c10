import CandidateModel
import CandidateSearch

/// What checks, erasures and statistics read.
extension PostgresSnapshot {
  func problem(of error: any Error) -> String { (error as? PostgresError)?.message ?? "\(error)" }

  func fileProblems(limit: Int) throws -> [String] {
    try rows(
      """
      SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid \
      JOIN pg_namespace n ON n.oid = c.relnamespace \
      WHERE n.nspname = $1 AND NOT (i.indisvalid AND i.indisready) ORDER BY 1 LIMIT $2
      """, [.text(PostgresSchema.name), .integer(Int64(limit))]
    ) { "PostgreSQL: the index \($0.text(0)) is not valid" }
      + (try layout()?.servers.values.sorted { $0.number < $1.number } ?? []).flatMap { server in
        try rows(
          "SELECT name FROM \(ClusterSchema.sizes(of: server.number)) WHERE NOT is_sound ORDER BY 1 LIMIT \(limit)"
        ) { "\(server.name): an index of \($0.text(0)) is not valid" }
      }
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
    let own = try rows(
      """
      SELECT CASE WHEN relname LIKE 'record%' THEN 'records' WHEN relname LIKE 'posting%' THEN 'postings' \
      WHEN relname LIKE 'vocabulary%' THEN 'term statistics' WHEN relname LIKE 'candidate%' THEN 'candidates' \
      WHEN relname LIKE 'log%' THEN 'search log' ELSE 'other' END AS part, sum(pg_total_relation_size(c.oid))::bigint AS bytes \
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relkind = 'r' \
      GROUP BY 1 ORDER BY bytes DESC, part
      """, [.text(PostgresSchema.name)]
    ) { StoragePart(name: $0.text(0), bytes: Int($0.integer(orZero: 1))) }
    guard let layout = try layout() else { return own }
    let others = try layout.servers.values.map { server in
      StoragePart(
        name: "postings on \(server.name)",
        bytes: try first("SELECT sum(bytes)::bigint FROM \(ClusterSchema.sizes(of: server.number))") {
          $0.integer(0).map { Int($0) }
        } ?? 0)
    }
    return (own + others).sorted { ($1.bytes, $0.name) < ($0.bytes, $1.name) }
  }
  func tableVersion() throws -> Int {
    Int(try first("SELECT max(number) FROM migration") { $0.integer(0) } ?? 0)
  }
  func engineVersion() throws -> EngineVersion {
    EngineVersion(name: "PostgreSQL", version: try first("SHOW server_version") { $0.text(0) } ?? "")
  }
}
