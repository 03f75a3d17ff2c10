import CandidateModel
import Foundation

/// A file under a temporary name beside its final path, until it is complete. Only its owner can read it.
///
/// No descriptor of it is open after the file got its name: closing one of a database that SQLite has open in this
/// process would drop all locks of SQLite on it (POSIX, fcntl).
package struct FileDraft {
  /// The temporary name.
  package let path: String
  private let place: String

  /// What the temporary name has after the final one, before random letters.
  package static let mark = ".partial-"

  /// Creates an empty file.
  /// - Throws: `SystemError`.
  package init(of place: String) throws(SystemError) {
    self.place = place
    path = "\(place)\(Self.mark)\(String(UInt64.random(in: .min ... .max), radix: 36))"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw SystemError(errno) }
    close(descriptor)
  }

  /// Writes the file to the disk, which SQLite does not do for a copy. No connection may have it open.
  /// - Throws: `SystemError`.
  package func synchronize() throws(SystemError) { try Self.synchronize(path) }

  /// Writes the final name to the disk, after the file has got it, unless the folder may not be read.
  /// - Throws: `SystemError`.
  package func synchronizeName() throws(SystemError) {
    let folder = URL(fileURLWithPath: place).deletingLastPathComponent().path
    do {
      try Self.synchronize(folder)
    } catch  where error.code != EACCES {
      throw error
    } catch {
      return
    }
  }

  private static func synchronize(_ path: String) throws(SystemError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError(errno) }
    defer { close(descriptor) }
    // Some file systems cannot do it for a folder.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw SystemError(errno) }
  }

  /// Moves the file to its final path, replacing any file there.
  /// - Throws: `SystemError`.
  package func moveReplacingFile() throws(SystemError) {
    guard rename(path, place) == 0 else { throw SystemError(errno) }
  }

  /// Moves the file to its final path. If another file is there, returns false. Removes the draft unless it is moved.
  /// - Throws: `SystemError`.
  package func moveUnlessFileExists() throws(SystemError) -> Bool {
    if link(path, place) == 0 {
      discard()
      return true
    }
    let code = errno
    if code == EEXIST {
      discard()
      return false
    }
    // The file system has no hard links.
    if FileStatus(path: place) == nil, rename(path, place) == 0 { return true }
    discard()
    throw SystemError(code)
  }

  /// Removes the draft.
  package func discard() { unlink(path) }
}
