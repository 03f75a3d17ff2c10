import Foundation

/// Keeps processes apart while one of them makes or lifts the tables of an index in a folder. A lock on the index file
/// would be in the way of SQLite's own.
struct FolderLock {
  private let descriptor: Int32

  /// Between two attempts, in microseconds.
  private static let pause: UInt32 = 20_000

  /// Waits for the lock for at most `timeout` seconds. - Throws: `IndexError.busy`.
  init(of path: String, timeout: TimeInterval) throws(IndexError) {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    // A folder that cannot be read, or a file system without such locks, is left to SQLite's locks.
    guard descriptor >= 0 else { return }
    let deadline = DispatchTime.now() + timeout
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK || errno == EINTR {
      guard DispatchTime.now() < deadline else {
        close(descriptor)
        throw .busy(path: path)
      }
      usleep(Self.pause)
    }
  }

  func release() { if descriptor >= 0 { close(descriptor) } }
}
