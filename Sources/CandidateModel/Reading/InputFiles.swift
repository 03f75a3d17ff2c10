import Foundation

/// Finds the files that a list of paths means: a file itself, a folder's `.json`, `.ndjson` and `.jsonl` files.
public enum InputFiles {
  /// The endings that a file in a folder must have to be read.
  public static let endings: Set<String> = ["json", "ndjson", "jsonl"]

  /// The files of a path in the order of their names; a path that is no folder stands for itself. Throws
  /// `ReadFailure` if a folder cannot be listed.
  public static func find(_ path: String) throws(ReadFailure) -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
      return [path]
    }
    var files: [String] = []
    for name in try list(path).sorted() where !name.hasPrefix(".") {
      let child = path.hasSuffix("/") ? path + name : path + "/" + name
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: child, isDirectory: &isFolder) else { continue }
      if isFolder.boolValue {
        if !isLink(child) { files += try find(child) }
      } else if endings.contains(ending(of: name)) {
        files.append(child)
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
