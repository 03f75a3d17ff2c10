import TestSupport
import Testing

@testable import CandidateSearch

/// Every query of the table: read as it says, finding whom it says, and whom a plain look at all records finds.
@Suite struct QueryTableTests {
  private static let people = Result { try People() }

  @Test func theDayIsTheTables() { #expect(People.now.description == "2026-11-24T00:00:00Z") }

  @Test(arguments: QueryTable.rows) func isReadAs(_ row: QueryTable.Row) throws {
    let tree = try QueryParser.parse(row.query).tree
    #expect(tree.description == row.tree)
    #expect(try QueryParser.parse(row.tree).tree == tree, "what is printed parses back")
  }

  @Test(arguments: QueryTable.rows) func finds(_ row: QueryTable.Row) throws {
    let people = try Self.people.get()
    let found = try people.ids(row.query)
    #expect(found.sorted() == row.ids.split(separator: " ").map(String.init).sorted())
    #expect(found.sorted() == (try people.plainIDs(row.query).sorted()))
    #expect(try people.index.count(row.query, .asTyped(now: People.now)) == found.count)
  }

  @Test func theTableIsLargeAndUsesEveryField() {
    #expect(QueryTable.rows.count >= 150)
    for field in Field.all {
      let name = field.id == .custom ? "custom." : field.name + ":"
      #expect(QueryTable.rows.contains { $0.query.contains(name) }, "\(field.name) stands in no row")
    }
  }
}

/// The people of `Fixtures/people.ndjson`, in an index and in a plain list.
struct People {
  static let now = Timestamp(startOf: CivilDate(daysSince1970: 20_781))
  private static let connector = "main"
  private static let customFields = Set(["hire_source", "category_group"].compactMap { CustomField($0) })

  let index: CandidateIndex
  private let plain: PlainSearch

  init() throws {
    index = try CandidateIndex.empty()
    try index.addCustomFields(Self.customFields)
    try index.ingest(connector: Self.connector) { try $0.add(try ByteSource(path: Fixture.people)) }
    let records = try Fixture.text("Tests/Fixtures/people.ndjson").split(separator: "\n")
    plain = PlainSearch(
      candidates: try records.map { try CandidateDecoder().decode(json: String($0)) },
      connector: Self.connector)
  }

  func ids(_ query: String) throws -> [String] {
    try index.search(query, .asTyped(limit: 1000, now: Self.now)).hits.map(\.candidate.id)
  }

  func plainIDs(_ query: String) throws -> [String] {
    plain.ids(
      try QueryResolver.resolve(
        QueryParser.parse(query).tree, of: query, in: .init(now: Self.now, customFields: Self.customFields)))
  }
}
