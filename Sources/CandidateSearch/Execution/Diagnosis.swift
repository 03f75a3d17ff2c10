import CandidateQuery

/// Diagnoses an empty result: what each part of the query matches alone, and the rest without it.
struct Diagnosis {
  let snapshot: any IndexSnapshot
  let ordinals: DocidOrdinals
  /// The maximum number of matches that are visited, for all parts together.
  let maximumRows: Int
  let cancellation: Cancellation

  func run(_ query: ParsedQuery, _ plan: SearchPlan) throws -> SearchDiagnosis {
    let clauses = query.clauses
    let queries = try clauses.map { clause -> IndexQuery in
      var compiler = plan.compiler
      let query = compiler.withoutEmptyTexts(clause.query).map { compiler.match($0) } ?? .everything
      return try plan.expansion.searchable(query).completed(from: plan.expansion.statistics)
    }
    var tally = ClauseTally(self, scope: plan.expansion.statistics.scope.filter)
    try tally.hideOthers()
    for query in queries {
      try cancellation.check()
      // A negated part matches most candidates, so that those that it excludes are visited instead.
      let (isNot, inner) = if case .not(let inner) = query { (true, inner) } else { (false, query) }
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

/// Counts the candidates that match all clauses of a conjunction but one, and which one; each clause is evaluated once.
/// For each candidate, the number of clauses that it matches and the sum of their numbers are kept: of a candidate that
/// lacks a single clause, the sum identifies it.
private struct ClauseTally {
  private let diagnosis: Diagnosis
  /// The query that the candidates of the scope match.
  private let scope: IndexQuery
  private var rowsLeft: Int
  /// By ordinal, the number of matching clauses, and the sum of their numbers. A clause that begins with NOT counts
  /// negatively where its inner query matches.
  private var matched: [Int32]
  private var sums: [Int64]
  private var visibleCount: Int
  /// For each clause, the number of matches of its query, or of the query that it negates.
  private var clauses: [(isNot: Bool, rows: Int)] = []

  /// The value of a hidden candidate in `matched`, below that of any other.
  private static let hidden = Int32.min

  init(_ diagnosis: Diagnosis, scope: IndexQuery) {
    self.diagnosis = diagnosis
    self.scope = scope
    rowsLeft = diagnosis.maximumRows
    matched = Array(repeating: 0, count: diagnosis.ordinals.count)
    sums = Array(repeating: 0, count: diagnosis.ordinals.count)
    visibleCount = diagnosis.ordinals.count
  }

  /// Excludes candidates outside of the scope.
  mutating func hideOthers() throws {
    let hidden = try forEach(.none(of: scope), limit: .max) { $0.matched[$1] = Self.hidden }
    visibleCount -= hidden
  }

  /// Counts the matches of a clause. Returns false if more than `maximumRows` were visited.
  mutating func add(_ query: IndexQuery, isNot: Bool) throws -> Bool {
    let number = Int64(clauses.count)
    let rows = try forEach(.all([query, scope]), limit: rowsLeft + 1) { tally, ordinal in
      tally.matched[ordinal] += isNot ? -1 : 1
      tally.sums[ordinal] += isNot ? -number : number
    }
    clauses.append((isNot, rows))
    rowsLeft -= rows
    return rowsLeft >= 0
  }

  /// Calls `body` with the ordinals of the matching candidates, at most `limit` of them. Returns how many there were.
  private mutating func forEach(
    _ query: IndexQuery, limit: Int, _ body: (inout ClauseTally, Int) -> Void
  ) throws -> Int {
    let (ordinals, cancellation) = (diagnosis.ordinals, diagnosis.cancellation)
    var (rows, ordinal) = (0, 0)
    try diagnosis.snapshot.forEachDocid(of: query, limit: limit) { docid in
      try cancellation.check(row: rows)
      rows += 1
      ordinal = ordinals.first(notBelow: docid.value, from: ordinal)
      if ordinals.contains(docid.value, at: ordinal) { body(&self, ordinal) }
    }
    return rows
  }

  /// For each clause, the number of its matches, and the number of matches of the query without it.
  var counts: [(count: Int, countWithout: Int)] {
    let positive = clauses.reduce(0) { $0 + ($1.isNot ? 0 : 1) }
    let sum = clauses.indices.reduce(0) { $0 + (clauses[$1].isNot ? 0 : $1) }
    var (all, without) = (0, Array(repeating: 0, count: clauses.count))
    for ordinal in matched.indices {
      if matched[ordinal] == positive { all += 1 }
      if matched[ordinal] == positive - 1 { without[sum - Int(sums[ordinal])] += 1 }
    }
    return zip(clauses, without).map { clause, without in
      (clause.isNot ? visibleCount - clause.rows : clause.rows, all + without)
    }
  }
}
