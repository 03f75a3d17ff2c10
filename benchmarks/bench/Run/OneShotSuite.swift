import Foundation

/// One query from the shell, program start included: ours beside SQLite's own shell over the stock FTS5 index, and
/// over our own file.
struct OneShotSuite {
  let run: BenchmarkRun
  private static let calls = 20

  func measure() throws -> [OneShotRow] {
    var commands: [(name: String, command: [String])] = []
    if let ours = run.engines.first(where: \.isOurs) {
      let index = run.workspace.index(ours, run.size)
      commands.append(
        (
          "cand-search engineer",
          [run.programs.candSearch, "--index", index, "engineer", "--format", "ndjson"]
        ))
      if let shell = run.programs.sqlite {
        commands.append(("sqlite3, our file, by docid", [shell, "-readonly", index, Self.ours]))
      }
    }
    if let shell = run.programs.sqlite, let stock = run.engines.first(where: { $0.key == "fts5" }) {
      let index = run.workspace.index(stock, run.size)
      commands.append(("sqlite3, stock FTS5, by rank", [shell, "-readonly", index, Self.stock]))
    }
    var times: [[Double]] = Array(repeating: [], count: commands.count)
    for _ in 0..<max(5, min(Self.calls, run.effort.calls)) {
      for i in commands.indices {
        let seconds = try Stopwatch.seconds {
          let code = try ChildProcess(commands[i].command).wait()
          guard code == 0 else { throw FileFailure("\(commands[i].name): ended with \(code)") }
        }
        times[i].append(seconds * 1000)
      }
    }
    return zip(commands, times).compactMap { command, times in
      Sample(times).map {
        OneShotRow(name: command.name, median: $0.median, spread: $0.quantile(0.9) - $0.quantile(0.1))
      }
    }
  }

  private static let ours = """
    SELECT r.json FROM posting p JOIN candidate c ON c.docid = p.rowid JOIN record r ON r.number = c.number
    WHERE posting MATCH '"engineer"' ORDER BY p.rowid LIMIT 10
    """
  private static let stock = """
    SELECT c.json FROM candidate_fts JOIN candidate c ON c.number = candidate_fts.rowid
    WHERE candidate_fts MATCH 'engineer' ORDER BY rank LIMIT 10
    """
}
