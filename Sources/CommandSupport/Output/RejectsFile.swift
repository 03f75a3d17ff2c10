import CandidateJSON
import CandidateModel
import CandidateSearch
import Foundation

/// Refused records and why, one JSON object a line. The file is written under a temporary name and gets its own when the
/// run ends: a run that is killed, or whose file cannot be written, leaves an older file as it was.
package final class RejectsFile {
  private let path: String
  private var hasRecords = false
  private let descriptor: Int32
  /// Nil where the path is a device or a pipe, and once the file has its name.
  private var draft: FileDraft?
  /// Why the file could not be written, if it could not. No more records are written then.
  package private(set) var failure: String?

  /// What every line begins with.
  private static let beginning = #"{"file":""#

  /// Begins a file that its owner alone can read: its records are private. Where that is impossible, or the file is one
  /// that is needed or an input, says so and throws `ExitStatus`. An input to which an earlier run has written its
  /// refusals is none.
  package init(path: String, sparing needed: [String], inputs: [String] = []) throws {
    self.path = path
    // Some of them do not exist at the moment.
    let place = Self.place(path)
    let old = FileStatus(path: path)?.identity
    func isOld(_ file: String) -> Bool { old != nil && FileStatus(path: file)?.identity == old }
    if let file = needed.first(where: { isOld($0) || Self.place($0) == place })
      ?? inputs.first(where: { isOld($0) && !Self.isRejects($0) })
    {
      throw Self.refusal(path, "would overwrite \(file); name another file")
    }
    do throws(SystemError) {
      (draft, descriptor) = try Self.open(path)
    } catch {
      throw Self.refusal(path, error.description)
    }
  }

  deinit {
    close()
    if descriptor >= 0 { Foundation.close(descriptor) }
  }

  private static func refusal(_ path: String, _ reason: String) -> ExitStatus {
    StandardError.write("cand-search: --rejects \(path): \(reason)")
    return .wrongUsage
  }

  /// Where links lead.
  private static func place(_ path: String) -> String {
    let url = URL(fileURLWithPath: path.absolutePath)
    let folder = url.deletingLastPathComponent().resolvingSymlinksInPath()
    return folder.appendingPathComponent(url.lastPathComponent).resolvingSymlinksInPath().path
  }

  private static func open(_ path: String) throws(SystemError) -> (FileDraft?, Int32) {
    let draft: FileDraft?
    switch FileStatus(path: path)?.kind {
    case .folder: throw SystemError(EISDIR)
    case .special: draft = nil
    // What these lead to is open already, and goes on to be written to.
    case _ where ["/dev/", "/proc/"].contains(where: path.absolutePath.hasPrefix): draft = nil
    case .regular, nil: draft = try FileDraft(of: place(path))
    }
    // A pipe without a reader is an error, and not waited for.
    let descriptor = Foundation.open(draft?.path ?? path, O_WRONLY | O_APPEND | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError(errno) }
    _ = fcntl(descriptor, F_SETFL, O_APPEND)
    return (draft, descriptor)
  }

  /// Whether a file contains what an earlier run wrote, or nothing.
  private static func isRejects(_ path: String) -> Bool {
    guard FileStatus(path: path)?.kind == .regular, let file = FileHandle(forReadingAtPath: path) else {
      return false
    }
    defer { try? file.close() }
    let beginning = Array(Self.beginning.utf8)
    guard let bytes = try? file.read(upToCount: beginning.count) else { return true }
    return bytes.isEmpty || Array(bytes) == beginning
  }

  /// Stores in an index that the file contains candidates, if it does. Throws `IndexError`.
  package func note(in index: CandidateIndex) throws {
    if hasRecords, FileStatus(path: path)?.kind == .regular { try index.noteCopy(.rejects, path: path) }
  }

  package func write(_ refusal: Refusal) {
    guard failure == nil else { return }
    hasRecords = true
    let line = JSONValue.object([
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

  /// Gives the file its name if it is complete, otherwise removes it. Nothing may be written to it afterwards.
  package func close() {
    guard let draft else { return }
    self.draft = nil
    do throws(SystemError) {
      if failure == nil { return try draft.moveReplacingFile() }
    } catch {
      failure = "--rejects \(path): \(error)"
    }
    draft.discard()
    // The path does not contain the records of this run.
    hasRecords = false
  }
}
