import CandidateSearch
import Foundation
import SearchLog

/// A search log in the tables beside an index on a PostgreSQL server, which several programs and servers share.
///
/// Transactions that append take the row with the ends of the chain one after another. Readers wait for none.
final class PostgresLogStore: LogStore {
  let location: String
  let isWritable: Bool
  /// How long an erasure waits for transactions that read an older state.
  private let maximumWait: Duration
  private let readers: ConnectionPool
  private let writers: ConnectionPool

  /// Opens the log at the address of an index. With `isWritable`, upgrades the tables, those of the index too.
  /// - Throws: `SearchLogError`; `IndexError` if there is no index.
  init(_ text: String, isWritable: Bool, maximumWait: Duration = .seconds(60)) throws {
    let shown = CandidateIndex.shownLocation(text)
    let address = try Self.explained(shown, isWritable) { try PostgresAddress(text) }
    self.isWritable = isWritable
    self.maximumWait = maximumWait
    location = address.location
    // Whoever appends reads what was appended: not from a replica, which may be older.
    readers = ConnectionPool(maximumCount: 2) {
      try PostgresEngine.connect(isWritable ? address.forWriting : address.parameters, address)
    }
    writers = ConnectionPool(maximumCount: 1) { try PostgresEngine.connect(address.forWriting, address) }
    try explained {
      try (isWritable ? writers : readers).withConnection { connection, _ in
        let version = try PostgresSchema.version(connection)
        if version == 0 { throw IndexError.missing(path: location) }
        if isWritable { return try PostgresSchema.migrate(connection, location: location) }
        if version > PostgresSchema.version { throw SearchLogError.newerVersion(path: location) }
        if version < PostgresSchema.version { throw SearchLogError.olderVersion(path: location) }
      }
    }
  }

  func read<T>(_ body: (any LogSnapshot) throws -> T) throws -> T {
    try transaction(readers, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") { connection in
      defer { connection.endReading() }
      let result = try body(PostgresLogTransaction(connection: connection, isChanging: false))
      if let failure = connection.failure { throw failure }
      return result
    }
  }

  func change<T>(_ body: (any LogTransaction) throws -> T) throws -> T {
    try checkIsWritable()
    return try transaction(writers, "BEGIN") { connection in
      do {
        let result = try body(PostgresLogTransaction(connection: connection, isChanging: true))
        try connection.execute("COMMIT")
        return result
      } catch {
        if !connection.isBroken { try? connection.script("ROLLBACK") }
        throw error
      }
    }
  }

  /// Calls `body` in a transaction on a connection of a pool. One that the server has closed since it was last used is
  /// replaced, before anything was done.
  private func transaction<T>(
    _ pool: ConnectionPool, _ begin: String, _ body: (PostgresConnection) throws -> T
  ) throws -> T {
    try explained {
      var isRepeated = false
      while true {
        let result: T? = try pool.withConnection { connection, wasUsed in
          do {
            try connection.execute(begin)
          } catch let error as PostgresError where error.kind == .connection && wasUsed && !isRepeated {
            return nil
          }
          return try body(connection)
        }
        if let result { return result }
        pool.closeUnused()
        isRepeated = true
      }
    }
  }

  func finishErasure(ifPending: Bool) throws -> String? {
    try checkIsWritable()
    return try explained {
      try writers.withConnection { connection, _ in
        let lock: [PostgresValue] = [.integer(PostgresSchema.Lock.logErasure)]
        let isAlone = try connection.first(PostgresQuery("SELECT pg_try_advisory_lock($1)", lock)) {
          $0.bool(0)
        }
        defer {
          if isAlone == true, !connection.isBroken {
            try? connection.execute("SELECT pg_advisory_unlock($1)", lock)
          }
        }
        let erasure = PostgresErasure(connection: connection, maximumWait: maximumWait, part: .log)
        guard ifPending else { return try erasure.finish() }
        // Another process is about it.
        if isAlone != true { return nil }
        if try !erasure.isPending { return nil }
        do {
          return try erasure.finish()
        } catch is OlderStateInUse {
        } catch let error as PostgresError where [.forbidden, .locked].contains(error.kind) {
          // Whoever may not erase may append.
        }
        return nil
      }
    }
  }

  // MARK: - Errors

  private func explained<T>(_ body: () throws -> T) throws -> T {
    try Self.explained(location, isWritable, body)
  }

  private static func explained<T>(_ location: String, _ isWritable: Bool, _ body: () throws -> T) throws -> T
  {
    do {
      return try body()
    } catch let error as PostgresError {
      throw Self.logError(error.explanation(at: location, isWritable: isWritable))
    } catch let error as PostgresLibrary.Missing {
      throw Self.logError(error.explanation(at: location))
    } catch is OlderStateInUse {
      throw SearchLogError.erasureBlocked(path: location)
    } catch let error as IndexError {
      // A database without an index has no log.
      if case .missing = error { throw error }
      throw Self.logError(error)
    }
  }

  /// The error of a log for one of an index; that one where a log has none.
  private static func logError(_ error: IndexError) -> any Error {
    switch error {
    case .unreachable(let location, let reason):
      SearchLogError.unreachable(location: location, reason: reason)
    case .busy(let path): SearchLogError.busy(path: path)
    case .diskFull(let path): SearchLogError.diskFull(path: path)
    case .notReadable(let path, let reason): SearchLogError.notReadable(path: path, reason: reason)
    case .notWritable(let path, let reason): SearchLogError.notWritable(path: path, reason: reason)
    case .damaged(let path): SearchLogError.damaged(path: path)
    case .missing(let path): SearchLogError.missing(path: path)
    case .newerVersion(let path): SearchLogError.newerVersion(path: path)
    case .failed(let path, let reason): SearchLogError.failed(path: path, reason: reason)
    default: error
    }
  }
}
