import Dispatch
import GRDB
import Synchronization

/// The writer of an index file. After a large transaction, another thread checkpoints the WAL while the next one runs: SQLite
/// would do it within the transaction, for a tenth of a load's time. After some large transactions, the next one waits for a
/// complete checkpoint.
final class IndexWriter: Sendable {
  let database: any DatabaseWriter
  private let file: IndexFile
  private let queue = DispatchQueue(label: "cand-search.checkpoint")
  /// The number of large transactions since one waited for a checkpoint.
  private let transactions = Mutex(0)
  /// The connection for checkpoints, made for the first. SQLite lets one connection at a time make one.
  private let checkpointer = Mutex<DatabaseQueue?>(nil)

  /// The number of large transactions after which the next one waits for a checkpoint. Then the WAL begins anew unless
  /// something reads an older state.
  private static let maximumLargeTransactions = 4
  /// The number of pages in the WAL from which on SQLite makes a checkpoint at the end of a transaction: its default.
  private static let defaultCheckpointPages = 1_000
  /// The time for which a complete checkpoint waits for readers of older states and for other writers, in seconds.
  private static let checkpointTimeout = 0.1

  /// A checkpoint reads no page through its connection.
  private static let checkpointPragmas = "PRAGMA cache_size = 10"
  private static let readingOnce = "PRAGMA cache_size = -1024"

  /// - Parameter file: The file of the database.
  init(_ database: any DatabaseWriter, of file: IndexFile) {
    self.database = database
    self.file = file
  }

  /// The absolute path of the file.
  var path: String { file.path }

  func read<T>(_ body: (Database) throws -> T) throws -> T { try database.read(body) }

  func writeWithoutTransaction<T>(_ body: (Database) throws -> T) throws -> T {
    try database.writeWithoutTransaction(body)
  }

  /// Whether the database has a WAL, and other connections. An index in memory has none.
  private var hasWAL: Bool { database is DatabasePool }

  /// Runs a transaction.
  func write<T>(_ body: (Database) throws -> T) throws -> T { try database.write(body) }

  /// Runs a transaction. `body` sets its second argument if the transaction is large. After some large ones, the next
  /// transaction waits for a checkpoint, which is complete as far as readers of older states allow.
  func write<T>(_ body: (Database, inout Bool) throws -> T) throws -> T {
    if transactions.withLock({ $0 >= Self.maximumLargeTransactions }) { waitForCheckpoint() }
    var isLarge = false
    let result = try database.writeWithoutTransaction { db in
      defer { if isLarge, hasWAL { try? setCheckpoint(atPages: Self.defaultCheckpointPages, db) } }
      var result: T?
      try db.inTransaction {
        result = try body(db, &isLarge)
        if isLarge, hasWAL { try setCheckpoint(atPages: 0, db) }
        return .commit
      }
      return result
    }
    if isLarge, hasWAL { scheduleCheckpoint() }
    guard let result else { throw DatabaseError(resultCode: .SQLITE_MISUSE) }
    return result
  }

  /// Makes a complete checkpoint, and removes everything from the WAL. Returns false if a reader of an older state
  /// prevents it.
  func emptyWAL() throws -> Bool {
    try database.writeWithoutTransaction { db in
      try checkpointer.withLock { checkpointer in
        checkpointer = nil
        return try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)").map { $0[0] as Int } != 1
      }
    }
  }

  /// Another connection, for reading every page once; nil for an index in memory. The readers of the index may all be
  /// busy.
  func reader() throws -> DatabaseQueue? {
    guard hasWAL else { return nil }
    var configuration = file.configuration(Self.readingOnce)
    configuration.readonly = true
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  private func setCheckpoint(atPages count: Int, _ db: Database) throws {
    try db.execute(sql: "PRAGMA wal_autocheckpoint = \(count)")
  }

  private func waitForCheckpoint() {
    queue.sync { checkpoint("RESTART") }
    transactions.withLock { $0 = 0 }
  }

  private func scheduleCheckpoint() {
    transactions.withLock { $0 += 1 }
    queue.async { [self] in checkpoint("PASSIVE") }
  }

  /// Makes a checkpoint. What others still read, or the disk has no room for, is left for a later one.
  private func checkpoint(_ mode: String) {
    try? checkpointer.withLock { checkpointer in
      var configuration = file.configuration(Self.checkpointPragmas)
      configuration.busyMode = .timeout(Self.checkpointTimeout)
      let connection = try checkpointer ?? DatabaseQueue(path: path, configuration: configuration)
      checkpointer = connection
      try connection.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(\(mode))") }
    }
  }
}
