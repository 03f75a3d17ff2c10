import Foundation

/// A lock that excludes two syncs of one connector, in one process or in two. It ends with its process.
///
/// The lock is on one byte of a file beside the index. The name of the connector determines the offset of the byte.
struct ConnectorLock: Sendable {
  private let descriptor: Int32

  /// Linux's locks of an open file rather than of a process (fcntl.h: F_OFD_GETLK, F_OFD_SETLK). Swift does not import
  /// these constants.
  private static let getLock: Int32 = 36
  private static let setLock: Int32 = 37

  /// Takes the lock; nil if another sync has it. An index in memory needs no lock.
  /// - Throws: `IndexError.notWritable` if the lock file cannot be opened.
  init?(path: String, connector: String) throws(IndexError) {
    guard path != ":memory:" else {
      descriptor = -1
      return
    }
    descriptor = open(Self.file(of: path), O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .notWritable(path: Self.file(of: path), reason: SystemError(errno).description)
    }
    var lock = Self.lock(connector)
    // Without locks in the file system, syncs are not excluded; SQLite's own locks still protect the file.
    if fcntl(descriptor, Self.setLock, &lock) < 0, errno == EAGAIN || errno == EACCES {
      close(descriptor)
      return nil
    }
  }

  /// Releases the lock, once.
  func release() {
    guard descriptor >= 0 else { return }
    // Closing alone may not release the lock: a child process before its exec has the descriptor, too.
    var lock = flock()
    lock.l_type = Int16(F_UNLCK)
    lock.l_whence = Int16(SEEK_SET)
    _ = fcntl(descriptor, Self.setLock, &lock)
    close(descriptor)
  }

  /// Whether a process has the lock.
  static func isHeld(path: String, connector: String) -> Bool {
    let descriptor = open(file(of: path), O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var lock = lock(connector)
    return fcntl(descriptor, getLock, &lock) == 0 && lock.l_type != Int16(F_UNLCK)
  }

  /// The path of the lock file, with links resolved: all paths of an index share one lock.
  private static func file(of path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().path + "-sync"
  }

  private static func lock(_ connector: String) -> flock {
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = offset(of: connector)
    lock.l_len = 1
    return lock
  }

  /// The offset of a connector's byte: an FNV-1a hash, which is the same in every process.
  private static func offset(of connector: String) -> Int {
    let hash = connector.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    return Int(hash >> 2)
  }
}
