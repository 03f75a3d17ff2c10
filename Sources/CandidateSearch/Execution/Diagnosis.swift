import CandidateQuery
import GRDB
import TextAnalysis

/// Why a query finds nobody.
public struct SearchDiagnosis: Sendable, Hashable {
  /// A part of the query that every hit must match.
  public struct Clause: Sendable, Hashable {
    /// The part, as a query.
    public let text: String
    /// How many candidates it finds alone.
    public let count: Int
    /// How many the rest of the query finds without it.
    public let countWithout: Int
  }

  /// The parts, in the order of the query, each once; empty where counting them would visit too many candidates.
  public let clauses: [Clause]
  /// How many different parts the query has.
  public let clauseCount: Int

  /// The part that finds fewest of those without which somebody is found; nil if there is none.
  public var smallestToDrop: Clause? {
    clauses.count < 2 ? nil : clauses.filter { $0.countWithout > 0 }.min { $0.count < $1.count }
  }
}

extension Search {
  /// At most this many matches are visited, by all clauses together: about half a second.
  static let maximumDiagnosedRows = 5_000_000

  func diagnosis(maximumRows: Int = maximumDiagnosedRows) throws -> SearchDiagnosis {
    let clauses = parsed.clauses
    let matches = try clauses.map { clause -> IndexQuery in
      var compiler = QueryCompiler()
      let match = compiler.withoutEmptyTexts(clause.query).map { compiler.match($0) } ?? .everything
      return try match.completed(from: plan.expansion.statistics)
    }
    let ordinals = try index.caches.ordinals.value(db) { try DocidOrdinals(db, cancellation) }
    var tally = ClauseTally(ordinals, visible: plan.visible, maximumRows: maximumRows, db, cancellation)
    try tally.hidePrivate()
    for match in matches {
      try cancellation.check()
      // Most candidates lack a word: those who have it are visited.
      let (isNot, inner) = if case .not(let inner) = match { (true, inner) } else { (false, match) }
      guard try tally.add(inner, isNot: isNot) else {
        return SearchDiagnosis(clauses: [], clauseCount: clauses.count)
      }
    }
    return SearchDiagnosis(
      clauses: zip(clauses, tally.counts).map {
        SearchDiagnosis.Clause(text: $0.text, count: $1.count, countWithout: $1.countWithout)
      }, clauseCount: clauses.count)
  }
}

/// Who matches all clauses of a conjunction but one, and which: each clause is asked once. For each candidate, how many
/// clauses it matches and the sum of their numbers are kept; of one that lacks a single clause, the sum tells which.
private struct ClauseTally {
  private let ordinals: DocidOrdinals
  private let visible: IndexQuery
  private let db: Database
  private let cancellation: Cancellation
  private var rowsLeft: Int
  /// By ordinal, how many clauses match beyond those that begin with NOT, and the sum of their numbers.
  private var matched: [Int32]
  private var sums: [Int64]
  private var visibleCount: Int
  /// For each clause, how many match what it says, or what it denies.
  private var clauses: [(isNot: Bool, rows: Int)] = []

  /// Below what any candidate comes to that is not hidden.
  private static let hidden = Int32.min

  init(
    _ ordinals: DocidOrdinals, visible: IndexQuery, maximumRows: Int, _ db: Database,
    _ cancellation: Cancellation
  ) {
    self.ordinals = ordinals
    self.visible = visible
    self.db = db
    self.cancellation = cancellation
    rowsLeft = maximumRows
    matched = Array(repeating: 0, count: ordinals.count)
    sums = Array(repeating: 0, count: ordinals.count)
    visibleCount = ordinals.count
  }

  /// Leaves out who is not shown.
  mutating func hidePrivate() throws {
    let hidden = try forEach(.none(of: visible), limit: -1) { $0.matched[$1] = Self.hidden }
    visibleCount -= hidden
  }

  /// Returns whether no more rows were visited than are allowed.
  mutating func add(_ match: IndexQuery, isNot: Bool) throws -> Bool {
    let number = Int64(clauses.count)
    let rows = try forEach(.all([match, visible]), limit: rowsLeft + 1) { tally, ordinal in
      tally.matched[ordinal] += isNot ? -1 : 1
      tally.sums[ordinal] += isNot ? -number : number
    }
    clauses.append((isNot, rows))
    rowsLeft -= rows
    return rowsLeft >= 0
  }

  /// Calls `body` with the ordinals of the matching candidates, at most `limit` of them. Returns how many there were.
  private mutating func forEach(
    _ match: IndexQuery, limit: Int, _ body: (inout ClauseTally, Int) -> Void
  ) throws -> Int {
    if match == .nothing { return 0 }
    let statement = SearchStatement(match)
    var (rows, ordinal) = (0, 0)
    try RawStatement(
      db, "SELECT \(statement.docid) \(statement.source) ORDER BY \(statement.docid) LIMIT ?",
      arguments: statement.arguments + [limit]
    ).forEach { row in
      try cancellation.check(row: rows)
      rows += 1
      let docid = row.integer(orZero: 0)
      ordinal = ordinals.first(notBelow: docid, from: ordinal)
      if ordinals.holds(docid, at: ordinal) { body(&self, ordinal) }
    }
    return rows
  }

  /// For each clause, how many it finds, and how many all the others find.
  var counts: [(count: Int, countWithout: Int)] {
    let wanted = clauses.reduce(0) { $0 + ($1.isNot ? 0 : 1) }
    let sum = clauses.indices.reduce(0) { $0 + (clauses[$1].isNot ? 0 : $1) }
    var (all, without) = (0, Array(repeating: 0, count: clauses.count))
    for ordinal in matched.indices {
      if matched[ordinal] == wanted { all += 1 }
      if matched[ordinal] == wanted - 1 { without[sum - Int(sums[ordinal])] += 1 }
    }
    return zip(clauses, without).map { clause, without in
      (clause.isNot ? visibleCount - clause.rows : clause.rows, all + without)
    }
  }
}
