import Foundation

/// Keeps two syncs of one connector apart, in this process or in two. It goes with the process that holds it.
///
/// The lock is on a byte of a file beside the index, each connector's at a place of its own.
struct ConnectorLock: Sendable {
  private let descriptor: Int32

  /// Linux's locks of an open file rather than of a process (fcntl.h: F_OFD_GETLK, F_OFD_SETLK), which Swift is not
  /// shown.
  private static let getLock: Int32 = 36
  private static let setLock: Int32 = 37

  /// Takes the lock; nil if another has it. An index in memory has no other.
  init?(path: String, connector: String) {
    descriptor =
      path == ":memory:" ? -1 : open(Self.file(of: path), O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    var lock = Self.lock(connector)
    let result = descriptor < 0 ? 0 : fcntl(descriptor, Self.setLock, &lock)
    // A file system without locks separates no syncs; SQLite's own locks still protect the file.
    if result < 0, errno == EAGAIN || errno == EACCES {
      close(descriptor)
      return nil
    }
  }

  /// Releases the lock, once.
  func release() {
    guard descriptor >= 0 else { return }
    // A child process that has not replaced its memory yet has the descriptor too, and the lock with it.
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

  /// However the index is called, by a link say, its lock is the same.
  private static func file(of path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().path + "-sync"
  }

  private static func lock(_ connector: String) -> flock {
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = place(of: connector)
    lock.l_len = 1
    return lock
  }

  /// FNV-1a, the same in every process.
  private static func place(of connector: String) -> Int {
    let hash = connector.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    return Int(hash >> 2)
  }
}
