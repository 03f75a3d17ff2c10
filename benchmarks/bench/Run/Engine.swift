import Foundation

/// A search engine that is measured: ours or a peer. All obey the same commands.
struct Engine {
  /// Its key in the mix and in the results.
  let key: String
  let name: String
  /// The program and what comes before the protocol's arguments.
  let command: [String]

  static let oursKey = "cand_search"
  var isOurs: Bool { key == Self.oursKey }

  static func ours(_ programs: Programs) -> Engine {
    Engine(key: oursKey, name: "cand-search", command: [programs.bench])
  }

  /// Tantivy with our filter terms; for loads alone.
  static let withOurTerms = (key: "tantivy_terms", name: "Tantivy, our filter terms as well")

  static let peers: [(key: String, name: String)] = [
    ("tantivy", "Tantivy"), ("fts5", "FTS5, by rank"), ("sqlite_utils", "sqlite-utils"), ("xapian", "Xapian"),
    ("postgresql", "PostgreSQL"),
  ]

  /// Begins to bring a file of records in: into a new index, or to what is there.
  func load(_ corpus: String, into index: String, _ mode: LoadMode = .new, output: String) throws
    -> ChildProcess
  {
    try ChildProcess(
      command + ["load", "--index", index, "--corpus", corpus] + mode.arguments(isOurs: isOurs),
      output: output)
  }

  /// Begins to ask the queries of a file.
  func query(_ queries: String, in index: String, _ options: [String], output: String) throws -> ChildProcess
  {
    try ChildProcess(
      command + ["query", "--index", index, "--queries", queries, "--json"] + options, output: output)
  }
}

enum LoadMode {
  case new, update, oneByOne

  /// Ours adds and replaces in any case.
  func arguments(isOurs: Bool) -> [String] {
    switch self {
    case .new: []
    case .update: isOurs ? [] : ["--update"]
    case .oneByOne: ["--one-by-one"]
    }
  }
}

/// Where the programs are.
struct Programs {
  /// This program; the command line stands beside it.
  let bench: String
  let candSearch: String
  /// SQLite's own shell, if there is one.
  let sqlite: String?

  init() {
    let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    bench = own.path
    candSearch = own.deletingLastPathComponent().appendingPathComponent("cand-search").path
    let shell = "/usr/bin/sqlite3"
    sqlite = FileManager.default.isExecutableFile(atPath: shell) ? shell : nil
  }
}
