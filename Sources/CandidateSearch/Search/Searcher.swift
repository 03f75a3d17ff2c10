import CandidateModel
import GRDB

/// Asks FTS5 tier by tier, each in the order of docids, until enough hits are found.
struct Searcher {
  let db: Database

  func hits(_ plan: SearchPlan, limit: Int) throws -> [Hit] {
    let decoder = CandidateDecoder()
    let loader = RecordLoader(db: db)
    return try docids(plan, limit: limit).compactMap { found in
      try loader.load(found.docid, with: decoder).map {
        Hit(candidate: $0.candidate, connector: $0.connector, tier: found.tier)
      }
    }
  }

  /// The exact number of hits; FTS5 visits every one.
  func count(_ plan: SearchPlan) throws -> Int {
    if plan.everyHit == .nothing { return 0 }
    let statement = SearchStatement(plan.everyHit)
    return try Int.fetchOne(db, sql: "SELECT count(*) \(statement.source)", arguments: statement.arguments)
      ?? 0
  }

  private func docids(_ plan: SearchPlan, limit: Int) throws -> [(docid: Docid, tier: String)] {
    var found: [(docid: Docid, tier: String)] = []
    var seen: Set<Docid> = []
    for step in plan.steps where found.count < limit {
      // A relaxed tier finds the hits of the strict ones again: as many more are asked for.
      for docid in try first(limit, of: step.match) where found.count < limit && seen.insert(docid).inserted {
        found.append((docid, step.tier.name))
      }
    }
    return found
  }

  private func first(_ limit: Int, of match: Match) throws -> [Docid] {
    if match == .nothing { return [] }
    let statement = SearchStatement(match)
    return try Int64.fetchAll(
      db.cachedStatement(
        sql: "SELECT \(statement.docid) \(statement.source) ORDER BY \(statement.docid) LIMIT ?"),
      arguments: statement.arguments + [limit]
    ).map(Docid.init(value:))
  }
}
