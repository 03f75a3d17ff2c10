import BenchmarkCorpus
import CandidateSearch
import Foundation
import TestSupport
import Testing

@testable import bench

@Suite struct QueryCommandTests {
  private let folder: TemporaryFolder
  private let index: String

  init() throws {
    folder = try TemporaryFolder()
    index = folder.file("candidates.db")
    let writer = try CandidateIndex(path: index, access: .writing)
    try writer.ingest { try $0.add(ByteSource(path: Fixture.samples)) }
  }

  private func query(_ queries: [UInt8], _ options: String...) throws -> (
    run: CommandRun, results: [QueryResult]
  ) {
    let file = folder.file("queries.txt")
    try Data(queries).write(to: URL(fileURLWithPath: file))
    let run = try CommandRun(
      "bench", ["query", "--index", index, "--queries", file, "--json", "--calls", "3"] + options)
    return (run, try JSONDecoder().decode([QueryResult].self, from: Data(run.output.utf8)))
  }

  private func query(_ queries: String, _ options: String...) throws -> (
    run: CommandRun, results: [QueryResult]
  ) {
    try query(Array(queries.utf8))
  }

  @Test func givesWhatTheIndexFindsInItsOrder() throws {
    let queries = ["engineer", "engineer tag:JUNIOR", "\"software engineer\"", "xylophonist", "*"]
    let (run, results) = try query(queries.joined(separator: "\n"))
    #expect(run.exit == 0 && run.error.isEmpty && results.map(\.query) == queries)
    let library = try CandidateIndex(path: index)
    for result in results {
      let ids = try library.search(SearchQuery(result.query)).hits.map(\.candidate.id)
      #expect(result.ids == ids && result.countInTop == ids.count, "\(result.query)")
      let (median, p99) = (try #require(result.median), try #require(result.p99))
      #expect(median > 0 && p99 >= median && result.error == nil)
      #expect(result.matches == nil && result.percentiles == nil)
    }
  }

  @Test func printsTheMembersThatOthersReadAndNoOther() throws {
    let (run, _) = try query("engineer")
    let list = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]]
    #expect(list?.map { Set($0.keys) } == [["query", "median_us", "p99_us", "count_in_top", "ids"]])
  }

  @Test func tiersOnRequest() throws {
    let (_, results) = try query(Array("engineer\nxylophonist\n".utf8), "--tiers")
    #expect(results.map(\.tier) == ["fields", nil], "\(results)")
  }

  @Test func countsAndPercentilesWhereTheyAreAskedFor() throws {
    let (run, results) = try query(Array("engineer\n".utf8), "--counts", "--percentiles")
    #expect(run.exit == 0)
    #expect(try results.first?.matches == CandidateIndex(path: index).count("engineer"))
    #expect(results.first?.percentiles?.count == 101)
  }

  @Test func findsWithoutMeasuring() throws {
    let (run, results) = try query(Array("engineer\n".utf8), "--calls", "0")
    #expect(run.exit == 0 && results.first?.median == nil && results.first?.ids?.count == 10)
  }

  @Test func aWrongQueryHidesNoOther() throws {
    let (run, results) = try query("engineer\nskills:java\nnurse\nlast_interaction:never\n")
    #expect(run.exit == 2 && results.count == 4)
    #expect(results.map { $0.error == nil } == [true, false, true, false])
    #expect(results[1].query == "skills:java" && results[1].median == nil && results[1].ids == nil)
    #expect(results[1].error?.contains("skills") == true)
    #expect(results[2].ids?.isEmpty == false)
  }

  static let files: [(name: String, bytes: [UInt8], queries: [String], wrong: [Int])] = [
    ("empty", [], [], []),
    ("empty lines alone", Array("\n\n \t\r\n".utf8), [], []),
    ("no line break at the end", Array("a\nb".utf8), ["a", "b"], []),
    ("line breaks of Windows", Array("a b\r\n\r\nc\r\n".utf8), ["a b", "c"], []),
    ("a byte order mark", [0xEF, 0xBB, 0xBF] + Array("engineer\n".utf8), ["engineer"], []),
    ("no comments", Array("#hire\n// x\n-- y\n".utf8), ["#hire", "// x", "-- y"], []),
    (
      "a byte that is no UTF-8", Array("a\n".utf8) + [0xFF, 0x0A] + Array("b\n".utf8),
      ["a", "\u{FFFD}", "b"], [1]
    ),
    ("a zero byte", Array("a\0b\nc\n".utf8), ["a\0b", "c"], []),
    (
      "FTS5 syntax", Array("\" OR NEAR(a b)\nposting MATCH *\n".utf8),
      ["\" OR NEAR(a b)", "posting MATCH *"], []
    ),
    ("other scripts", Array("山田\nمحمد\n".utf8), ["山田", "محمد"], []),
  ]

  @Test(arguments: files) func readsAFile(name: String, bytes: [UInt8], queries: [String], wrong: [Int])
    throws
  {
    let (run, results) = try query(bytes)
    #expect(results.map(\.query) == queries)
    #expect(results.indices.filter { results[$0].error != nil } == wrong)
    #expect(run.exit == (wrong.isEmpty ? 0 : 2))
  }

  @Test func aLineThatIsTooLongIsRefusedAlone() throws {
    let long = Array(repeating: UInt8(ascii: "a"), count: QueryFile.longestLine + 1)
    let (run, results) = try query(Array("nurse\n".utf8) + long + Array("\nengineer\n".utf8))
    #expect(run.exit == 2 && results.count == 3)
    #expect(results[1].query.count < 100 && results[1].error?.contains("longer") == true)
    #expect(results[0].ids?.isEmpty == false && results[2].ids?.isEmpty == false)
  }

  @Test func aTableForPeople() throws {
    let file = try folder.write("engineer\nskills:java\n", to: "two.txt")
    let run = try CommandRun("bench", ["query", "--index", index, "--queries", file, "--calls", "1"])
    #expect(run.exit == 2 && run.lines.first?.hasSuffix("engineer") == true)
    #expect(run.lines.contains { $0.hasPrefix("skills:java: ") })
  }

  @Test func saysWhatCannotBeUsed() throws {
    let queries = try folder.write("engineer\n", to: "one.txt")
    let other = try folder.write("no database, whatever its name says", to: "other.db")
    let cases: [(arguments: [String], exit: Int32)] = [
      (["--index", folder.file("absent.db"), "--queries", queries], 1),
      (["--index", other, "--queries", queries], 1),
      (["--index", index, "--queries", folder.file("absent.txt")], 1),
      (["--index", index, "--queries", folder.path], 1),
      (["--index", index], 2), (["--queries", queries], 2),
      (["--index", index, "--queries", queries, "--calls", "-1"], 2),
      (["--index", index, "--queries", queries, "--seconds", "nan"], 2),
    ]
    for (arguments, exit) in cases {
      let run = try CommandRun("bench", ["query", "--json"] + arguments)
      #expect(run.exit == exit && run.output.isEmpty && !run.error.isEmpty, "\(arguments): \(run.error)")
    }
    #expect(!FileManager.default.fileExists(atPath: folder.file("absent.db")))
  }
}
