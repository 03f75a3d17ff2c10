import Foundation

/// A lock on a folder, for a process that creates or migrates the tables of an index in it. A lock on the index file
/// would conflict with SQLite's locks.
struct FolderLock {
  private let descriptor: Int32

  /// The pause between two attempts, in microseconds.
  private static let pause: UInt32 = 20_000

  /// Takes the lock, after waiting at most `timeout` seconds.
  /// - Throws: `IndexError.busy`.
  init(of path: String, timeout: TimeInterval) throws(IndexError) {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    // If the folder cannot be read, or the file system has no such locks, SQLite's locks must suffice.
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
