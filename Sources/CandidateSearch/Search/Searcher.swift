import CandidateModel
import Dispatch
import GRDB

/// Asks FTS5 stage by stage, each in the order of docids, until enough hits are found.
final class Searcher {
  /// A candidate that was found, and where.
  struct Found {
    let docid: Docid
    let tier: Tier
    /// Which expression of all found it, from 0.
    let step: Int
    let match: Match
  }

  /// Where the page before ended.
  struct Position {
    let step: Int
    let docid: Docid
  }

  private let db: Database
  private let plan: SearchPlan
  private let records: RecordCache
  /// What was asked and how long it took.
  private(set) var trace: [SearchExplanation.Step] = []

  init(_ db: Database, _ plan: SearchPlan) {
    self.db = db
    self.plan = plan
    records = RecordCache(db)
  }

  /// The hits behind a position.
  func page(limit: Int, after position: Position?) throws -> [Found] {
    guard limit > 0, plan.filter != .nothing else { return [] }
    var found: [Found] = []
    var earlier: [Match] = []
    var step = 0
    var known = try smallResult(after: position)
    for stage in plan.stages where found.count < limit {
      if let small = known, Tier.meant.contains(where: { $0.name == stage.tier.name }) {
        // All of what was typed has been found.
        take(small.hits, limit, into: &found)
        (earlier, step, known) = (small.matches, small.matches.count, nil)
        if found.count == limit { break }
      }
      if known != nil { continue }
      for match in try stage.matches() {
        if found.count < limit, position.map({ $0.step <= step }) ?? true {
          try find(match, stage.tier, step, limit, position, earlier, into: &found)
        }
        earlier.append(match)
        step += 1
      }
    }
    if let small = known { take(small.hits, limit, into: &found) }
    return found
  }

  private func take(_ hits: [Found], _ limit: Int, into found: inout [Found]) {
    found += hits.prefix(limit - found.count)
  }

  /// What one expression finds beside the others before it.
  private func find(
    _ match: Match, _ tier: Tier, _ step: Int, _ limit: Int, _ position: Position?, _ earlier: [Match],
    into found: inout [Found]
  ) throws {
    var whole = Match.all([match, plan.filter])
    var wanted = limit - found.count
    var after: Docid?
    if let position {
      // What the pages before have shown is not known any more.
      if !earlier.isEmpty { whole = .all([whole, .none(of: .any(earlier))]) }
      after = position.step == step ? position.docid : nil
    } else {
      // A relaxed expression finds the hits of the strict ones again: as many more are asked for.
      wanted += found.count
    }
    let docids = try ask(whole, tier, limit: wanted, after: after)
    let seen = Set(found.map(\.docid))
    for docid in docids where found.count < limit && !seen.contains(docid) {
      found.append(Found(docid: docid, tier: tier, step: step, match: match))
    }
  }

  private func ask(_ match: Match, _ tier: Tier, limit: Int, after: Docid?) throws -> [Docid] {
    let start = DispatchTime.now().uptimeNanoseconds
    let docids = try first(limit, of: match, after: after)
    trace.append(
      SearchExplanation.Step(
        tier: tier.name, match: match, rows: docids.count,
        microseconds: Int((DispatchTime.now().uptimeNanoseconds - start) / 1_000)))
    return docids
  }

  private func first(_ limit: Int, of match: Match, after: Docid?) throws -> [Docid] {
    if match == .nothing { return [] }
    if let after, after.value == .max { return [] }
    let narrowed = after.map { Match.all([match, .record(.docids(($0.value + 1)...(.max)))]) } ?? match
    let statement = SearchStatement(narrowed)
    return try statement.docids(limit: limit, db).map(Docid.init(value:))
  }

  // MARK: - Few hits

  /// Where all of what was typed finds no more than these, FTS5 is asked once, and the tiers are told apart here: an
  /// empty tier of common words costs FTS5 as much as a full one.
  private static let fewHits = 100
  /// A record costs as much as so many steps in FTS5's lists: where the rarest word stands in fewer candidates for
  /// each hit to be expected, FTS5 is asked tier by tier.
  var stepsForARecord = 100.0

  private struct SmallResult {
    let hits: [Found]
    /// What the stages of what was typed ask.
    let matches: [Match]
  }

  /// All hits of what was typed, if they are few.
  private func smallResult(after position: Position?) throws -> SmallResult? {
    guard let text = plan.text, text.units.count > 1, !text.isPrefix,
      text.expectedCount < Double(Self.fewHits),
      Double(text.rarestCount) >= stepsForARecord * max(1, text.expectedCount)
    else { return nil }
    let docids = try ask(
      .all([plan.typed, plan.filter]), Tier.typed[Tier.typed.count - 1], limit: Self.fewHits + 1, after: nil)
    guard docids.count <= Self.fewHits else { return nil }
    var steps: [(tier: Tier, match: Match)] = []
    for stage in plan.stages where Tier.typed.contains(where: { $0.name == stage.tier.name }) {
      steps += try stage.matches().map { (stage.tier, $0) }
    }
    var hits: [Found] = []
    for docid in docids {
      guard let matcher = try records.matcher(docid) else { continue }
      let step = steps.firstIndex { matcher.matches($0.match) } ?? steps.count - 1
      hits.append(Found(docid: docid, tier: steps[step].tier, step: step, match: steps[step].match))
    }
    hits.sort { ($0.step, $0.docid) < ($1.step, $1.docid) }
    if let position { hits.removeAll { ($0.step, $0.docid) <= (position.step, position.docid) } }
    return SmallResult(hits: hits, matches: steps.map(\.match))
  }

  func stored(_ docid: Docid) throws -> RecordLoader.Stored? { try records.stored(docid) }

  /// The exact number of hits; FTS5 visits every one.
  func count() throws -> Int { try Self.count(plan.everyHit(), db) }

  static func count(_ match: Match, _ db: Database) throws -> Int {
    if match == .nothing { return 0 }
    let statement = SearchStatement(match)
    return try Int.fetchOne(db, sql: "SELECT count(*) \(statement.source)", arguments: statement.arguments)
      ?? 0
  }
}

/// Records that a search reads, each once.
private final class RecordCache {
  private let db: Database
  private let loader: RecordLoader
  private let decoder = CandidateDecoder()
  /// Made when they are first needed, which is seldom.
  private var builders: DocumentBuilders?
  private var known: [Docid: RecordLoader.Stored] = [:]

  init(_ db: Database) { (self.db, loader) = (db, RecordLoader(db: db)) }

  func stored(_ docid: Docid) throws -> RecordLoader.Stored? {
    if let stored = known[docid] { return stored }
    let stored = try loader.load(docid, with: decoder)
    known[docid] = stored
    return stored
  }

  func matcher(_ docid: Docid) throws -> DocumentMatcher? {
    let builders = try builders ?? DocumentBuilders(customFields: CustomFieldStore(db: db).all())
    self.builders = builders
    return try stored(docid).map { DocumentMatcher(builders[$0.connector].document(of: $0.candidate)) }
  }
}
