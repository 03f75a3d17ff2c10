import Foundation
import GRDB

/// Copies an index while others use it.
struct Backup {
  let reader: any DatabaseReader

  /// Writes one consistent state of the index, without its free pages. The copy has its name only when it is whole.
  func write(to path: String) throws {
    let partial = path + ".partial"
    guard !FileManager.default.fileExists(atPath: path) else {
      throw IndexError.notWritable(path: path, reason: "there is a file of this name already")
    }
    try? FileManager.default.removeItem(atPath: partial)
    // The owner's alone, as the index is; SQLite fills a file that is there and empty.
    let descriptor = open(partial, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw IndexError.notWritable(path: path, reason: String(cString: strerror(errno)))
    }
    close(descriptor)
    do {
      try reader.unsafeRead { try $0.execute(sql: "VACUUM INTO ?", arguments: [partial]) }
    } catch {
      try? FileManager.default.removeItem(atPath: partial)
      throw error
    }
    guard rename(partial, path) == 0 else {
      throw IndexError.notWritable(path: path, reason: String(cString: strerror(errno)))
    }
  }
}
