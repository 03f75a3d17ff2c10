import CandidateModel
import Foundation
import GRDB

/// Replaces the contents of an index with a backup. A draft beside the index is created first, and the forgotten
/// candidates are removed from it. SQLite's backup API then copies the draft over the index in one transaction.
struct Restore {
  let backup: IndexFile
  let target: IndexFile
  let steps: RestoreSteps

  /// The name of the lock that excludes two restores of one index; no connector can have this name.
  private static let lockName = "\u{0}restore"
  /// The maximum number of times that the draft is adapted: the list of who is forgotten may change meanwhile.
  private static let maximumAttempts = 5

  /// The error for an index that has changed since the draft was adapted to it.
  private struct Changed: Error {}

  /// Removes the draft of a restore that was killed, unless a restore of the index is running.
  static func removeAbandonedDraft(of path: String) throws(IndexError) {
    guard RestoreDraft.exists(beside: path),
      let lock = try ConnectorLock(path: path, connector: lockName)
    else { return }
    defer { lock.release() }
    RestoreDraft.remove(beside: path)
  }

  /// Runs the restore. `beforeCopying` is called when the draft is ready.
  func run(beforeCopying: () throws -> Void = {}) throws -> RestoreSummary {
    if let identity = FileStatus(path: backup.path)?.identity,
      identity == FileStatus(path: target.path)?.identity
    {
      throw IndexError.failed(path: backup.path, reason: "this is the index itself, not a backup of it")
    }
    let (source, immutable) = try backup.openForReading(readers: 1, allowsOlder: true)
    try target.makeFolder()
    try target.checkCanBeReplaced()
    guard let lock = try ConnectorLock(path: target.path, connector: Self.lockName) else {
      throw IndexError.busy(path: target.path)
    }
    defer { lock.release() }
    let draft = try RestoreDraft(beside: target)
    defer { draft.discard() }
    try backup.explained {
      try target.writing { try draft.fill(from: source, path: backup.path, steps) }
    }
    try immutable?.expectUnchanged()
    return try target.explained { try replace(with: draft, beforeCopying) }
  }

  private func replace(with draft: RestoreDraft, _ beforeCopying: () throws -> Void) throws -> RestoreSummary
  {
    let destination = try target.openForReplacing()
    let present = try target.openDamaged()
    let pageSize = try destination.read { try Int.fetchOne($0, sql: "PRAGMA page_size") ?? 0 }
    var summary = RestoreSummary()
    // The table may be missing, in a file of an earlier version, or damaged: then the copies are lost.
    let copies = (try? present.read { try Row.fetchAll($0, sql: "SELECT * FROM known_copy") }) ?? []
    for _ in 0..<Self.maximumAttempts {
      let state = try present.read { try KeptState($0, path: target.path) }
      try draft.adapt(to: state, copies: copies, pageSize: pageSize, steps, summary: &summary)
      try beforeCopying()
      if try copy(draft, to: destination, present, as: state) { return summary }
    }
    throw IndexError.busy(path: target.path)
  }

  /// Copies the draft over the index; returns false if the index has changed since its state was read. The first step
  /// takes the write lock, and copies less than a whole index.
  private func copy(
    _ draft: RestoreDraft, to destination: DatabaseQueue, _ present: DatabaseQueue, as state: KeptState
  ) throws -> Bool {
    var isLocked = false
    do {
      try draft.queue.backup(to: destination, pagesPerStep: 1) { _ in
        if isLocked { return }
        isLocked = true
        guard try present.read({ try KeptState($0, path: target.path) }) == state else { throw Changed() }
      }
    } catch is Changed {
      return false
    }
    // Readers of the old state may prevent this; then the next writer does it.
    try destination.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
    return true
  }
}

/// The state of an index that a restore keeps.
struct KeptState: Equatable {
  /// The key of the hashes; nil where no candidate was ever forgotten.
  private(set) var forgottenKey: Data?
  /// The rows of who is forgotten.
  private(set) var forgotten: [Row] = []
  /// The key of cursors, so that issued cursors stay valid.
  private(set) var cursorKey: Data?
  /// The generation, so that caches of other processes become invalid.
  private(set) var generation = 0
  /// The version of the synonyms, which are those of the backup after the restore.
  private(set) var synonymsVersion = 0
  /// The highest number of a candidate, so that no number is assigned twice.
  private(set) var highestNumber: Int64 = 0

  /// Reads the state of a file that may be empty or damaged.
  /// - Throws: `IndexError.forgottenDamaged`, `IndexError.newerVersion`.
  init(_ db: Database, path: String) throws {
    do {
      guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == Schema.applicationID else { return }
      if (try? Schema.migrator.hasBeenSuperseded(db)) == true { throw IndexError.newerVersion(path: path) }
      forgottenKey = try StoredKey.forgotten.fetch(db)
      forgotten = try Row.fetchAll(db, sql: "SELECT * FROM forgotten ORDER BY hash")
      if !forgotten.isEmpty, forgottenKey?.count != Digest.keyLength {
        throw IndexError.forgottenDamaged(path: path)
      }
      cursorKey = try StoredKey.cursor.fetch(db)
      generation = try Setting.generation.fetch(db) ?? 0
      synonymsVersion = try Setting.synonymsVersion.fetch(db) ?? 0
      highestNumber =
        try Int64.fetchOne(db, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'candidate'") ?? 0
    } catch let error as DatabaseError
      where [.SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR].contains(error.resultCode)
    {
      throw IndexError.forgottenDamaged(path: path)
    }
  }

  private static func raise(_ setting: Setting, above value: Int, _ db: Database) throws {
    try setting.store(max(value, setting.fetch(db) ?? 0) &+ 1, db)
  }

  /// Writes the state to another database. Returns the number of hashes of that database that are lost.
  func store(_ db: Database) throws -> Int {
    if let cursorKey { try StoredKey.cursor.store(cursorKey, db) }
    try Self.raise(.generation, above: generation, db)
    try Self.raise(.synonymsVersion, above: synonymsVersion, db)
    try db.execute(
      sql: "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'candidate'",
      arguments: [highestNumber])
    // If no candidate was ever forgotten here, the backup's own hashes stay valid.
    guard let forgottenKey else { return 0 }
    let isSameKey = try StoredKey.forgotten.fetch(db) == forgottenKey
    let lost = isSameKey ? 0 : try ForgottenTable(db: db).requestCount()
    try StoredKey.forgotten.store(forgottenKey, db)
    try db.execute(sql: "DELETE FROM forgotten")
    for row in forgotten { try Self.insert(row, into: "forgotten", db) }
    return lost
  }

  static func insert(_ row: Row, into table: String, _ db: Database) throws {
    let columns = row.columnNames.joined(separator: ", ")
    let parameters = row.columnNames.map { _ in "?" }.joined(separator: ", ")
    try db.execute(
      sql: "INSERT OR REPLACE INTO \(table) (\(columns)) VALUES (\(parameters))",
      arguments: StatementArguments(row.databaseValues))
  }
}

/// The draft of a restore: a copy of the backup, beside the index.
private struct RestoreDraft {
  let file: IndexFile
  let queue: DatabaseQueue

  /// Creates an empty draft, replacing one that a killed process left.
  /// - Throws: `IndexError`.
  init(beside target: IndexFile) throws {
    file = IndexFile(path: Self.path(beside: target.path))
    Self.remove(beside: target.path)
    do throws(SystemError) {
      try FileDraft(of: file.path).moveReplacingFile()
    } catch {
      throw IndexError.notWritable(path: target.path, reason: error.description)
    }
    let configuration = file.configuration(IndexFile.writing)
    queue = try DatabaseQueue(path: file.path, configuration: configuration)
  }

  func discard() {
    try? queue.close()
    Self.remove(file.path)
  }

  private static func path(beside index: String) -> String { index + "-restoring" }

  static func exists(beside index: String) -> Bool { FileStatus(path: path(beside: index)) != nil }

  /// Removes the draft beside an index.
  static func remove(beside index: String) { remove(path(beside: index)) }

  private static func remove(_ path: String) {
    for ending in ["", "-wal", "-shm", "-journal"] { unlink(path + ending) }
  }

  /// Copies the backup, upgrades it to this version, and checks it.
  /// - Throws: `IndexError`, with the path of the backup.
  func fill(from source: any DatabaseReader, path: String, _ steps: RestoreSteps) throws {
    try source.backup(to: queue)
    // The copy may be in WAL mode, in which the page size cannot be changed.
    try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
    try Schema.migrator.migrate(queue)
    try queue.write { try steps.upgrade(SQLiteTransaction($0)) }
    guard try steps.isSound(SQLiteEngine(queue, file: file)) else { throw IndexError.damaged(path: path) }
  }

  /// Adds the state that the index keeps, and erases the candidates that are forgotten in it.
  func adapt(
    to state: KeptState, copies: [Row], pageSize: Int, _ steps: RestoreSteps,
    summary: inout RestoreSummary
  ) throws {
    try queue.write { db in
      for row in copies { try KeptState.insert(row, into: "known_copy", db) }
      summary.otherHashes += try state.store(db)
      summary.forgotten += try steps.removeForgotten(SQLiteTransaction(db))
      // Bytes of a candidate who was deleted and then forgotten may still be in the backup.
      if !state.forgotten.isEmpty { try Erasure.begin(db) }
      summary.candidates = try Int.fetchOne(db, sql: "SELECT count(*) FROM candidate") ?? 0
    }
    try Maintenance(writer: IndexWriter(queue, of: file)).optimize()
    try queue.writeWithoutTransaction { db in
      guard try Int.fetchOne(db, sql: "PRAGMA page_size") != pageSize else { return }
      try db.execute(sql: "PRAGMA page_size = \(pageSize); VACUUM")
    }
  }
}
