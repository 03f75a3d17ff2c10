import CandidateModel
import GRDB

/// Counts the hits of a query by what they have in common, within a read transaction.
struct FacetCounter {
  let db: Database
  let cache: FacetCache
  var cancellation = Cancellation.never

  /// The values of a facet among those who match, at most so many. Nothing but these candidates decides what is given:
  /// not even how a value is written.
  func counts(of facet: Facet, in match: IndexQuery, limit: Int) throws -> FacetCounts {
    try counts(of: [facet], in: match, limit: limit)[0]
  }

  /// The same for several facets, which is faster than one after another: FTS5 is asked once. All of them cost six times
  /// as much as FTS5 needs to count the matches, one of them twice as much.
  func counts(of facets: [Facet], in match: IndexQuery, limit: Int) throws -> [FacetCounts] {
    let matches = try docids(of: match)
    let tallies =
      try cache.prefersRecords(matches.count, facets, db)
      ? tally(facets, fromRecordsOf: matches)
      : facets.map { try cache.index(of: $0, db, cancellation).tally(matches) }
    return try zip(facets, tallies).map { try counts(of: $0, $1, limit: max(0, limit)) }
  }

  private func docids(of match: IndexQuery) throws -> [Int64] {
    if match == .nothing { return [] }
    let statement = SearchStatement(match)
    var docids: [Int64] = []
    try RawStatement(
      db, "SELECT \(statement.docid) \(statement.source) ORDER BY \(statement.docid)",
      arguments: statement.arguments
    ).forEach {
      try cancellation.check(row: docids.count)
      docids.append($0.integer(orZero: 0))
    }
    return docids
  }

  func tally(_ facets: [Facet], fromRecordsOf docids: [Int64]) throws -> [FacetTally] {
    let loader = RecordLoader(db)
    var tallies = facets.map(RecordTally.init)
    for docid in docids {
      try cancellation.check()
      guard let stored = try loader.load(Docid(value: docid)) else { continue }
      for i in tallies.indices { tallies[i].add(stored) }
    }
    return tallies.map(\.tally)
  }

  private func counts(of facet: Facet, _ tally: FacetTally, limit: Int) throws -> FacetCounts {
    let loader = RecordLoader(db)
    let values = try tally.top(limit).map { entry in
      try cancellation.check()
      let stored = try loader.load(Docid(value: entry.mostRecent))
      let values = stored.map { facet.values(of: $0.candidate, connector: $0.connector) } ?? []
      guard let value = values.first(where: { FacetIndex.hash($0.key) == entry.hash }) else {
        throw DatabaseError(
          resultCode: .SQLITE_CORRUPT, message: "the postings do not agree with the records")
      }
      return FacetValue(value: value.text, count: entry.count)
    }
    return FacetCounts(
      facet: facet, values: values, distinct: tally.entries.count, missing: tally.missing)
  }
}
