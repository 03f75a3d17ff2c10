import CandidateModel
import Foundation
import GRDB

/// Opens an index file and says clearly why where it cannot.
struct IndexFile {
  let path: String

  /// How long a writer waits for another, in seconds.
  static let busyTimeout: TimeInterval = 10

  /// For reading only. `readers` connections may read at once. Throws `IndexError`.
  func openForReading(readers: Int) throws -> any DatabaseReader {
    try checkIsFile(mustExist: true)
    return try explained {
      var configuration = configuration(Self.reading)
      configuration.readonly = true
      configuration.maximumReaderCount = readers
      let reader: any DatabaseReader =
        readers == 1
        ? try DatabaseQueue(path: path, configuration: configuration)
        : try DatabasePool(path: path, configuration: configuration)
      try reader.read { try checkVersion($0) }
      return reader
    }
  }

  /// For writing; made if it is not there. Throws `IndexError`.
  func openForWriting(allowsOlder: Bool = false) throws -> DatabasePool {
    try checkIsFile(mustExist: false)
    return try explained {
      try createPrivately()
      let lock = FolderLock(of: path)
      defer { lock.release() }
      try DatabaseQueue(path: path, configuration: configuration(Self.writing)).read(checkKind)
      let pool = try DatabasePool(path: path, configuration: configuration(Self.writing))
      try Schema.migrator.migrate(pool)
      try pool.read { try checkVersion($0, allowsOlder: allowsOlder) }
      return pool
    }
  }

  private func checkIsFile(mustExist: Bool) throws(IndexError) {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    if isFolder.boolValue { throw .notAnIndex(path: path) }
    if mustExist, !exists { throw .missing(path: path) }
  }

  /// Reading through the page cache of the system saves a copy of every page.
  private static let reading = "PRAGMA mmap_size = 8589934592"
  /// A writer changes many pages in one transaction: those that do not fit its cache are written more than once. What
  /// it reads through the system's cache would count as its own memory. Nothing of a record goes to temporary files.
  private static let writing =
    "PRAGMA page_size = 8192; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY"

  private func configuration(_ pragmas: String) -> Configuration {
    var configuration = Configuration()
    configuration.label = "cand-search"
    configuration.busyMode = .timeout(Self.busyTimeout)
    configuration.prepareDatabase { db in try db.execute(sql: pragmas) }
    return configuration
  }

  /// Candidates are nobody else's business: the file is the owner's alone, and SQLite gives its companions (WAL,
  /// shared memory) the same permissions.
  private func createPrivately() throws {
    let url = URL(fileURLWithPath: path)
    let folder = url.deletingLastPathComponent()
    if !FileManager.default.fileExists(atPath: folder.path) {
      do {
        try FileManager.default.createDirectory(
          at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      } catch {
        throw IndexError.notWritable(path: path, reason: "its folder cannot be made")
      }
    }
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw IndexError.notWritable(path: path, reason: String(cString: strerror(errno)))
    }
    close(descriptor)
  }

  /// That the file is ours, or empty.
  private func checkKind(_ db: Database) throws {
    let application = try Int32.fetchOne(db, sql: "PRAGMA application_id")
    if application == Schema.applicationID { return }
    // A process that was killed while it made the tables may have left the first of them.
    let objects =
      try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema WHERE tbl_name <> 'grdb_migrations'") ?? 0
    guard application == 0, objects == 0 else { throw IndexError.notAnIndex(path: path) }
  }

  private func checkVersion(_ db: Database, allowsOlder: Bool = false) throws {
    guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == Schema.applicationID else {
      throw IndexError.notAnIndex(path: path)
    }
    if try Schema.migrator.hasBeenSuperseded(db) { throw IndexError.newerVersion(path: path) }
    let version = try Setting.documentVersion.fetch(db) ?? 0
    if version > Document.version { throw IndexError.newerVersion(path: path) }
    if allowsOlder { return }
    let migrations = try Schema.migrator.appliedIdentifiers(db)
    if version < Document.version || !migrations.isSuperset(of: Schema.neededForReading) {
      throw IndexError.olderVersion(path: path)
    }
  }

  /// Turns what SQLite reports into something that a person can act on.
  func explained<T>(_ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw explanation(of: error)
    } catch is SecondIsFull {
      throw IndexError.failed(path: path, reason: "it holds too many candidates with the same time")
    } catch is RecordMissing {
      throw IndexError.failed(
        path: path,
        reason: "the record of a candidate is lost; mend the index with: cand-search check --repair")
    } catch let defect as RecordDefect {
      throw IndexError.failed(
        path: path,
        reason: "a stored record cannot be read (\(defect)); mend the index with: cand-search check --repair")
    }
  }

  private static let writeFailures: [ResultCode] = [
    .SQLITE_IOERR_WRITE, .SQLITE_IOERR_FSYNC, .SQLITE_IOERR_DIR_FSYNC, .SQLITE_IOERR_TRUNCATE,
    .SQLITE_IOERR_SHMSIZE,
    .SQLITE_IOERR_SHMMAP,
  ]

  private func explanation(of error: DatabaseError) -> IndexError {
    switch error.resultCode {
    case .SQLITE_NOTADB: .notAnIndex(path: path)
    case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(path: path)
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN:
      .notWritable(path: path, reason: error.message ?? "\(error.resultCode)")
    case .SQLITE_FULL: .failed(path: path, reason: "the disk is full; make room and run the same again")
    case .SQLITE_IOERR where Self.writeFailures.contains(error.extendedResultCode):
      .failed(
        path: path, reason: "it cannot be written: the disk may be full; make room and run the same again")
    case .SQLITE_IOERR:
      .failed(
        path: path, reason: "it cannot be read (disk I/O error); check the disk, or bring back a backup")
    case .SQLITE_CORRUPT:
      .failed(
        path: path, reason: "the file is damaged; bring it back from a backup, or index its sources anew")
    default:
      .failed(path: path, reason: error.message ?? "\(error.resultCode)")
    }
  }
}

/// Keeps processes apart while one of them makes the tables of a new index in a folder. (A lock on the file itself would
/// be in the way of SQLite's own.)
private struct FolderLock {
  private let descriptor: Int32

  init(of path: String) {
    descriptor = open(
      URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    // A file system without such locks is left to SQLite's.
    if descriptor >= 0 { flock(descriptor, LOCK_EX) }
  }

  func release() { if descriptor >= 0 { close(descriptor) } }
}
