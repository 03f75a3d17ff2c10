import CandidateSearch
import Foundation

/// Refused records and why, one JSON object a line.
final class RejectsFile {
  private let path: String
  private let descriptor: Int32
  /// Why the file is not complete, if it is not.
  private(set) var failure: String?

  /// Begins the file anew. Its records are private: it is the owner's alone.
  init(path: String) throws {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      StandardError.write("cand-search: --rejects \(path): \(String(cString: strerror(errno)))")
      throw ExitStatus.wrongUsage
    }
  }

  deinit { close(descriptor) }

  func write(_ refusal: Refusal) {
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
