import CandidateModel
import Foundation

/// An index in a folder that the reader cannot write to, or on a read-only file system. SQLite cannot create its shared
/// memory there, so the file is opened as immutable: without locks, which is correct only while the file does not
/// change. Each read checks afterwards whether it has changed.
struct ImmutableFile: Sendable {
  private let path: String
  private let wal: String
  private let version: FileStatus.Version

  /// Nil if the folder can be written to.
  /// - Throws: `IndexError` if a WAL beside the file contains changes.
  init?(
    path: String, isWritable: (_ folder: String) -> Bool = { access($0, W_OK) == 0 }
  ) throws(IndexError) {
    // SQLite expects the WAL beside the target of a link.
    let file = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    let folder = file.deletingLastPathComponent().path
    wal = file.path + "-wal"
    guard !isWritable(folder), let version = FileStatus(path: path)?.version else { return nil }
    guard Self.isEmpty(wal) else {
      throw .notReadable(
        path: path,
        reason:
          "the -wal file beside it contains changes, and merging them needs a folder that can be written")
    }
    self.path = path
    self.version = version
  }

  /// The URI by which SQLite opens the file as immutable.
  var uri: String {
    var characters = CharacterSet.alphanumerics.intersection(CharacterSet(charactersIn: "\0"..."\u{7F}"))
    characters.insert(charactersIn: "/-._~")
    let path = path.addingPercentEncoding(withAllowedCharacters: characters) ?? path
    return "file://\(path)?immutable=1"
  }

  /// Checks that the file has not changed since it was opened.
  /// - Throws: `IndexError` if it has: a read may have seen two states.
  func expectUnchanged() throws(IndexError) {
    guard FileStatus(path: path)?.version == version, Self.isEmpty(wal) else {
      throw .changedWhileRead(path: path)
    }
  }

  private static func isEmpty(_ wal: String) -> Bool { FileStatus(path: wal)?.size ?? 0 == 0 }
}
