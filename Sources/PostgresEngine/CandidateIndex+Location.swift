import CandidateSearch

extension CandidateIndex {
  /// Opens the index at an address of a PostgreSQL server, as libpq understands it:
  /// `postgresql://user@host:port/database?parameter=value`. The tables are in the schema `cand_search` of the database; an
  /// index that is opened for writing creates them. Passwords come from libpq's password file or from PGPASSWORD, never from
  /// the address.
  ///
  /// Of several hosts, changes go to the one that accepts them; searches of an index that was opened for reading go where
  /// `target_session_attrs` says. Loads libpq at the first call.
  /// - Throws: `IndexError`.
  public convenience init(url: String, access: Access = .reading(), scope: Scope = .all) throws {
    let engine =
      switch access {
      case .reading(let readers): try PostgresEngine(url, isWritable: false, readers: readers)
      case .writing: try PostgresEngine(url, isWritable: true, readers: 4)
      case .rebuilding: try PostgresEngine(url, isWritable: true, readers: 4, allowsOlder: true)
      }
    self.init(engine, scope: scope)
  }

  /// Checks that there is an index at an address, of any version.
  /// - Throws: `IndexError`.
  package static func checkExists(url: String) throws {
    _ = try PostgresEngine(url, isWritable: false, readers: 1, allowsOlder: true)
  }

  /// Replaces an index file with a backup, as `restore(from:to:)` does. An index on a server is restored by PostgreSQL's own
  /// tool.
  /// - Throws: `IndexError`.
  package static func restore(from backup: String, toLocation location: String) throws -> RestoreSummary {
    guard isOnServer(location) else { return try restore(from: backup, to: location) }
    let address = try PostgresAddress(location)
    throw IndexError.failed(
      path: address.location,
      reason:
        "pg_restore restores an index on a server: pg_restore --clean --if-exists --dbname=\(address.database) FILE"
    )
  }

  /// Opens the index at the path of a file, or at the address of a server.
  /// - Throws: `IndexError`.
  public convenience init(location: String, access: Access = .reading(), scope: Scope = .all) throws {
    if Self.isOnServer(location) {
      try self.init(url: location, access: access, scope: scope)
    } else {
      try self.init(path: location, access: access, scope: scope)
    }
  }

  /// A location as it may be printed: without a password, should there be one.
  public static func shownLocation(_ location: String) -> String {
    isOnServer(location) ? PostgresAddress.shown(location) : location
  }

  /// Whether a location is the address of a server.
  public static func isOnServer(_ location: String) -> Bool { PostgresAddress.isAddress(location) }
}
