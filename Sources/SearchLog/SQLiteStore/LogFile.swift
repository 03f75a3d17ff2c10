import Foundation
import GRDB
import Synchronization

/// Opens the file of a search log. An error states why it cannot be opened.
struct LogFile {
  /// The absolute path. SQLite takes a path that begins with `file:` for a URI.
  let path: String

  /// The time that a writer waits for another process, in seconds.
  private let busyTimeout: TimeInterval
  /// One log is opened at a time: the descriptor with which a new file is created must be closed before SQLite opens the
  /// file in this process. Closing it later would drop SQLite's locks (sqlite.org/howtocorrupt.html, 2.2).
  private static let opening = Mutex(())

  init(path: String, busyTimeout: TimeInterval = 10) {
    self.path = URL(fileURLWithPath: path).path
    self.busyTimeout = busyTimeout
  }

  /// Opens the log, and creates the file if it does not exist; its owner alone can read it.
  /// - Throws: `SearchLogError`.
  func openForAppending() throws -> DatabasePool {
    try Self.opening.withLock { _ in
      try createPrivately()
      return try explained {
        try checkKind(allowsEmpty: true)
        let pool = try openPool()
        try pool.write { try LogSchema.create($0) }
        return pool
      }
    }
  }

  /// Opens a log that exists, for reading only.
  /// - Throws: `SearchLogError`.
  func openForReading() throws -> DatabaseQueue {
    try checkExists()
    guard access(path, R_OK) == 0 else {
      throw SearchLogError.notReadable(path: path, reason: Self.systemError)
    }
    do {
      return try explained {
        try checkKind(allowsEmpty: false)
        return try openReadOnly()
      }
    } catch SearchLogError.notWritable(let path, let reason) {
      throw SearchLogError.notReadable(path: path, reason: reason)
    }
  }

  /// Tells whether two paths lead to the same file.
  struct Identity: Equatable {
    private let device: dev_t
    private let number: ino_t

    fileprivate init(_ status: stat) {
      device = status.st_dev
      number = status.st_ino
    }
  }

  /// The identity of the file at the path; nil if there is none.
  var identity: Identity? {
    var status = stat()
    return stat(path, &status) == 0 ? Identity(status) : nil
  }

  /// Checks that the file at the path is still the one that was opened.
  /// - Throws: `SearchLogError` if it was removed or replaced. Another failure may pass, and the open file can still be used.
  func checkIsAttached(to opened: Identity?) throws(SearchLogError) {
    let present = identity
    if present == nil, errno != ENOENT, errno != ENOTDIR { return }
    guard present == opened else {
      throw .notWritable(path: path, reason: "its file was removed or replaced")
    }
  }

  /// Checks that there is a file.
  /// - Throws: `SearchLogError`.
  func checkExists() throws(SearchLogError) {
    guard access(path, F_OK) == 0 else { throw .missing(path: path) }
  }

  private func createPrivately() throws(SearchLogError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if descriptor >= 0 {
      close(descriptor)
    } else if errno != EEXIST || access(path, R_OK | W_OK) != 0 {
      throw .notWritable(path: path, reason: Self.systemError)
    }
  }

  private static var systemError: String { String(cString: strerror(errno)) }

  /// Checks that the file is a log, or empty where that is allowed, before anything is changed in it.
  private func checkKind(allowsEmpty: Bool) throws {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw SearchLogError.notALog(path: path)
    }
    switch try openReadOnly().read(LogSchema.version) {
    case LogSchema.currentVersion: return
    case 0 where allowsEmpty: return
    case nil, 0: throw SearchLogError.notALog(path: path)
    default: throw SearchLogError.newerVersion(path: path)
    }
  }

  private func openReadOnly() throws -> DatabaseQueue {
    var configuration = configuration
    configuration.readonly = true
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  /// Opens the file in WAL mode. SQLite does not wait for another process that changes the mode at the same time.
  private func openPool() throws -> DatabasePool {
    let deadline = Date(timeIntervalSinceNow: busyTimeout)
    while true {
      do {
        let pool = try DatabasePool(path: path, configuration: configuration)
        // GRDB chooses NORMAL, with which a power failure may take committed entries.
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        return pool
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && Date() < deadline {
        Thread.sleep(forTimeInterval: 0.02)
      }
    }
  }

  private var configuration: Configuration {
    var configuration = Configuration()
    configuration.label = "cand-search log"
    configuration.busyMode = .timeout(busyTimeout)
    configuration.maximumReaderCount = 2
    // No part of an entry is written to temporary files, and freed bytes are overwritten.
    configuration.prepareDatabase {
      try $0.execute(sql: "PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON")
    }
    return configuration
  }
}

extension LogFile {
  /// Runs `body`, and converts errors of SQLite to `SearchLogError`.
  func explained<T>(_ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw explanation(of: error)
    }
  }

  private static let writeFailures: [ResultCode] = [
    .SQLITE_IOERR_WRITE, .SQLITE_IOERR_FSYNC, .SQLITE_IOERR_DIR_FSYNC, .SQLITE_IOERR_TRUNCATE,
    .SQLITE_IOERR_SHMSIZE, .SQLITE_IOERR_SHMMAP,
  ]

  private func explanation(of error: DatabaseError) -> SearchLogError {
    switch error.resultCode {
    case .SQLITE_NOTADB: .notALog(path: path)
    case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(path: path)
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN:
      .notWritable(path: path, reason: error.message ?? "\(error.resultCode)")
    case .SQLITE_FULL: .diskFull(path: path)
    case .SQLITE_IOERR where Self.writeFailures.contains(error.extendedResultCode): .diskFull(path: path)
    case .SQLITE_IOERR: .notReadable(path: path, reason: "disk I/O error")
    case .SQLITE_CORRUPT: .damaged(path: path)
    default: .failed(path: path, reason: error.message ?? "\(error.resultCode)")
    }
  }
}
