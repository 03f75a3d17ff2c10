import CandidateModel
import Foundation

/// An index where nothing can be written beside it: in a folder that is not the reader's, or on a read-only file system.
/// SQLite's shared memory cannot be made there, so the file is opened as immutable: without locks, on the understanding
/// that it does not change. Whether it has is looked up after each read.
struct FrozenFile: Sendable {
  private let path: String
  private let wal: String
  private let version: FileStatus.Version

  /// Nil where files can be made in the folder. - Throws: `IndexError` if a WAL beside the file holds changes.
  init?(
    path: String, isWritable: (_ folder: String) -> Bool = { access($0, W_OK) == 0 }
  ) throws(IndexError) {
    // SQLite looks for the WAL beside the file that a link leads to.
    let file = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    let folder = file.deletingLastPathComponent().path
    wal = file.path + "-wal"
    guard !isWritable(folder), let version = FileStatus(path: path)?.version else { return nil }
    guard Self.isEmpty(wal) else {
      throw .notReadable(
        path: path,
        reason: "the -wal file beside it holds changes, and merging them needs a folder that can be written")
    }
    (self.path, self.version) = (path, version)
  }

  /// What SQLite opens.
  var uri: String {
    var characters = CharacterSet.alphanumerics.intersection(CharacterSet(charactersIn: "\0"..."\u{7F}"))
    characters.insert(charactersIn: "/-._~")
    let path = path.addingPercentEncoding(withAllowedCharacters: characters) ?? path
    return "file://\(path)?immutable=1"
  }

  /// - Throws: `IndexError` if the file was written to since it was opened: what was read may be of two states.
  func expectUnchanged() throws(IndexError) {
    guard FileStatus(path: path)?.version == version, Self.isEmpty(wal) else {
      throw .changedWhileRead(path: path)
    }
  }

  private static func isEmpty(_ wal: String) -> Bool { FileStatus(path: wal)?.size ?? 0 == 0 }
}
