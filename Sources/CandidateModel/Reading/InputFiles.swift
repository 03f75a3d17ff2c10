import Foundation

/// Finds the files that a path means: a file itself, a folder's `.json`, `.ndjson` and `.jsonl` files.
public enum InputFiles {
  /// The endings that a file in a folder must have to be read.
  public static let endings: Set<String> = ["json", "ndjson", "jsonl"]

  /// What is found under a path.
  public struct Found: Sendable, Hashable {
    /// The files, in the order of their names. A link that leads nowhere is one of them: reading it fails.
    public var files: [String] = []
    /// Folders that cannot be listed.
    public var failures: [ReadFailure] = []
    /// What a folder contains and is not read: under the name of a file a FIFO, a socket or a device, since reading it might
    /// never end, and links to folders, since they may lead in circles.
    public var skipped: [Skipped] = []

    /// Something that is not read.
    public struct Skipped: Sendable, Hashable {
      /// Its path.
      public let path: String
      /// What it is, such as “a FIFO”.
      public let kind: String
    }
  }

  /// The files of a path in the order of their names; a path that is no folder is returned as it is. A folder that cannot be
  /// listed keeps no others from being found.
  public static func find(_ path: String) -> Found {
    guard FileStatus(path: path)?.kind == .folder else { return Found(files: [path]) }
    var found = Found()
    add(path, to: &found)
    return found
  }

  private static func add(_ folder: String, to found: inout Found) {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      found.failures.append(ReadFailure(name: folder, reason: "the folder cannot be listed"))
      return
    }
    for name in names.sorted() where !name.hasPrefix(".") {
      let child = folder.hasSuffix("/") ? folder + name : folder + "/" + name
      let isNamedAsFile = endings.contains(ending(of: name))
      switch FileStatus(path: child)?.kind {
      case .folder where isLink(child):
        found.skipped.append(.init(path: child, kind: "a link to a folder"))
      case .folder: add(child, to: &found)
      case .regular where isNamedAsFile, nil where isNamedAsFile: found.files.append(child)
      case nil where !isKnown(child):
        found.failures.append(
          ReadFailure(name: child, reason: "the folder that contains it cannot be searched"))
      case .special(let kind) where isNamedAsFile: found.skipped.append(.init(path: child, kind: kind))
      case .regular, .special, nil: continue
      }
    }
  }

  /// Whether what is at a path can be known. It may be a link that leads nowhere.
  private static func isKnown(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 || errno == ENOENT
  }

  private static func isLink(_ path: String) -> Bool {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
  }

  private static func ending(of name: String) -> String {
    guard let dot = name.lastIndex(of: ".") else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }
}
