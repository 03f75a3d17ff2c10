import CandidateModel
import Foundation

/// A file under a temporary name beside its place, readable by its owner alone, until it is complete.
///
/// No descriptor of it is open once the file has its own name: closing one of a database that SQLite has open in this
/// process would drop all locks that SQLite holds on it (POSIX, fcntl).
package struct FileDraft {
  /// The temporary name.
  package let path: String
  private let place: String

  /// Makes an empty file. - Throws: `SystemError`.
  package init(of place: String) throws(SystemError) {
    self.place = place
    path = "\(place).partial-\(String(UInt64.random(in: .min ... .max), radix: 36))"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw SystemError(errno) }
    close(descriptor)
  }

  /// Gives the file its name, in place of a file that has it. - Throws: `SystemError`.
  package func replaceFile() throws(SystemError) {
    guard rename(path, place) == 0 else { throw SystemError(errno) }
  }

  /// Gives the file its name; false, and the draft is removed, if another file has the name. - Throws: `SystemError`.
  package func becomeFile() throws(SystemError) -> Bool {
    if link(path, place) == 0 {
      discard()
      return true
    }
    let code = errno
    if code == EEXIST {
      discard()
      return false
    }
    // A file system without hard links.
    guard FileStatus(path: place) == nil, rename(path, place) == 0 else { throw SystemError(code) }
    return true
  }

  /// Removes the draft.
  package func discard() { unlink(path) }
}

/// An error of the operating system.
package struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
  package let code: Int32

  package init(_ code: Int32) { self.code = code }

  /// What the system says.
  package var description: String { String(cString: strerror(code)) }
}

extension String {
  /// The path from the root on. SQLite takes a path that begins with `file:` for a URI, and `:memory:` for no file; an
  /// absolute path is never either. Links and `..` are left to the system.
  package var absolutePath: String {
    hasPrefix("/") ? self : FileManager.default.currentDirectoryPath + "/" + self
  }
}
