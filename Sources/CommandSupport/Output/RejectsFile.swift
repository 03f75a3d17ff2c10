import CandidateSearch
import Foundation

/// Refused records and why, one JSON object a line.
package final class RejectsFile {
  private let path: String
  private let descriptor: Int32
  /// Which file it is, whatever it is called.
  package let identity: FileIdentity?
  /// Why the file is not complete, if it is not.
  package private(set) var failure: String?

  /// Begins the file anew, unless it is one of those that are needed. Its records are private: it is the owner's
  /// alone.
  package init(path: String, sparing needed: [String]) throws {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      StandardError.write("cand-search: --rejects \(path): \(String(cString: strerror(errno)))")
      throw ExitStatus.wrongUsage
    }
    identity = FileIdentity(path: path)
    if let file = needed.first(where: { FileIdentity(path: $0) == identity }) {
      StandardError.write("cand-search: --rejects \(path): would overwrite \(file); name another file")
      throw ExitStatus.wrongUsage
    }
    // What is no regular file (/dev/stderr, a pipe) cannot be cut, and need not be.
    ftruncate(descriptor, 0)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  package func write(_ refusal: Refusal) {
    let line = JSONOutput.object([
      ("file", .string(refusal.file)),
      ("line", refusal.line.map { .number($0) } ?? .null),
      ("reason", .string(refusal.reason)),
      ("record", .string(refusal.record)),
    ]).text
    do {
      try FileDescriptor.write(Array((line + "\n").utf8), to: descriptor)
    } catch {
      failure = "--rejects \(path): \(error)"
    }
  }
}

/// Tells whether two paths lead to the same file.
package struct FileIdentity: Equatable {
  private let device: UInt
  private let number: UInt

  /// Nil if there is no file.
  package init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    (device, number) = (UInt(status.st_dev), UInt(status.st_ino))
  }
}
