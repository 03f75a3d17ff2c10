import BenchmarkCorpus
import Foundation
import TestSupport
import Testing

@testable import bench

@Suite struct VariedRelevanceTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("relevance").path

  private static let set = Result {
    VariedQuerySet(
      lists: try VariedLists(folder: folder),
      names: try VariedNameIndex(corpus: Corpus(seed: 1), records: 300),
      perClass: 5, seed: 1)
  }

  @Test func readsLists() throws {
    let lists = try VariedLists(
      text: "# comment\nplaces: Wien=Vienna Rio_de_Janeiro=Rio\nplaces: Roma\nx: 王=wang|wong\n")
    #expect(lists.entries("places") == [["Wien", "Vienna"], ["Rio de Janeiro", "Rio"], ["Roma"]])
    #expect(lists.forms("x", with: "wang") == ["王", "wang", "wong"])
    #expect(lists.entries("unknown") == [])
    #expect(throws: FileFailure.self) { try VariedLists(text: "no kind") }
    #expect(throws: FileFailure.self) { try VariedLists(folder: "/missing") }
  }

  @Test func everyClassHasQueriesThatItsPersonAnswers() throws {
    let set = try Self.set.get()
    let people = try set.people.map { try CorpusRecord(json: JSONOutput.bytes($0)) }
    let present = set.queries.filter(\.isPresent)
    #expect(Set(present.map(\.class)) == Set(VariedClass.all.map(\.name)))
    #expect(present.count == people.count && Set(people.map(\.id)).count == people.count)
    for (query, person) in zip(present, people) {
      #expect(query.intent.isMet(by: person), "\(query.class): \(query.query)")
    }
  }

  @Test func absentPeopleAreNotInTheIndex() throws {
    let set = try Self.set.get()
    let absent = set.queries.filter { !$0.isPresent }
    #expect(absent.count >= VariedClass.names.count * 5)
    let corpus = Corpus(seed: 1)
    let records =
      try (0..<300).map { try CorpusRecord(json: corpus.record($0)) }
      + set.people.map { try CorpusRecord(json: JSONOutput.bytes($0)) }
    for query in absent {
      #expect(!records.contains(where: query.intent.isMet), "\(query.class): \(query.query)")
    }
  }

  @Test func theSameNumbersMakeTheSameQueries() throws {
    let again = VariedQuerySet(
      lists: try VariedLists(folder: Self.folder),
      names: try VariedNameIndex(corpus: Corpus(seed: 1), records: 300), perClass: 5, seed: 1)
    let set = try Self.set.get()
    #expect(again.queries == set.queries && again.people.map(\.id) == set.people.map(\.id))
  }

  @Test func scoresPresentAndAbsentPeople() throws {
    let name = VariedClass.all[0].name
    let intent = Intent(conditions: [Intent.Condition(.lastName, .whole, "ng")])
    let queries = [true, true, false, false].map {
      VariedQuery(class: name, query: "ng", intent: intent, isPresent: $0)
    }
    let judge = Judge(records: [try CorpusRecord(json: #"{"id": "1", "last_name": "Ng"}"#.utf8)])
    let answers = [
      VariedAnswer(ids: ["2", "1"]), VariedAnswer(ids: ["1"]), VariedAnswer(ids: []),
      VariedAnswer(ids: ["1", "2"], tier: "sound"),
    ]
    let rows = judge.rows(queries, answers, engine: "x", records: 7)
    #expect(rows.map(\.class) == [name, LatencyRow.all])
    #expect(rows[0].present.success1 == 0.5 && rows[0].present.success10 == 1)
    #expect(rows[0].absent.wrongPeople == 0.5 && rows[0].absent.meanHits == 1)
    let report = VariedResults(date: "today", perClass: 2, rows: rows).markdown
    #expect(rows[0].absent.tiers == ["sound": 0.5])
    #expect(report.contains("| class | sound |\n|---|---:|\n| \(name) | 50.0 |"))
    #expect(
      report.contains("## 7 candidates") && report.contains("| \(name) | 2 | 50.0 | 100 | 0.00 | 50.0 |"))
  }

  @Test func measuresFromTheCommandLine() throws {
    let folder = try TemporaryFolder()
    let run = try CommandRun(
      "bench",
      [
        "relevance", "varied", "--size", "100", "--per-class", "1", "--work", folder.file("work"),
        "--lists", Self.folder, "--output", folder.file("results"),
      ])
    #expect(run.exit == 0, "\(run.error)")
    let data = try Data(contentsOf: URL(fileURLWithPath: folder.file("results/RESULTS.json")))
    let results = try JSONDecoder().decode(VariedResults.self, from: data)
    #expect(results.rows.count == VariedClass.all.count + 1)
    #expect(results.rows.first?.present.success1 == 1)
    let wrong = try CommandRun(
      "bench", ["relevance", "varied", "--size", "1", "--work", folder.file("work")])
    #expect(wrong.exit == 2)
  }
}
