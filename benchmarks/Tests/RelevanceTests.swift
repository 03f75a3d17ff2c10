import BenchmarkCorpus
import Foundation
import TestSupport
import Testing

@testable import bench

@Suite struct RelevanceTests {
  private static let records = 500
  private static let set = Result {
    try RelevanceQuerySet(corpus: Corpus(seed: 1), records: records, count: 70, seed: 1)
  }

  private static func record(_ json: String) throws -> CorpusRecord { try CorpusRecord(json: json.utf8) }

  private static let ann = """
    {"id": "1", "first_name": "Ann", "last_name": "Müller-O'Brien", "company": "Stark & Wayne", "title": "Lead Nurse",
    "locations": ["Zürich, Switzerland", "Paris"], "tags": ["night shift"], "email_addresses": ["a.mueller@x.example"]}
    """

  static let rules: [(name: String, condition: Intent.Condition, isMet: Bool)] = [
    ("without accents", .init(.lastName, .whole, "muller o'brien"), true),
    ("a part of a whole", .init(.lastName, .whole, "müller"), false),
    ("a word of it", .init(.lastName, .words, "MÜLLER"), true),
    ("the right word in another field", .init(.firstName, .words, "Müller"), false),
    ("any of several", .init(.firstName, .whole, "Nan", "Ann"), true),
    ("words in any order", .init(.title, .words, "nurse lead"), true),
    ("one word too many", .init(.title, .words, "lead nurse berlin"), false),
    ("words of two values", .init(.location, .words, "zürich paris"), false),
    ("the second value", .init(.location, .words, "paris"), true),
    ("a beginning", .init(.lastName, .beginning, "Mül"), true),
    ("no beginning", .init(.lastName, .beginning, "O'Br"), false),
    ("signs between words", .init(.company, .whole, "stark wayne"), true),
    ("an address", .init(.email, .whole, "A.Mueller@x.example"), true),
    ("an address's local part", .init(.emailLocalPart, .whole, "a.mueller"), true),
    ("another's local part", .init(.emailLocalPart, .whole, "mueller"), false),
    ("a tag", .init(.tag, .words, "night shift"), true),
    ("nothing", .init(.tag, .words, " - "), false),
  ]

  @Test(arguments: rules) func judgesByTheRule(name: String, condition: Intent.Condition, isMet: Bool) throws
  {
    #expect(condition.isMet(by: try Self.record(Self.ann)) == isMet)
  }

  @Test func allConditionsMustHold() throws {
    let record = try Self.record(Self.ann)
    let (right, wrong) = (Intent.Condition(.firstName, .whole, "ann"), Intent.Condition(.tag, .words, "day"))
    #expect(Intent(conditions: [right]).isMet(by: record))
    #expect(!Intent(conditions: [right, wrong]).isMet(by: record))
    #expect(!Intent(conditions: []).isMet(by: record))
  }

  static let texts: [(text: String, words: [String])] = [
    ("O'Brien", ["o", "brien"]), ("Łukasz Sørensen", ["lukasz", "sorensen"]), ("Киселёва", ["kiselyova"]),
    ("山田 太郎", ["山田", "太郎"]), ("Παπαδόπουλος", ["papadopoulos"]), (" -- ", []), ("", []),
    ("C3PO x", ["c3po", "x"]),
  ]

  @Test(arguments: texts) func comparesText(text: String, words: [String]) {
    #expect(RecordText.words(text) == words)
  }

  @Test func scoresWhatWasFound() {
    let score = RelevanceScore([
      [true, false], [false, true], [], Array(repeating: false, count: 10) + [true],
    ])
    #expect(score.queries == 4 && score.success1 == 0.25 && score.success10 == 0.5)
    #expect(score.mrr10 == 0.375 && score.zeroResults == 0.25)
    #expect(RelevanceScore([]).queries == 0)
  }

  @Test func everyClassIsAskedAndTheRecordThatItIsMadeFromAnswersIt() throws {
    let set = try Self.set.get()
    #expect(set.queries.count == 70)
    let corpus = Corpus(seed: 1)
    let records = try (0..<Self.records).map { try CorpusRecord(json: corpus.record($0)) }
    for kind in RelevanceClass.allCases {
      let queries = set.queries.filter { $0.class == kind }
      #expect(queries.count == 5, "\(kind)")
      for query in queries { #expect(records.contains(where: query.intent.isMet), "\(query.query)") }
    }
  }

  @Test func theSameQueriesTwice() throws {
    let again = try RelevanceQuerySet(corpus: Corpus(seed: 1), records: Self.records, count: 70, seed: 1)
    #expect(try Self.set.get().queries == again.queries)
    #expect(
      try again.queries
        != RelevanceQuerySet(
          corpus: Corpus(seed: 1), records: Self.records, count: 70, seed: 2
        ).queries)
  }

  @Test func theJudgeReadsTheCorpusAndNoEngine() throws {
    let set = try Self.set.get()
    let corpus = Corpus(seed: 1)
    let records = try (0..<Self.records).map { try CorpusRecord(json: corpus.record($0)) }
    // The perfect engine: a wrong hit, then all right ones.
    let answers = set.queries.map { query in
      (records.filter { !query.intent.isMet(by: $0) }.prefix(1) + records.filter(query.intent.isMet)).map(
        \.id)
    }
    let judge = try Judge(corpus: corpus, records: Self.records, ids: Set(answers.joined()))
    let scores = judge.scores(set.queries, answers)
    #expect(scores[nil]?.success1 == 0 && scores[nil]?.success10 == 1 && scores[nil]?.mrr10 == 0.5)
    #expect(scores.count == RelevanceClass.allCases.count + 1)
    let unknown = judge.scores(set.queries, set.queries.map { _ in ["nobody's id"] })
    #expect(unknown[nil]?.success10 == 0 && unknown[nil]?.zeroResults == 0)
  }

  @Test func judgesFromTheCommandLine() throws {
    let folder = try TemporaryFolder()
    let options = ["--records", "300"]
    let queries = try CommandRun(
      "bench", ["relevance", "queries", "--count", "14", "--texts", folder.file("texts")] + options)
    #expect(queries.exit == 0)
    let texts = try String(contentsOfFile: folder.file("texts"), encoding: .utf8).split(separator: "\n").map(
      String.init)
    #expect(texts.count == queries.lines.count && !texts.isEmpty)
    let file = try folder.write(queries.output, to: "queries.ndjson")
    func judge(_ texts: [String]) throws -> CommandRun {
      let answers = JSONOutput.bytes(texts.map { QueryResult(query: $0, ids: []) })
      try Data(answers).write(to: URL(fileURLWithPath: folder.file("answers.json")))
      return try CommandRun(
        "bench",
        ["relevance", "judge", "--queries", file, "--answers", folder.file("answers.json")] + options)
    }
    let judged = try judge(texts)
    let scores = try JSONDecoder().decode([String: RelevanceScore].self, from: Data(judged.output.utf8))
    #expect(judged.exit == 0 && scores["all"]?.zeroResults == 1 && scores["all"]?.queries == texts.count)
    let others = try judge(texts.reversed())
    #expect(others.exit == 1 && others.error.contains("not the answers"))
  }
}
