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
    let match: IndexQuery
  }

  /// Where the page before ended.
  struct Position {
    let step: Int
    let docid: Docid
  }

  private let db: Database
  private let plan: SearchPlan
  private let records: RecordCache
  private let cancellation: Cancellation
  private let cache: DocumentBitsetCache
  private lazy var sets = Result { try cache.sets(db) }
  /// What was asked and how long it took.
  private(set) var trace: [SearchExplanation.Step] = []
  /// What has taken long that sets would have told at once, with the microseconds.
  private var slow: [(match: IndexQuery, microseconds: Int)] = []

  init(_ db: Database, _ plan: SearchPlan, _ cache: DocumentBitsetCache) {
    (self.db, self.plan, self.cache) = (db, plan, cache)
    records = RecordCache(db)
    cancellation = plan.expansion.statistics.cancellation
  }

  /// The hits behind a position.
  func page(limit: Int, after position: Position?) throws -> [Found] {
    guard limit > 0, plan.filter != .nothing else { return [] }
    var found: [Found] = []
    var earlier: [IndexQuery] = []
    var few: SmallResultSorter?
    for stage in plan.stages where found.count < limit {
      for match in try stage.matches() {
        let step = earlier.count
        // What is exact is rare, so FTS5 finds it at once; all that is less is worth a thought.
        if step == 1, stage.tier.isTyped, found.count < limit {
          few = try smallResult(exact: position == nil ? found.map(\.docid) : nil)
        }
        if let few, stage.tier.isTyped {
          found += few.hits(ofStep: step, stage.tier, match, after: position).prefix(limit - found.count)
        } else if found.count < limit, position.map({ $0.step <= step }) ?? true {
          try find(match, stage.tier, step, limit, position, earlier, into: &found)
        }
        earlier.append(match)
      }
    }
    try noteSlowSteps()
    return found
  }

  /// What one expression finds beside the others before it.
  private func find(
    _ match: IndexQuery, _ tier: Tier, _ step: Int, _ limit: Int, _ position: Position?,
    _ earlier: [IndexQuery],
    into found: inout [Found]
  ) throws {
    var whole = IndexQuery.all([match, plan.filter])
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

  private func ask(_ match: IndexQuery, _ tier: Tier, limit: Int, after: Docid? = nil) throws -> [Docid] {
    if match == .nothing || after?.value == .max { return [] }
    try cancellation.check()
    let docid = after.map { $0.value + 1 } ?? .min
    let start = Self.microseconds
    let known = try sets.get()?.first(limit, of: match, from: docid)
    let docids = try known ?? first(limit, of: match, from: docid)
    let time = Self.microseconds - start
    if known == nil { note(match, time) }
    trace.append(
      SearchExplanation.Step(
        tier: tier.name, match: match, rows: docids.count, microseconds: time))
    return docids
  }

  private func first(_ limit: Int, of match: IndexQuery, from docid: Int64) throws -> [Docid] {
    let narrowed = docid > .min ? IndexQuery.all([match, .record(.docids(docid...Int64.max))]) : match
    return try SearchStatement(narrowed).docids(limit: limit, db).map(Docid.init(value:))
  }

  // MARK: - What takes long

  /// A record costs as much as so many steps in FTS5's lists: where the rarest word stands in fewer candidates for
  /// each hit to be expected, FTS5 is asked tier by tier.
  var stepsForARecord = 100.0

  /// All hits of what was typed, if they are few: an empty tier of common words costs FTS5 as much as a full one.
  private func smallResult(exact: [Docid]?) throws -> SmallResultSorter? {
    guard let text = plan.text, text.units.count > 1, !text.isPrefix, !text.isLong,
      text.expectedCount < Double(SmallResultSorter.most),
      Double(text.rarestCount) >= stepsForARecord * max(1, text.expectedCount)
    else { return nil }
    let typed = IndexQuery.all([plan.typed, plan.filter])
    let docids = try ask(typed, Tier.typed[Tier.typed.count - 1], limit: SmallResultSorter.most + 1)
    guard docids.count <= SmallResultSorter.most else { return nil }
    let steps = try plan.stages.filter(\.tier.isTyped).flatMap { try $0.matches() }
    let exact = try exact ?? ask(.all([steps[0], plan.filter]), Tier.typed[0], limit: SmallResultSorter.most)
    let start = Self.microseconds
    let few = try SmallResultSorter(docids, exact: exact, steps, records, sets.get(), cancellation)
    note(.any(Array(steps.dropFirst())), Self.microseconds - start)
    return few
  }

  private func note(_ match: IndexQuery, _ time: Int) {
    if time >= cache.slowStep, match.leafCount <= DocumentBitsets.mostLeaves { slow.append((match, time)) }
  }

  /// Lets sets be made of what has taken long.
  private func noteSlowSteps() throws {
    var spent: [IndexQuery: Int] = [:]
    for (match, time) in slow {
      let leaves = try match.leaves.filter { try sets.get()?.sets[$0] == nil }
      for leaf in leaves { spent[leaf, default: 0] += time / leaves.count }
    }
    if !spent.isEmpty { try cache.note(spent, db, cancellation) }
  }

  private static var microseconds: Int { Int(DispatchTime.now().uptimeNanoseconds / 1_000) }

  func stored(_ docids: [Docid]) throws -> [Docid: RecordLoader.Stored] { try records.stored(docids) }

  /// How many match; FTS5 visits every one.
  static func count(_ match: IndexQuery, _ db: Database) throws -> Int {
    if match == .nothing { return 0 }
    let statement = SearchStatement(match)
    return try Int.fetchOne(db, sql: "SELECT count(*) \(statement.source)", arguments: statement.arguments)
      ?? 0
  }
}
