import Foundation
import TestSupport
import Testing

@testable import CandidateSearch

/// Why other forms of words found a candidate: the rule, and the words of both.
@Suite struct VariantReasonTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let query: String
    let members: String
    let reason: String?
    init(_ query: String, _ members: String, _ reason: String?) {
      self.query = query
      self.members = members
      self.reason = reason
    }
    var testDescription: String { "\(query): \(members)" }
  }

  private static func name(_ first: String, _ last: String) -> String {
    #""first_name":"\#(first)","last_name":"\#(last)""#
  }

  static let cases: [Case] = [
    // Nicknames and long forms.
    Case("Bob Jones", name("Robert", "Jones"), "Bob is short for Robert"),
    Case("Robert Jones", name("Bob", "Jones"), "Bob is short for Robert"),
    Case("johnny jones", name("JOHN", "Jones"), "johnny is a form of JOHN"),
    Case("Catherine Jones", name("Katherine", "Jones"), "also written Katherine"),
    // Other spellings.
    Case("Muller", name("Anna", "Mueller"), "also written Mueller"),
    Case("Ivanov", name("Иван", "Иванов"), "also written Иванов"),
    Case("Иванов", name("Ivan", "Ivanov"), "also written Ivanov"),
    Case("Papadopoulos", name("Γιώργος", "Παπαδόπουλος"), "also written Παπαδόπουλος"),
    Case("Takeshi", name("たけし", "山田"), "also written たけし"),
    Case("Jimin", name("지민", "김"), "also written 지민"),
    Case("Ji-min", name("지민", "김"), "also written 지민"),
    Case("Popov-Karpov", name("Иван", "Попов-Карпов"), "also written Попов"),
    Case("Maryanne Jones", name("Mary Anne", "Jones"), "also written Mary Anne"),
    Case("Mary Anne Jones", name("Maryanne", "Jones"), "also written Maryanne"),
    Case("delacruz", name("Ana", "De la Cruz"), "also written De la Cruz"),
    Case("De La Cruz", name("Ana", "Delacruz"), "also written Delacruz"),
    // Initials.
    Case("J Smith", name("John", "Smith"), "J is an initial of John"),
    Case("j. smith", name("Jöhn", "Smith"), "j is an initial of Jöhn"),
    Case("Smith J", name("John", "Smith"), "J is an initial of John"),
    Case("JR Patel", name("Jaya Rao", "Patel"), "JR are the initials of Jaya Rao"),
    Case("J R Patel", name("Jaya Rao", "Patel"), "J is an initial of Jaya; R is an initial of Rao"),
    Case("José P Cassiano", name("José Pedro", "Cassiano"), "P is an initial of Pedro"),
    Case("John Smith", name("J.", "Smith"), "J is an initial of John"),
    // Abbreviations.
    Case("SWE", #""title":"Software Engineer""#, "SWE is short for Software Engineer"),
    Case("software engineer", #""title":"Senior SWE""#, "SWE is short for software engineer"),
    Case("Sr Nurse", #""title":"Senior Nurse""#, "Sr is short for Senior"),
    // Inflections.
    Case("managers", #""title":"Head of Management""#, "managers: also Management"),
    Case("Engineering", #""tags":["ENGINEERS"]"#, "Engineering: also ENGINEERS"),
    // Places and legal forms.
    Case("Munich", #""locations":["München"]"#, "Munich is München"),
    Case("nyc nurse", #""title":"Nurse","locations":["New York"]"#, "nyc is New York"),
    Case("Acme Ltd", #""company":"Acme Limited""#, "also written Limited"),
    Case("Acme Limited", #""company":"Acme Ltd.""#, "also written Ltd"),
    // A longer last word.
    Case("smi", name("John", "Smith"), "begins with smi: Smith"),
    Case("John Smi", name("John", "Smith-Jones"), "begins with Smi: Smith"),
    Case("ann smith-jon", name("Ann", "Smith-Jones"), "begins with jon: Jones"),
    Case("nurse bas", #""title":"Nurse","locations":["Basel"]"#, "begins with bas: Basel"),
    // Words that are left out.
    Case("Dr John Smith", name("John", "Smith"), "without Dr"),
    Case("manager of sales", #""title":"Sales Manager""#, "without of"),
    Case("Acme Ltd", #""company":"Acme""#, "without Ltd"),
    // Several.
    Case(
      "Dr Bob Smi", name("Robert", "Smith"), "without Dr; Bob is short for Robert; begins with Smi: Smith"),
    Case(
      "Dr Bob SWE Jones bas",
      name("Robert", "Jones") + #","title":"Software Engineer","locations":["Basel"]"#,
      "without Dr; Bob is short for Robert; SWE is short for Software Engineer"),
    Case("bob bob jones", name("Robert", "Jones"), "bob is short for Robert"),
    // Alternatives and filters.
    Case("Bob OR zzzz", name("Robert", "Jones"), "Bob is short for Robert"),
    Case("Bob last_name:jones", name("Robert", "Jones"), "Bob is short for Robert"),
    // Whatever a record contains is on one line and short.
    Case("maryanne", name(#"Mary\u0007\nAnne"#, "Jones"), "also written Mary  Anne"),
    Case(
      "maryanne", name("Mary" + String(repeating: "-", count: 200) + "Anne", "Jones"),
      "also written Mary" + String(repeating: "-", count: 56) + "…"),
    Case("Bob", name(#"Robe\u202Ert"#, "Jones"), "Bob is short for Robert"),
  ]

  @Test(arguments: cases) func theRuleAndTheWordsAreStated(_ example: Case) throws {
    let index = try CandidateIndex.holding(#"{"id":"1",\#(example.members)}"#)
    let hit = try #require(try index.search(example.query).hits.first)
    #expect([.variant, .initials].contains(hit.tier), "\(hit.tier)")
    #expect(hit.reason == example.reason)
  }

  @Test(arguments: ["Robert Jones", "jones robert", "robert", "zzzz OR robert", "robret"])
  func otherTiersHaveNone(_ query: String) throws {
    let names = (0..<60).map { #"{"id":"\#($0)",\#(Self.name("Robert", "Jones"))}"# }
    let index = try CandidateIndex.empty()
    try index.add(names)
    let hit = try #require(try index.search(query).hits.first)
    #expect(!hit.tier.isOfVariants && hit.reason == nil)
  }

  @Test func aSortedHitHasNone() throws {
    let index = try CandidateIndex.holding(#"{"id":"1",\#(Self.name("Robert", "Jones"))}"#)
    var options = SearchOptions()
    options.sort = SearchSort(by: .name)
    #expect(try index.search("Bob", options).hits.map(\.reason) == [nil])
  }

  /// Of two spellings, the first is that of an address.
  @Test func noContactIsStated() throws {
    let index = try CandidateIndex.holding(
      #"{"id":"1","email_addresses":["mullerkonig@x.org"],"last_name":"Muellerkonig"}"#)
    #expect(try index.search("muellerkoenig").hits.map(\.reason) == ["also written mullerkonig"])
    let scoped = index.scoped(to: Scope(includesContacts: false))
    #expect(try scoped.search("muellerkoenig").hits.map(\.reason) == ["also written Muellerkonig"])
  }

  /// Each word of a reason is one of the query, of the candidate, or of the sentence.
  @Test(.mustEnd) func onlyWordsOfTheQueryAndTheCandidateAreStated() throws {
    let index = try CandidateIndex.empty()
    try index.add(try Fixture.text("docs/samples/candidates.ndjson").split(separator: "\n").map(String.init))
    let scoped = index.scoped(to: Scope(includesContacts: false))
    let words = [
      "bob", "Kate", "Liz", "J", "R.", "JR", "Dr", "PhD", "swe", "sr", "engineers", "engineering", "Munich",
      "NYC",
      "Ltd", "GmbH", "Inc", "Mueller", "Ivanov", "yamada", "smi", "o", "al", "eng", "develop", "managers",
      "sales",
      "maryanne", "de la", "Иванов", "o'b", "ann", "Alex", "mike", "qa", "nurse", "Köln", "Zuerich",
    ]
    let sentence = Set(
      "is short for a form of also written an initial of are the initials of begins with without".split(
        separator: " "
      ).map(String.init))
    var random = SplitMix64(state: 4)
    var count = 0
    for _ in 0..<400 {
      let query = (0..<Int.random(in: 1...3, using: &random)).map { _ in
        words.randomElement(using: &random) ?? ""
      }
      .joined(separator: " ")
      for hit in try scoped.search(query, SearchOptions(limit: 20)).hits where hit.tier.isOfVariants {
        guard let reason = hit.reason else { continue }
        count += 1
        let texts = TextColumn.allCases.flatMap { $0.values(of: hit.candidate) } + [query]
        #expect(hit.candidate.emailAddresses.isEmpty)
        #expect(reason.components(separatedBy: "; ").count <= 3)
        for word in reason.components(separatedBy: " ").map({ $0.trimmingCharacters(in: [";", ":"]) })
        where !sentence.contains(word) {
          #expect(texts.contains { $0.contains(word) }, "\(query): \(reason)")
        }
      }
    }
    #expect(count > 200, "\(count)")
  }

  /// 10,000 tags and a text of the maximum number of words that are ranked.
  @Test(.mustEnd) func theCostIsBounded() throws {
    let tags = (0..<10_000).map { #""mary anne \#($0 % 50)""# }.joined(separator: ",")
    let index = try CandidateIndex.holding(#"{"id":"1","first_name":"Robert","tags":[\#(tags)]}"#)
    let query = String(repeating: "bob maryanne ", count: 30)
    let hit = try #require(try index.search(query).hits.first)
    #expect(hit.reason == "bob is short for Robert; also written mary anne")
  }
}
