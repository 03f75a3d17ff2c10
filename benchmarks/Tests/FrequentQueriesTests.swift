import BenchmarkCorpus
import Testing

@testable import bench

@Suite struct FrequentQueriesTests {
  private static let records: [CorpusRecord] = [
    #"{"id":"1","first_name":"Ann","title":"Senior Nurse","locations":["Paris, France"],"tags":["VIP"],"can_email":true}"#,
    #"{"id":"2","first_name":"Ann","title":"Nurse and Nurse","can_email":true}"#,
    #"{"id":"3","title":"Nurse OR not","tags":["two words","X"],"can_email":false}"#,
  ].compactMap { try? CorpusRecord(json: $0.utf8) }

  private static func queries(terms: Int, seed: UInt64 = 1) -> FrequentQueries {
    FrequentQueries(records: records, terms: terms, triples: 5, ors: 4, seed: seed)
  }

  @Test func pairsAreOfTheMostFrequentTerms() {
    let classes = Self.queries(terms: 3).classes
    #expect(classes.map(\.name) == ["pairs", "triples", "ORs"])
    let pairs = classes[0].queries.map { $0.split(separator: " ").sorted().map(String.init) }
    #expect(Set(pairs) == [["ann", "can_email:true"], ["ann", "nurse"], ["can_email:true", "nurse"]])
    #expect(classes[1].queries.count == 5 && classes[2].queries.count == 4)
    #expect(classes[2].queries.allSatisfy { $0.contains(" OR ") })
  }

  @Test func noTermIsAnOperatorOrOfTwoWords() {
    let words = Set(Self.queries(terms: 50).classes[0].queries.flatMap { $0.split(separator: " ") })
    #expect(
      words.isDisjoint(with: ["and", "or", "not"]) && words.contains("tag:VIP") && words.contains("tag:X"))
    #expect(words.allSatisfy { !$0.contains("two") })
  }

  @Test func theSameSeedMakesTheSameQueries() {
    let (a, b) = (Self.queries(terms: 9), Self.queries(terms: 9))
    #expect(a.classes.map(\.queries) == b.classes.map(\.queries))
    #expect(a.classes.map(\.queries) != Self.queries(terms: 9, seed: 2).classes.map(\.queries))
  }
}
