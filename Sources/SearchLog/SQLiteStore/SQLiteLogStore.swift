import Foundation
import GRDB

/// A log in a SQLite file of its own.
final class SQLiteLogStore: LogStore {
  private let file: LogFile
  private let reader: any DatabaseReader
  /// The connections of a log that was opened for appending.
  let pool: DatabasePool?
  /// The file that is open.
  private let opened: LogFile.Identity?

  /// - Throws: `SearchLogError`.
  init(_ file: LogFile, access: SearchLog.Access) throws {
    self.file = file
    switch access {
    case .appending:
      let pool = try file.openForAppending()
      self.pool = pool
      reader = pool
    case .reading:
      pool = nil
      reader = try file.openForReading()
    }
    opened = file.identity
  }

  var location: String { file.path }
  var isWritable: Bool { pool != nil }

  func read<T>(_ body: (any LogSnapshot) throws -> T) throws -> T {
    do {
      try file.checkIsAttached(to: opened)
    } catch SearchLogError.notWritable(let path, let reason) {
      throw SearchLogError.notReadable(path: path, reason: reason)
    }
    return try file.explained { try reader.read { try body(SQLiteLogTransaction(db: $0)) } }
  }

  func change<T>(_ body: (any LogTransaction) throws -> T) throws -> T {
    return try file.explained { try writer().write { try body(SQLiteLogTransaction(db: $0)) } }
  }

  func finishErasure(ifPending: Bool) throws -> String? {
    try file.explained {
      if ifPending {
        let row = try reader.read {
          try Row.fetchOne($0, sql: "SELECT erasure_pending FROM chain WHERE id = 1")
        }
        guard let row, row.number(0) != 0 else { return }
      }
      try writer().writeWithoutTransaction { db in
        // The copy that VACUUM makes contains no erased text.
        try db.execute(sql: "PRAGMA temp_store = FILE; VACUUM; PRAGMA temp_store = MEMORY")
        try emptyWAL(db)
        try db.execute(sql: "UPDATE chain SET erasure_pending = 0")
        try emptyWAL(db)
      }
    }
    return nil
  }

  private func emptyWAL(_ db: Database) throws {
    let isBlocked = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)").flatMap { $0.number(0) } ?? 0
    if isBlocked == 1 { throw SearchLogError.erasureBlocked(path: location) }
  }

  /// - Throws: `SearchLogError`; also if the file was removed or replaced, since entries of an unlinked file are lost.
  private func writer() throws(SearchLogError) -> DatabasePool {
    guard let pool else { throw .notWritable(path: location, reason: "it was opened for reading") }
    try file.checkIsAttached(to: opened)
    return pool
  }

  func checkIsWritable() throws(SearchLogError) { _ = try writer() }
}
