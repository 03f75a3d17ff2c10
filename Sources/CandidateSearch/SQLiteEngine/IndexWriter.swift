import Dispatch
import GRDB
import Synchronization

/// The writer of an index file. What a large transaction has written to the WAL is moved to the file on another thread, while
/// the next one runs; SQLite would do it within the transaction, for a tenth of a load's time. After some large transactions,
/// the next one waits until everything was moved.
final class IndexWriter: Sendable {
  let database: any DatabaseWriter
  private let file: IndexFile
  private let queue = DispatchQueue(label: "cand-search.checkpoint")
  /// The number of large transactions since one waited for the WAL.
  private let transactions = Mutex(0)
  /// The connection that moves pages, while it does. SQLite lets one connection at a time do so.
  private let mover = Mutex<DatabaseQueue?>(nil)

  /// The number of large transactions after which the next one waits until all are in the file. Then the WAL begins anew
  /// unless something reads an older state.
  private static let maximumTransactions = 4
  /// The number of pages in the WAL from which on SQLite moves them at the end of a transaction: its default.
  private static let usualPages = 1_000
  /// The time for which moving everything waits for readers of older states and for other writers, in seconds.
  private static let moveTimeout = 0.1

  /// The connection that moves pages reads none.
  private static let moving = "PRAGMA cache_size = 10"
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
  private var movesPages: Bool { database is DatabasePool }

  /// Runs a transaction.
  func write<T>(_ body: (Database) throws -> T) throws -> T { try database.write(body) }

  /// Runs a transaction. `body` sets its second argument if the transaction is large. After some large ones, the next
  /// transaction waits until what they have written was moved to the file, as far as readers of older states allow.
  func write<T>(_ body: (Database, inout Bool) throws -> T) throws -> T {
    if transactions.withLock({ $0 >= Self.maximumTransactions }) { waitForFile() }
    var isLarge = false
    let result = try database.writeWithoutTransaction { db in
      defer { if isLarge, movesPages { try? setCheckpoint(atPages: Self.usualPages, db) } }
      var result: T?
      try db.inTransaction {
        result = try body(db, &isLarge)
        if isLarge, movesPages { try setCheckpoint(atPages: 0, db) }
        return .commit
      }
      return result
    }
    if isLarge, movesPages { moveToFile() }
    guard let result else { throw DatabaseError(resultCode: .SQLITE_MISUSE) }
    return result
  }

  /// Moves everything in the WAL to the file, and removes it from the WAL. Returns false if a reader of an older state
  /// prevents it.
  func emptyWAL() throws -> Bool {
    try database.writeWithoutTransaction { db in
      try mover.withLock { mover in
        mover = nil
        return try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)").map { $0[0] as Int } != 1
      }
    }
  }

  /// Another connection, for reading every page once; nil for an index in memory. The readers of the index may all be
  /// busy.
  func reader() throws -> DatabaseQueue? {
    guard movesPages else { return nil }
    var configuration = file.configuration(Self.readingOnce)
    configuration.readonly = true
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  private func setCheckpoint(atPages count: Int, _ db: Database) throws {
    try db.execute(sql: "PRAGMA wal_autocheckpoint = \(count)")
  }

  private func waitForFile() {
    queue.sync { movePages("RESTART") }
    transactions.withLock { $0 = 0 }
  }

  private func moveToFile() {
    transactions.withLock { $0 += 1 }
    queue.async { [self] in movePages("PASSIVE") }
  }

  /// Moves pages. What cannot be moved now, since others read it or the disk is full, is moved after a later transaction.
  private func movePages(_ mode: String) {
    try? mover.withLock { mover in
      var configuration = file.configuration(Self.moving)
      configuration.busyMode = .timeout(Self.moveTimeout)
      let connection = try mover ?? DatabaseQueue(path: path, configuration: configuration)
      mover = connection
      try connection.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(\(mode))") }
    }
  }
}
