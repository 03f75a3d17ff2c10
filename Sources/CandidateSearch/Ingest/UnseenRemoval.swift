import CandidateModel

/// Removes the candidates of a connector that did not come. Other processes may write meanwhile: what they have changed
/// since the missing candidates were listed is not removed.
struct UnseenRemoval: Sendable {
  let engine: any IndexEngine
  let connector: String
  /// The highest number of each lane when the ingest began: candidates with a higher one were brought in by another ingest.
  private let highestNumbers: [Int64]
  /// Called before each transaction that removes candidates.
  private let onPause: @Sendable () throws -> Void

  private static let exampleCount = 3
  /// At most this many are removed in one transaction.
  private static let batch = 5_000

  init(
    engine: any IndexEngine, connector: String, onPause: @escaping @Sendable () throws -> Void = {}
  ) throws {
    self.engine = engine
    self.connector = connector
    self.onPause = onPause
    highestNumbers = try engine.read { try $0.highestNumbers(ofConnector: connector) }
  }

  func finish(_ seen: SeenNumbers, _ removalGuard: RemovalGuard, isDryRun: Bool) throws -> Removal {
    let (missing, total) = try engine.read { try self.missing(seen, $0) }
    let examples = missing.prefix(Self.exampleCount).map(\.id)
    guard removalGuard.allows(missing.count, of: total) else {
      return .guarded(missing.count, of: total, examples: examples)
    }
    if isDryRun { return .wouldRemove(missing.count, examples: examples) }
    var removed = 0
    for start in stride(from: 0, to: missing.count, by: Self.batch) {
      try onPause()
      let part = missing[start..<min(start + Self.batch, missing.count)]
      removed += try engine.write { transaction in
        let unchanged = try part.filter { try transaction.state(number: $0.number) == $0 }
        return try Remover(transaction: transaction).remove(unchanged.map(\.number)).count
      }
    }
    return .removed(removed)
  }

  /// The connector's candidates that did not come, in the state in which they are listed here.
  private func missing(
    _ seen: SeenNumbers, _ snapshot: any IndexSnapshot
  ) throws -> (missing: [CandidateState], total: Int) {
    var missing: [CandidateState] = []
    var total = 0
    try snapshot.forEachState(connector: connector) { state in
      total += 1
      let lane = Lane(ofNumber: state.number, count: highestNumbers.count)
      if state.number <= highestNumbers[lane.number], !seen.contains(state.number) { missing.append(state) }
    }
    return (missing, total)
  }
}
