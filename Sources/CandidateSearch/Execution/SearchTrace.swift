import Dispatch

/// Measures the steps of one search.
struct SearchTrace {
  /// One evaluated query.
  struct Step {
    let tier: Tier
    let query: IndexQuery
    /// The number of docids that it returned.
    let rows: Int
    let microseconds: Int
  }

  private let costs: CostModel
  private(set) var steps: [Step] = []
  /// The slow queries that bitsets could have answered, with their time in microseconds.
  private(set) var slow: [(query: IndexQuery, microseconds: Int)] = []

  init(costs: CostModel) { self.costs = costs }

  /// Measures a query. `body` returns its docids, and whether posting lists were read for them.
  mutating func measure(
    _ query: IndexQuery, in tier: Tier, _ body: () throws -> (docids: [Docid], isFromPostings: Bool)
  ) rethrows -> [Docid] {
    let start = Microseconds.now
    let (docids, isFromPostings) = try body()
    let time = Microseconds.now - start
    if isFromPostings { note(query, time) }
    steps.append(Step(tier: tier, query: query, rows: docids.count, microseconds: time))
    return docids
  }

  /// Measures a query on bitsets. It is not listed where `body` returns nil, since they do not decide it.
  mutating func measureIfKnown(
    _ query: IndexQuery, in tier: Tier, _ body: () throws -> [Docid]?
  ) rethrows -> [Docid]? {
    let start = Microseconds.now
    guard let docids = try body() else { return nil }
    steps.append(
      Step(tier: tier, query: query, rows: docids.count, microseconds: Microseconds.now - start))
    return docids
  }

  /// Measures work that is not listed as a step.
  mutating func measureUnlisted<T>(_ query: IndexQuery, _ body: () throws -> T) rethrows -> T {
    let start = Microseconds.now
    let value = try body()
    note(query, Microseconds.now - start)
    return value
  }

  private mutating func note(_ query: IndexQuery, _ microseconds: Int) {
    if microseconds >= costs.minimumSlowStep, query.bitsetPartCount <= costs.maximumBitsetParts {
      slow.append((query, microseconds))
    }
  }
}

/// A clock that never jumps, in microseconds.
enum Microseconds {
  static var now: Int { Int(DispatchTime.now().uptimeNanoseconds / 1_000) }
}
