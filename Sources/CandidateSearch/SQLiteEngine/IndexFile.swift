import CandidateModel
import Foundation
import GRDB

/// Opens an index file, and states the problem where it cannot.
struct IndexFile {
  /// Absolute; `:memory:` for an index in memory.
  let path: String
  /// How long a writer waits for another, in seconds.
  private let busyTimeout: TimeInterval

  /// An index that has no file.
  static let memory = IndexFile(absolute: ":memory:", busyTimeout: 0)

  /// The file and those that SQLite and cand-search make beside it, wherever a link leads.
  var companions: [String] {
    let path = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    return ["", "-wal", "-shm", "-journal", "-sync", "-restoring"].map { path + $0 }
  }

  init(path: String, busyTimeout: TimeInterval = 10) {
    self.init(absolute: path.absolutePath, busyTimeout: busyTimeout)
  }

  private init(absolute path: String, busyTimeout: TimeInterval) {
    (self.path, self.busyTimeout) = (path, busyTimeout)
  }

  /// For reading only. `readers` connections may read at once. The file is frozen where nothing can be written beside
  /// it. Throws `IndexError`.
  func openForReading(readers: Int, allowsOlder: Bool = false) throws -> (
    reader: any DatabaseReader, frozen: FrozenFile?
  ) {
    try checkIsFile(mustExist: true)
    guard access(path, R_OK) == 0 else {
      throw IndexError.notReadable(path: path, reason: SystemError(errno).description)
    }
    return try explained {
      do {
        return (try openForReading(path, readers: readers, allowsOlder: allowsOlder), nil)
      } catch let error as DatabaseError where Self.folderFailures.contains(error.resultCode) {
        guard let frozen = try FrozenFile(path: path) else { throw error }
        return (try openForReading(frozen.uri, readers: readers, allowsOlder: allowsOlder), frozen)
      }
    }
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

  /// What SQLite reports where it cannot make the companions of the file.
  private static let folderFailures: [ResultCode] = [
    .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_IOERR,
  ]

  /// For writing; made if it is not there. Throws `IndexError`.
  func openForWriting(allowsOlder: Bool = false) throws -> DatabasePool {
    try open { configuration in
      let pool = try DatabasePool(path: path, configuration: configuration)
      try Schema.migrator.migrate(pool)
      try pool.read { try checkVersion($0, allowsOlder: allowsOlder) }
      return pool
    }
  }

  /// For writing over all that it contains, damaged or of whatever version; made if it is not there. Throws
  /// `IndexError` if the file is not an index.
  func openForReplacing() throws -> DatabaseQueue {
    try open(Self.damaged + Self.writing) { configuration in
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
      return queue
    }
  }

  /// That the file is an index, damaged perhaps, or is empty, or is not there. Throws `IndexError`.
  func checkCanBeReplaced() throws {
    guard FileStatus(path: path) != nil else { return }
    do {
      let queue = try openDamaged()
      try explained { try queue.read(checkKind) }
    } catch IndexError.damaged {
      return
    }
  }

  /// Opens a file that may be damaged, for reading beside `openForReplacing`. Throws `IndexError`.
  func openDamaged() throws -> DatabaseQueue {
    var configuration = configuration(Self.damaged)
    configuration.readonly = true
    return try explained { try DatabaseQueue(path: path, configuration: configuration) }
  }

  /// Makes the file if it is not there, and opens it while no other process does so.
  private func open<T>(
    _ pragmas: String = Self.writing, _ body: (Configuration) throws -> T
  ) throws -> T {
    try checkIsFile(mustExist: false)
    return try explained {
      try makeFolder()
      let lock = try FolderLock(of: path, timeout: busyTimeout)
      defer { lock.release() }
      try createPrivately()
      let configuration = configuration(pragmas)
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

  /// Reading through the page cache of the system saves a copy of every page.
  private static let reading = "PRAGMA mmap_size = 8589934592"
  /// A writer changes many pages in one transaction: those that do not fit its cache are written more than once. What
  /// it reads through the system's cache would count as its own memory. Nothing of a record goes to temporary files.
  static let writing = "PRAGMA page_size = 8192; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;"
  /// Lets SQLite open a file that was cut short.
  private static let damaged = "PRAGMA writable_schema = ON;"

  func configuration(_ pragmas: String) -> Configuration {
    var configuration = Configuration()
    configuration.label = "cand-search"
    configuration.busyMode = .timeout(busyTimeout)
    configuration.prepareDatabase { db in try db.execute(sql: pragmas) }
    return configuration
  }

  /// Makes the folder of the file if it is not there.
  func makeFolder() throws(IndexError) {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    guard FileStatus(path: folder.path) == nil else { return }
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw .notWritable(path: path, reason: "its folder cannot be made")
    }
  }

  /// Only the owner may read an index: an empty file with these permissions is what SQLite opens, and it creates its
  /// companions (WAL, shared memory) the same.
  ///
  /// The file that SQLite has open is never opened or closed here (`FileDraft`).
  private func createPrivately() throws(IndexError) {
    do throws(SystemError) {
      if FileStatus(path: path) == nil {
        let isMade = try FileDraft(of: path).becomeFile()
        // What has the name now leads to a file, unless it is a link to nothing.
        if !isMade, FileStatus(path: path) == nil { throw SystemError(ENOENT) }
      } else if access(path, W_OK) != 0 {
        throw SystemError(errno)
      }
    } catch {
      throw .notWritable(path: path, reason: error.description)
    }
  }

  /// That the file is ours, or empty.
  private func checkKind(_ db: Database) throws {
    let application = try Int32.fetchOne(db, sql: "PRAGMA application_id")
    if application == Schema.applicationID { return try checkCanBeUpgraded(db) }
    // A process that was killed while it made the tables may have left the first of them.
    let objects =
      try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema WHERE tbl_name <> 'grdb_migrations'") ?? 0
    guard application == 0, objects == 0 else { throw IndexError.notAnIndex(path: path) }
  }

  /// The tables of the first versions were made by other migrations of the same name.
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
