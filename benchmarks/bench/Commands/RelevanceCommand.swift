import ArgumentParser
import BenchmarkCorpus
import Foundation

/// `bench relevance`: searches that people may type, and how well an engine answers them.
struct RelevanceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "relevance",
    abstract: "Make searches with known answers from the corpus, and judge what an engine found.",
    discussion: """
      bench relevance queries --records 100000 --texts typed.txt > queries.ndjson
      bench query --index candidates.db --queries typed.txt --calls 0 --json > answers.json
      bench relevance judge --records 100000 --queries queries.ndjson --answers answers.json
      """,
    subcommands: [RelevanceQueriesCommand.self, RelevanceJudgeCommand.self, RelevanceVariedCommand.self])
}

/// The corpus that queries are about.
struct CorpusOptions: ParsableArguments {
  @Option(help: "How many records of the corpus the index holds.")
  var records: Int

  @Option(help: "Which corpus.")
  var seed: UInt64 = 1

  func validate() throws {
    guard (1...10_000_000).contains(records) else {
      throw ValidationError("--records: expected 1 to 10000000, found \(records)")
    }
  }
}

struct RelevanceQueriesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "queries",
    abstract: "Write searches with the rules for their answers, as NDJSON: the same for the same options.")

  @OptionGroup var corpus: CorpusOptions

  @Option(help: "How many.")
  var count = RelevanceSuite.queries

  @Option(help: "A file for the texts alone, one a line.")
  var texts: String?

  func validate() throws {
    guard (1...100_000).contains(count) else {
      throw ValidationError("--count: expected 1 to 100000, found \(count)")
    }
  }

  func run() throws {
    let set = try RelevanceQuerySet(
      corpus: Corpus(seed: corpus.seed), records: corpus.records, count: count, seed: corpus.seed)
    var output = try ByteOutput(path: nil)
    for query in set.queries { try output.append { $0.append(contentsOf: JSONOutput.bytes(query)) } }
    try output.finish()
    guard let texts else { return }
    var file = try ByteOutput(path: texts)
    for query in set.queries { try file.append { $0.append(contentsOf: query.query.utf8) } }
    try file.finish()
  }
}

struct RelevanceJudgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "judge",
    abstract: "Print how well each class of searches was answered, as JSON.")

  @OptionGroup var corpus: CorpusOptions

  @Option(help: "What `bench relevance queries` wrote.")
  var queries: String

  @Option(help: "What `bench query --json`, or a peer, found for them, in their order.")
  var answers: String

  func run() throws {
    let queries = try Self.decoded(queries) { data in
      try data.split(separator: UInt8(ascii: "\n")).map {
        try JSONDecoder().decode(RelevanceQuery.self, from: $0)
      }
    }
    let answers = try Self.decoded(answers) { try JSONDecoder().decode([QueryResult].self, from: $0) }
    guard answers.map(\.query) == queries.map(\.query) else {
      throw FileFailure("\(self.answers): not the answers to \(self.queries): their texts differ")
    }
    let ids = answers.map { $0.ids ?? [] }
    let judge = try Judge(corpus: Corpus(seed: corpus.seed), records: corpus.records, ids: Set(ids.joined()))
    let scores = judge.scores(queries, ids)
    var output = try ByteOutput(path: nil)
    let named = Dictionary(scores.map { ($0.key?.rawValue ?? LatencyRow.all, $0.value) }) { first, _ in first
    }
    try output.append { $0.append(contentsOf: JSONOutput.bytes(named, isPretty: true)) }
    try output.finish()
  }

  private static func decoded<Value>(_ path: String, _ decode: (Data) throws -> Value) throws -> Value {
    do {
      return try decode(Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw FileFailure("\(path): cannot be read: \(error)")
    }
  }
}
