import CandidateModel
import Foundation
import GRDB

/// Opens an index file. An error states why it cannot be opened.
struct IndexFile {
  /// The absolute path; `:memory:` for an index in memory.
  let path: String
  /// The time that a writer waits for another, in seconds.
  private let busyTimeout: TimeInterval

  /// The file of an index in memory.
  static let memory = IndexFile(absolute: ":memory:", busyTimeout: 0)

  /// The paths of the file and of those that SQLite and cand-search create beside it, with links resolved.
  var companions: [String] {
    let path = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    return ["", "-wal", "-shm", "-journal", "-sync", "-restoring"].map { path + $0 }
  }

  init(path: String, busyTimeout: TimeInterval = 10) {
    self.init(absolute: path.absolutePath, busyTimeout: busyTimeout)
  }

  private init(absolute path: String, busyTimeout: TimeInterval) {
    self.path = path
    self.busyTimeout = busyTimeout
  }

  /// Opens the file for reading only, with at most `readers` connections. The file is immutable if its folder cannot be
  /// written to.
  /// - Throws: `IndexError`.
  func openForReading(readers: Int, allowsOlder: Bool = false) throws -> (
    reader: any DatabaseReader, immutable: ImmutableFile?
  ) {
    try checkIsFile(mustExist: true)
    guard access(path, R_OK) == 0 else {
      throw IndexError.notReadable(path: path, reason: SystemError(errno).description)
    }
    return try explained {
      do {
        return (try openForReading(path, readers: readers, allowsOlder: allowsOlder), nil)
      } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_READONLY_ROLLBACK {
        try rollBack()
        return (try openForReading(path, readers: readers, allowsOlder: allowsOlder), nil)
      } catch let error as DatabaseError where Self.folderFailures.contains(error.resultCode) {
        guard let immutable = try ImmutableFile(path: path) else { throw error }
        return (try openForReading(immutable.uri, readers: readers, allowsOlder: allowsOlder), immutable)
      }
    }
  }

  /// Opens the file for reading only, without locks, creating no file beside it. It may be of an older version.
  /// - Throws: `IndexError`; also if a WAL beside the file contains changes.
  func openImmutable() throws -> any DatabaseReader {
    guard let immutable = try ImmutableFile(path: path, isWritable: { _ in false }) else {
      throw IndexError.missing(path: path)
    }
    return try explained { try openForReading(immutable.uri, readers: 1, allowsOlder: true) }
  }

  private func openForReading(
    _ location: String, readers: Int, allowsOlder: Bool
  ) throws -> any DatabaseReader {
    var configuration = configuration(Self.reading)
    configuration.readonly = true
    configuration.maximumReaderCount = readers
    let reader: any DatabaseReader =
      readers == 1
      ? try DatabaseQueue(path: location, configuration: configuration)
      : try DatabasePool(path: location, configuration: configuration)
    try reader.read { try checkVersion($0, allowsOlder: allowsOlder) }
    return reader
  }

  /// Undoes a transaction whose process was killed while it changed a copy of an index, which has a rollback journal until the
  /// first change has ended. A connection for reading may not.
  private func rollBack() throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(busyTimeout)
    try DatabaseQueue(path: path, configuration: configuration).read { db in
      _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema")
    }
  }

  /// The errors of SQLite if it cannot create the companions of the file.
  private static let folderFailures: [ResultCode] = [
    .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_IOERR,
  ]

  /// Opens the file for writing, and creates it if it does not exist.
  /// - Throws: `IndexError`.
  func openForWriting(allowsOlder: Bool = false) throws -> DatabasePool {
    try open { configuration in
      let pool = try DatabasePool(path: path, configuration: configuration)
      try Schema.migrator.migrate(pool)
      try pool.read { try checkVersion($0, allowsOlder: allowsOlder) }
      return pool
    }
  }

  /// Opens the file for overwriting its contents, which may be damaged or of any version; creates it if it does not
  /// exist.
  /// - Throws: `IndexError` if the file is not an index.
  func openForReplacing() throws -> DatabaseQueue {
    try open(Self.damaged + Self.writing) { configuration in
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
      return queue
    }
  }

  /// Checks that the file is an index, which may be damaged, or is empty, or does not exist.
  /// - Throws: `IndexError`.
  func checkCanBeReplaced() throws {
    guard FileStatus(path: path) != nil else { return }
    do {
      let queue = try openDamaged()
      try explained { try queue.read(checkKind) }
    } catch IndexError.damaged {
      return
    }
  }

  /// Opens a file that may be damaged, for reading beside `openForReplacing`.
  /// - Throws: `IndexError`.
  func openDamaged() throws -> DatabaseQueue {
    var configuration = configuration(Self.damaged)
    configuration.readonly = true
    return try explained { try DatabaseQueue(path: path, configuration: configuration) }
  }

  /// Creates the file if it does not exist, and opens it while no other process does so.
  private func open<T>(
    _ pragmas: String = Self.writing, _ body: (Configuration) throws -> T
  ) throws -> T {
    try checkIsFile(mustExist: false)
    return try explained {
      try makeFolder()
      let lock = try FolderLock(of: path, timeout: busyTimeout)
      defer { lock.release() }
      try createPrivately()
      var configuration = configuration(pragmas)
      configuration.prepareDatabase(SpaceTokenizer.register)
      try DatabaseQueue(path: path, configuration: configuration).read(checkKind)
      return try body(configuration)
    }
  }

  private func checkIsFile(mustExist: Bool) throws(IndexError) {
    switch FileStatus(path: path)?.kind {
    case .regular: return
    case .folder, .special: throw .notAnIndex(path: path)
    case nil: if mustExist { throw .missing(path: path) }
    }
  }

  /// Readers map the file into memory, which saves a copy of every page.
  private static let reading = "PRAGMA mmap_size = 8589934592"
  /// A writer changes many pages in one transaction, and writes pages that do not fit its cache more than once. It does
  /// not map the file, since mapped pages would count as its memory. No part of a record is written to temporary files.
  static let writing = "PRAGMA page_size = 8192; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;"
  /// Allows SQLite to open a truncated file.
  private static let damaged = "PRAGMA writable_schema = ON;"

  func configuration(_ pragmas: String) -> Configuration {
    var configuration = Configuration()
    configuration.label = "cand-search"
    // A candidate's connector is assigned in the transaction that stores the candidate, and never removed.
    configuration.foreignKeysEnabled = false
    configuration.busyMode = .timeout(busyTimeout)
    configuration.prepareDatabase { db in try db.execute(sql: pragmas) }
    return configuration
  }

  /// Creates the folder of the file if it does not exist.
  func makeFolder() throws(IndexError) {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    guard FileStatus(path: folder.path) == nil else { return }
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw .notWritable(path: path, reason: "its folder cannot be created")
    }
  }

  /// Creates an empty file that only its owner can read. SQLite opens it, and creates its companions (WAL, shared
  /// memory) with the same permissions.
  ///
  /// A file that SQLite has open is never opened or closed here (`FileDraft`).
  private func createPrivately() throws(IndexError) {
    do throws(SystemError) {
      if FileStatus(path: path) == nil {
        let isCreated = try FileDraft(of: path).moveUnlessFileExists()
        // Another file has the path now; it may be a link whose target does not exist.
        if !isCreated, FileStatus(path: path) == nil { throw SystemError(ENOENT) }
      } else if access(path, W_OK) != 0 {
        throw SystemError(errno)
      }
    } catch {
      throw .notWritable(path: path, reason: error.description)
    }
  }

  /// Checks that the file is an index, or empty.
  private func checkKind(_ db: Database) throws {
    let application = try Int32.fetchOne(db, sql: "PRAGMA application_id")
    if application == Schema.applicationID { return try checkCanBeUpgraded(db) }
    // A process that was killed while it created the tables may have left the table of migrations.
    let objects =
      try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema WHERE tbl_name <> 'grdb_migrations'") ?? 0
    guard application == 0, objects == 0 else { throw IndexError.notAnIndex(path: path) }
  }

  /// Checks that the migrations can upgrade the file: those of the first versions had the same names, but other
  /// contents.
  private func checkCanBeUpgraded(_ db: Database) throws {
    guard let version = try? Setting.documentVersion.fetch(db), version < Schema.oldestDocuments else {
      return
    }
    throw IndexError.tooOld(path: path)
  }

  func checkVersion(_ db: Database, allowsOlder: Bool = false) throws {
    guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == Schema.applicationID else {
      throw IndexError.notAnIndex(path: path)
    }
    if try Schema.migrator.hasBeenSuperseded(db) { throw IndexError.newerVersion(path: path) }
    try checkCanBeUpgraded(db)
    let version = try Setting.documentVersion.fetch(db) ?? 0
    if version > Document.version { throw IndexError.newerVersion(path: path) }
    if allowsOlder { return }
    let migrations = try Schema.migrator.appliedIdentifiers(db)
    if version < Document.version || !migrations.isSuperset(of: Schema.neededForReading) {
      throw IndexError.olderVersion(path: path)
    }
  }
}
