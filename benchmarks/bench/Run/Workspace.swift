import BenchmarkCorpus
import Foundation

/// The folder in which the corpora and the indexes of a run are made.
struct Workspace {
  let path: String

  init(path: String) throws {
    // A server that runs as another user must be able to come here.
    self.path = URL(fileURLWithPath: path).standardizedFileURL.path
    try FileManager.default.createDirectory(atPath: self.path, withIntermediateDirectories: true)
  }

  func file(_ name: String) -> String { path + "/" + name }

  /// Where an engine keeps its index of so many records.
  func index(_ engine: Engine, _ size: Int) -> String { file("\(engine.key)-\(size)") }

  /// Makes place for a new index.
  func clear(_ engine: Engine, _ size: Int) throws {
    for ending in ["", "-wal", "-shm"] {
      let path = index(engine, size) + ending
      if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
    }
  }

  /// Writes records of a corpus as NDJSON; gives the file's path.
  func write(_ name: String, _ corpus: Corpus, _ records: Range<Int>) throws -> String {
    var output = try ByteOutput(path: file(name))
    for record in records { try output.append { corpus.append(record, to: &$0) } }
    try output.finish()
    return file(name)
  }

  /// Writes queries, one a line; gives the file's path.
  func write(_ name: String, queries: [String]) throws -> String {
    try (queries.joined(separator: "\n") + "\n").write(toFile: file(name), atomically: false, encoding: .utf8)
    return file(name)
  }
}
