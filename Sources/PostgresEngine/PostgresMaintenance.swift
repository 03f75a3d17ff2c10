import CandidateSearch

/// What follows loads.
struct PostgresMaintenance {
  let connection: PostgresConnection

  /// Adds up the changes of the term statistics, and merges what the GIN indexes have put off. Only the owner of an index
  /// may merge; for others autovacuum does.
  /// - Parameter schema: The schema of the index: on another server of a cluster it has postings alone.
  func optimize(schema: String = PostgresSchema.name) throws {
    if schema == PostgresSchema.name { try addUpStatistics(waitsForOthers: false) }
    let indexes = try connection.rows(
      PostgresQuery(
        """
        SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
        JOIN pg_am a ON a.oid = c.relam WHERE n.nspname = $1 AND c.relkind = 'i' AND a.amname = 'gin' AND pg_has_role(c.relowner, 'USAGE')
        """, [.text(schema)])
    ) { $0.text(0) }
    for index in indexes {
      try connection.execute("SELECT gin_clean_pending_list($1::text::regclass)", [.text(index)])
    }
  }

  /// Adds up the changes that writers have appended. One process does so at a time; others wait for it or leave it to that
  /// one.
  func addUpStatistics(waitsForOthers: Bool) throws {
    try connection.execute("BEGIN")
    do {
      if waitsForOthers {
        try connection.execute(
          "SELECT pg_advisory_xact_lock($1)", [.integer(PostgresSchema.Lock.statistics)])
      }
      let isAlone =
        try connection.first(
          PostgresQuery("SELECT pg_try_advisory_xact_lock($1)", [.integer(PostgresSchema.Lock.statistics)])
        ) { $0.bool(0) } ?? false
      if isAlone {
        try connection.execute(
          """
          WITH change AS (DELETE FROM vocabulary_change RETURNING *), \
          total AS (SELECT term, field, sum(documents)::bigint AS documents, sum(hidden)::bigint AS hidden \
          FROM change GROUP BY term, field) \
          INSERT INTO vocabulary (term, field, documents, hidden) SELECT * FROM total \
          ON CONFLICT (term, field) DO UPDATE SET documents = vocabulary.documents + excluded.documents, \
          hidden = vocabulary.hidden + excluded.hidden
          """)
        // A word that no candidate contains any more must not stay.
        try connection.execute("DELETE FROM vocabulary WHERE documents <= 0")
      }
      try connection.execute("COMMIT")
    } catch {
      if !connection.isBroken { try? connection.script("ROLLBACK") }
      throw error
    }
  }
}
