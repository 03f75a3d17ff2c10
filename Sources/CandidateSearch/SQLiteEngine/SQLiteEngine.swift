import CandidateModel
import Foundation
import GRDB

/// An index in one SQLite file, with its postings in FTS5.
///
/// Safe to use from many threads. Readers never wait for the writer, nor the writer for readers; writers wait for one
/// another.
final class SQLiteEngine: IndexEngine {
  let file: IndexFile
  let reader: any DatabaseReader
  /// Nil where the index was opened for reading only.
  private let writer: IndexWriter?
  /// Of an index that is read where nothing can be written.
  private let immutable: ImmutableFile?
  private let cache = DecompressionCache()
  /// The file that was opened; nil for an index in memory.
  private let opened: FileStatus.Identity?

  var location: String { file.path }

  var isDetached: Bool {
    guard let opened else { return false }
    if let status = FileStatus(path: file.path) { return status.identity != opened }
    // Any other failure may pass, and the open file can still be read.
    return errno == ENOENT || errno == ENOTDIR
  }

  /// Opens the index at a path for reading; at most `readers` calls read at once.
  /// - Throws: `IndexError`.
  init(reading path: String, readers: Int) throws {
    file = IndexFile(path: path)
    (reader, immutable) = try file.openForReading(readers: max(1, readers))
    writer = nil
    opened = FileStatus(path: path)?.identity
  }

  /// Opens the index at a path for reading and writing, and creates it if it is not there.
  /// - Throws: `IndexError`; for a file of an older version unless `allowsOlder`.
  init(writing path: String, allowsOlder: Bool = false) throws {
    file = IndexFile(path: path)
    let pool = try file.openForWriting(allowsOlder: allowsOlder)
    reader = pool
    writer = IndexWriter(pool, of: file)
    immutable = nil
    opened = FileStatus(path: path)?.identity
  }

  /// An empty index in memory.
  /// - Throws: `IndexError`.
  convenience init() throws {
    let queue = try DatabaseQueue()
    try Schema.migrator.migrate(queue)
    self.init(queue, file: .memory)
  }

  /// An index on one connection.
  init(_ queue: DatabaseQueue, file: IndexFile) {
    self.file = file
    reader = queue
    writer = IndexWriter(queue, of: file)
    immutable = nil
    opened = nil
  }

  func read<T>(_ body: (any IndexSnapshot) throws -> T) throws -> T {
    try unchanged {
      // Readers of a file cannot write; the one connection of an index in memory must be set to read only.
      if writer?.database is DatabaseQueue { return try reader.read { try body(SQLiteSnapshot($0, cache)) } }
      return try reader.unsafeRead { db in try ReadTransaction.run(db) { try body(SQLiteSnapshot($0, cache)) }
      }
    }
  }

  func read<T: Sendable>(
    cancellable body: @escaping @Sendable (any IndexSnapshot, Cancellation) throws -> T
  ) async throws -> T {
    let interruption = Interruption()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        // One thread for the whole call: GRDB's own asynchronous calls change the thread several times, which takes longer
        // than most searches.
        Self.threads.async { [self] in
          continuation.resume(with: Result { try read(interruption, body) })
        }
      }
    } onCancel: {
      interruption.interrupt()
    }
  }

  /// The threads of asynchronous calls. At most as many run as there are readers; the others wait. Not of the quality of
  /// tasks: as many long searches as there are cores would take all threads of theirs, and no deadline would cancel one.
  private static let threads = DispatchQueue(
    label: "cand-search readers", qos: .userInitiated, attributes: .concurrent)

  private func read<T>(
    _ interruption: Interruption, _ body: (any IndexSnapshot, Cancellation) throws -> T
  ) throws -> T {
    let cancellation = interruption.cancellation
    return try unchanged {
      try cancellation.check()
      do {
        // The one connection of an index in memory must be set to read only.
        if writer?.database is DatabaseQueue {
          return try reader.read { db in
            try interruption.during(db) { try body(SQLiteSnapshot(db, cache), cancellation) }
          }
        }
        return try reader.unsafeRead { db in
          try interruption.during(db) {
            try ReadTransaction.run(db) { try body(SQLiteSnapshot($0, cache), cancellation) }
          }
        }
      } catch let error as DatabaseError {
        // An interruption while FTS5 opens its table is another error of SQLite (“vtable constructor failed”).
        try cancellation.check()
        throw error
      }
    }
  }

  var servesManyReaders: Bool { reader is DatabasePool }

  func write<T>(_ body: (any IndexTransaction) throws -> T) throws -> T {
    let writer = try writable()
    return try file.explained {
      try writer.write { db, isLarge in
        let transaction = SQLiteTransaction(db, cache)
        defer { isLarge = transaction.isMergingDeferred }
        let result = try body(transaction)
        try transaction.finish()
        return result
      }
    }
  }

  func checkIsWritable() throws { _ = try writable() }

  func optimize() throws {
    let maintenance = Maintenance(writer: try writable())
    try file.explained { try maintenance.optimize() }
  }

  func compact() throws {
    let maintenance = Maintenance(writer: try writable())
    try file.explained { try maintenance.compact() }
  }

  func finishErasure() throws -> String? {
    let erasure = Erasure(writer: try writable())
    try file.explained { try erasure.finishIfPending() }
    if location != ":memory:" { try Restore.removeAbandonedDraft(of: location) }
    return nil
  }

  func releaseMemory() { (writer?.database as? DatabasePool)?.releaseMemoryEventually() }

  func backup(to path: String) throws {
    try file.explained { try Backup(reader: reader).write(to: path) }
  }

  func backup(into folder: String, keeping maximum: Int) throws -> RotationSummary {
    try file.explained {
      try BackupRotation(reader: reader, index: file.path, folder: folder, maximum: maximum).run()
    }
  }

  func lockSync(of connector: String) throws -> SyncLock? {
    try ConnectorLock(path: location, connector: connector).map { lock in SyncLock(unlock: { lock.release() })
    }
  }

  func runningSyncs(of connectors: [String]) -> Set<ExactText>? {
    Set(connectors.filter { ConnectorLock.isHeld(path: location, connector: $0) }.map(ExactText.init))
  }

  func storageProblems() throws -> [String] {
    let writer = try writable()
    return try file.explained {
      try writer.writeWithoutTransaction { db in
        let problems = try StorageCheck(db: db).postingProblems()
        // The pages in its cache are of no use to the readers of a check.
        db.releaseMemory()
        return problems
      }
    }
  }

  var companions: [String] { file.companions }

  func storedBytes() -> Int {
    companions.reduce(0) { $0 + (FileStatus(path: $1)?.size ?? 0) }
  }

  private func writable() throws -> IndexWriter {
    guard let writer else {
      throw IndexError.notWritable(path: location, reason: "it was opened for reading only")
    }
    return writer
  }

  /// Runs `body`, and fails if a file that must not change has changed meanwhile.
  private func unchanged<T>(_ body: () throws -> T) throws -> T {
    let result = Result { try file.explained(body) }
    try immutable?.expectUnchanged()
    return try result.get()
  }
}
