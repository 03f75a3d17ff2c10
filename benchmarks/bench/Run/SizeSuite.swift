import Foundation

/// The bytes of our file by part, with records as they are and compressed.
struct SizeSuite {
  let run: BenchmarkRun

  func measure() throws -> [SizeRow] {
    guard let ours = run.engines.first(where: \.isOurs) else { return [] }
    let index = run.workspace.index(ours, run.size)
    let copy = run.workspace.file("compressed-\(run.size)")
    defer { try? FileManager.default.removeItem(atPath: copy) }
    // What an interrupted run has left.
    if FileManager.default.fileExists(atPath: copy) { try FileManager.default.removeItem(atPath: copy) }
    let stored = try parts(of: index)
    try command(["backup", "--index", index, copy])
    try command(["index", "--compress", "--index", copy])
    let compressed = try parts(of: copy)
    return Set(stored.keys).union(compressed.keys).sorted().map { name in
      SizeRow(part: name, stored: stored[name] ?? 0, compressed: compressed[name] ?? 0)
    }
  }

  private func parts(of index: String) throws -> [String: Double] {
    struct Statistics: Decodable { var bytes_per_candidate: [String: Double] }
    return try ChildProcess(
      [run.programs.candSearch, "stats", "--format", "json", "--index", index],
      output: run.workspace.file("stats.json")
    ).result(Statistics.self).bytes_per_candidate
  }

  private func command(_ arguments: [String]) throws {
    let code = try ChildProcess([run.programs.candSearch] + arguments).wait()
    guard code == 0 else { throw FileFailure("cand-search \(arguments[0]): ended with \(code)") }
  }
}
