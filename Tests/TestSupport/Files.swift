import Foundation

/// Files of the repository that tests read.
public enum Fixture {
  /// The repository's top folder.
  public static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  /// The sample candidates.
  public static let samples = root.appendingPathComponent("docs/samples/candidates.ndjson").path
  /// The specification's example candidate.
  public static let example = root.appendingPathComponent("Tests/Fixtures/bindbee-candidate.json").path

  /// People whose names, titles and addresses are hard to find.
  public static let people = root.appendingPathComponent("Tests/Fixtures/people.ndjson").path

  /// Where a file or folder is, by its path within the repository.
  public static func path(_ path: String) -> String { root.appendingPathComponent(path).path }

  /// The text of a file, by its path within the repository.
  public static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }
}

/// A folder that goes away with its owner.
public final class TemporaryFolder: Sendable {
  /// Where it is.
  public let path: String

  /// A new, empty folder.
  public init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "cand-search-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file in it.
  public func file(_ name: String) -> String { path + "/" + name }

  /// Writes a file; gives its path.
  @discardableResult
  public func write(_ text: String, to name: String) throws -> String {
    try text.write(toFile: file(name), atomically: false, encoding: .utf8)
    return file(name)
  }
}
