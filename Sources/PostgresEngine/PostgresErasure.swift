import CandidateSearch
import Foundation

/// The error for a state with what is to be erased that is still in use.
struct OlderStateInUse: Error {
  /// Who uses it, as a subject and a verb; nil if that is not known.
  let holder: String?
}

/// Erases the bytes of removed candidates: PostgreSQL leaves removed rows in their pages until it needs the room.
struct PostgresErasure {
  let connection: PostgresConnection
  /// How long it waits for whoever uses an older state.
  let maximumWait: Duration
  var part = Part.index

  /// What is erased: every table, or those of the search log.
  enum Part {
    case index, log

    /// The name of the setting that is 1 while an erasure is pending.
    var setting: String { self == .log ? "log_erasure_pending" : Setting.erasurePending.rawValue }

    /// The names of the tables, for LIKE.
    var tables: String { self == .log ? #"log\_%"# : "%" }
  }

  /// The other servers of a cluster, which have postings.
  var members: [Member] = []

  struct Member {
    let name: String
    let connection: PostgresConnection
    /// The schema of the index there.
    let schema: String
  }

  /// Writes the tables anew if an erasure is pending. Returns the WAL that may contain what was removed until now.
  /// - Throws: `OlderStateInUse`, `PostgresError`.
  func finish() throws -> String? {
    var hasErased = false
    while let mark = try pendingMark() {
      try expectOwnership()
      if part == .index {
        try PostgresMaintenance(connection: connection).addUpStatistics(waitsForOthers: true)
      }
      try erase(connection, PostgresSchema.name)
      for member in members { try erase(member.connection, member.schema) }
      // Unless another process has removed candidates since.
      try connection.execute(
        "UPDATE setting SET number = 0 WHERE name = $1 AND xmin::text = $2",
        [.text(part.setting), .text(mark)])
      hasErased = true
    }
    let horizons = try members.map {
      ("\(Self.memberClause)\($0.name): ", try horizon($0.connection, hasErased))
    }
    return try horizons.reduce(horizon(connection, hasErased)) { $0 + $1.0 + $1.1 }
  }

  /// What precedes the name of another server in the text that `finish` returns.
  static let memberClause = "; on "

  var isPending: Bool { get throws { try pendingMark() != nil } }

  private func erase(_ connection: PostgresConnection, _ schema: String) throws {
    // Rows that an older transaction can see would be copied.
    try OlderStates(connection: connection).waitForEnd(maximumWait)
    do {
      for table in try tables(connection, schema) {
        try connection.script("VACUUM (FULL, ANALYZE) \(table)")
      }
    } catch let error as PostgresError where error.kind == .locked {
      throw OlderStateInUse(holder: nil)
    }
  }

  private func horizon(_ connection: PostgresConnection, _ hasErased: Bool) throws -> String {
    let horizon = try ErasureHorizon(connection)
    // Only some roles may. Without it, the file of WAL that is being written contains what was removed until it is full,
    // and the old files of the tables exist, empty, until the server's next checkpoint.
    if hasErased { try? connection.script("SELECT pg_switch_wal()") }
    let text = try horizon.text(connection, maximumWait: maximumWait)
    // After the replicas have read the WAL, so that their slots do not keep its files.
    if hasErased { try? connection.script("CHECKPOINT") }
    return text
  }

  /// The version of the row that says that an erasure is pending; nil if none is.
  private func pendingMark() throws -> String? {
    try connection.first(
      PostgresQuery(
        "SELECT xmin::text FROM setting WHERE name = $1 AND number = 1",
        [.text(part.setting)])
    ) { $0.text(0) }
  }

  /// VACUUM skips the tables of others with a warning.
  private func expectOwnership() throws {
    let foreign = try connection.first(
      PostgresQuery(
        """
        SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
        WHERE n.nspname = $1 AND c.relkind = 'r' AND NOT pg_has_role(c.relowner, 'USAGE') LIMIT 1
        """, [.text(PostgresSchema.name)])
    ) { _ in true }
    if foreign != nil {
      throw PostgresError(
        kind: .forbidden, message: "only the owner of its tables can erase what was removed")
    }
  }

  private func tables(_ connection: PostgresConnection, _ schema: String) throws -> [String] {
    try connection.rows(
      PostgresQuery(
        """
        SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
        WHERE n.nspname = $1 AND c.relkind = 'r' AND c.relname LIKE $2 ORDER BY 1
        """, [.text(schema), .text(part.tables)])
    ) { $0.text(0) }
  }
}
