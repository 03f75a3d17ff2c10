import BenchmarkCorpus
import Foundation

/// Runs the varied queries over a corpus with the added people, in every engine.
struct VariedSuite {
  let engines: [VariedEngine]
  let workspace: Workspace
  let lists: VariedLists
  let perClass: Int
  let seed: UInt64

  func measure(records: Int) throws -> [VariedRow] {
    let corpus = Corpus(seed: seed)
    let set = try VariedQuerySet(
      lists: lists, names: VariedNameIndex(corpus: corpus, records: records), perClass: perClass, seed: seed)
    let input = try write(set.people, corpus, records)
    let texts = try workspace.write("varied-\(records).txt", queries: set.queries.map(\.query))
    let added = try set.people.map { try CorpusRecord(json: JSONOutput.bytes($0)) }
    var rows: [VariedRow] = []
    for contestant in engines {
      Self.say("\(records) candidates: \(contestant.engine.name)")
      let answers = try answers(contestant, input: input, queries: texts, records: records)
      guard answers.count == set.queries.count else {
        throw FileFailure(
          "\(contestant.engine.name): answered \(answers.count) of \(set.queries.count) queries")
      }
      let judge = try Judge(corpus: corpus, records: records, ids: Set(answers.flatMap(\.ids)), added: added)
      rows += judge.rows(set.queries, answers, engine: contestant.engine.name, records: records)
    }
    return rows
  }

  private func write(_ people: [VariedRecord], _ corpus: Corpus, _ records: Int) throws -> String {
    let path = workspace.file("varied-\(records).ndjson")
    var output = try ByteOutput(path: path)
    for record in 0..<records { try output.append { corpus.append(record, to: &$0) } }
    for person in people { try output.append { $0.append(contentsOf: JSONOutput.bytes(person)) } }
    try output.finish()
    return path
  }

  private func answers(_ contestant: VariedEngine, input: String, queries: String, records: Int) throws
    -> [VariedAnswer]
  {
    let engine = contestant.engine
    let index = workspace.file("varied-\(engine.key)-\(records)")
    for ending in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: index + ending) {
      try FileManager.default.removeItem(atPath: index + ending)
    }
    _ = try engine.load(input, into: index, output: workspace.file("load.json")).result(LoadResult.self)
    return try engine.query(
      queries, in: index, contestant.options + ["--calls", "0"], output: workspace.file("answer.json")
    ).result([QueryResult].self, mayFail: [2]).map { VariedAnswer(ids: $0.ids ?? [], tier: $0.tier) }
  }

  private static func say(_ message: String) {
    // The measurement does not depend on its progress messages.
    try? FileHandle.standardError.write(contentsOf: Data("bench: \(message)\n".utf8))
  }
}

/// An engine and the options of its queries.
struct VariedEngine {
  let engine: Engine
  let options: [String]

  static func ours(_ programs: Programs) -> VariedEngine {
    VariedEngine(engine: .ours(programs), options: ["--tiers"])
  }

  /// The peers that find names in spite of differences.
  static func peers(folder: String, python: String) -> [VariedEngine] {
    let known = [
      (key: "tantivy", name: "Tantivy, fuzzy", options: ["--typed", "--fuzzy"]),
      (key: "rapidfuzz", name: "rapidfuzz", options: ["--typed"]),
    ]
    return known.map { key, name, options in
      VariedEngine(
        engine: Engine(key: key, name: name, command: [python, "\(folder)/\(key)_peer.py"]), options: options)
    }
  }
}
