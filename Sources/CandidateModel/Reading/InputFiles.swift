import Foundation

/// Finds the files that a path means: a file itself, a folder's `.json`, `.ndjson` and `.jsonl` files.
public enum InputFiles {
  /// The endings that a file in a folder must have to be read.
  public static let endings: Set<String> = ["json", "ndjson", "jsonl"]

  /// The files of a path in the order of their names; a path that is no folder is returned as it is. `onSkip` is
  /// called with the path and the kind of what a folder contains under such a name but is no regular file (a FIFO, a
  /// socket, a device): reading it might never end.
  /// - Throws: `ReadFailure` if a folder cannot be listed.
  public static func find(
    _ path: String, onSkip: (_ path: String, _ kind: String) -> Void = { _, _ in }
  ) throws(ReadFailure) -> [String] {
    guard FileStatus(path: path)?.kind == .folder else { return [path] }
    var files: [String] = []
    for name in try list(path).sorted() where !name.hasPrefix(".") {
      let child = path.hasSuffix("/") ? path + name : path + "/" + name
      switch FileStatus(path: child)?.kind {
      case .folder: if !isLink(child) { files += try find(child, onSkip: onSkip) }
      case .regular where endings.contains(ending(of: name)): files.append(child)
      case .special(let kind) where endings.contains(ending(of: name)): onSkip(child, kind)
      case .regular, .special, nil: continue
      }
    }
    return files
  }

  private static func list(_ folder: String) throws(ReadFailure) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw ReadFailure(name: folder, reason: "the folder cannot be listed")
    }
  }

  /// Links to folders are not followed: they may lead in circles.
  private static func isLink(_ path: String) -> Bool {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
  }

  private static func ending(of name: String) -> String {
    guard let dot = name.lastIndex(of: ".") else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }
}
