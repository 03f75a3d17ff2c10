import GRDB
import TestSupport
import Testing

@testable import CandidateSearch

/// Queries with a condition on `modified_at`, against the plain statement.
@Suite struct RowScanTests {
  private static let people = Result { try MixedPeople() }

  private static let queries = [
    "modified:>2023", "-modified:>2023", "-modified:>1900", "-modified:<1900", "-modified:<2024 engineer",
    "modified:<2024 -tag:senior can_email:true", "modified:2019..2024 last_interaction:2021..2025",
    "-modified:>2023 created:>2018", "(modified:>2024 OR created:<2019) manager",
    "modified:>2024 nobodyhasthis",
  ]

  private static func docids(
    _ query: IndexQuery, limit: Int, _ db: Database, maximumVisited: Int? = nil
  ) throws -> [Docid] {
    var docids: [Docid] = []
    let scan = try #require(RowScan(query, maximumVisited: maximumVisited))
    try scan.forEachDocid(limit: limit, db) { docids.append($0) }
    return docids
  }

  @Test(.sqlite, arguments: queries) func findsWhatThePlainStatementFinds(_ query: String) throws {
    let index = try Self.people.get().index
    let match = try MixedPeople.match(query, index)
    if match.isOfPostings { return }
    try index.read { db in
      let all = try SearchStatement(.everything).docids(limit: .max, db).map(\.value)
      for start in [Int64.min, all[all.count / 3], .max] {
        let query = IndexQuery.all([match, .record(.docids(start...Int64.max))])
        for limit in [0, 1, 11, .max] {
          let plain = try SearchStatement(query).docids(limit: limit, db)
          for maximum in [nil, 1, 2, 50, 100_000] {
            let found = try Self.docids(query, limit: limit, db, maximumVisited: maximum)
            if found != plain {
              Issue.record("at most \(limit), of which \(maximum ?? -1) are visited in order")
            }
          }
        }
      }
    }
  }

  @Test(.sqlite, arguments: queries) func countsWhatThePlainStatementCounts(_ query: String) throws {
    let index = try Self.people.get().index
    let match = try MixedPeople.match(query, index)
    let plain = try index.read { try SearchStatement(match).count($0) }
    #expect(try index.snapshot { try $0.count(of: match) } == plain)
  }

  @Test(arguments: [
    "engineer", "created:>2018", "last_interaction:2021..2025 nurse", "modified:>2023 OR engineer", "id:x",
  ])
  func otherQueriesAreNotScanned(_ query: String) throws {
    let index = try Self.people.get().index
    #expect(try RowScan(MixedPeople.match(query, index)) == nil)
  }
}
