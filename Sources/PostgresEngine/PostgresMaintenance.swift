import CandidateSearch

/// What follows loads and erasures.
struct PostgresMaintenance {
  let connection: PostgresConnection

  /// Adds up the changes of the term statistics, and merges what the GIN indexes have put off.
  func settle() throws {
    try addUpStatistics()
    let indexes = try connection.rows(
      PostgresQuery(
        """
        SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
        JOIN pg_am a ON a.oid = c.relam WHERE n.nspname = $1 AND c.relkind = 'i' AND a.amname = 'gin'
        """, [.text(PostgresSchema.name)])
    ) { $0.text(0) }
    for index in indexes {
      try connection.execute("SELECT gin_clean_pending_list($1::text::regclass)", [.text(index)])
    }
  }

  /// Adds up the changes that writers have appended. One process does so at a time; others leave it to that one.
  private func addUpStatistics() throws {
    try connection.execute("BEGIN")
    do {
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

  /// Writes every table anew if an erasure is pending: PostgreSQL leaves the bytes of removed rows in their pages.
  func finishErasure() throws {
    let isPending =
      try connection.first(
        PostgresQuery(
          "SELECT number FROM setting WHERE name = $1", [.text(Setting.erasurePending.rawValue)])
      ) { $0.integer(orZero: 0) } ?? 0
    guard isPending == 1 else { return }
    try settle()
    let tables = try connection.rows(
      PostgresQuery(
        """
        SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
        WHERE n.nspname = $1 AND c.relkind = 'r' ORDER BY 1
        """, [.text(PostgresSchema.name)])
    ) { $0.text(0) }
    for table in tables { try connection.script("VACUUM (FULL, ANALYZE) \(table)") }
    try connection.execute(
      "UPDATE setting SET number = 0 WHERE name = $1", [.text(Setting.erasurePending.rawValue)])
    // Only some roles may; without it, the server's next checkpoint removes the old files.
    try? connection.script("CHECKPOINT")
  }
}
