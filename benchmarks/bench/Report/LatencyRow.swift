/// The times of a class of queries in one round, in microseconds. Each query weighs the same, however often it was
/// asked.
struct ClassLatency: Codable, Equatable {
  var p50: Double
  var p95: Double
  var p99: Double
  /// Of the queries' medians.
  var geometricMean: Double

  /// Nil where no query was measured.
  init?(_ results: [QueryResult]) {
    guard let pooled = Sample(results.compactMap(\.percentiles).flatMap(\.self)),
      let mean = Sample(results.compactMap(\.median))?.geometricMean
    else { return nil }
    (p50, p95, p99) = (pooled.quantile(0.5), pooled.quantile(0.95), pooled.quantile(0.99))
    geometricMean = mean
  }
}

/// The times of a class in an engine that holds so many records, round by round.
struct LatencyRow: Codable {
  /// The class of all queries.
  static let all = "all"

  var engine: String
  var size: Int
  var `class`: String
  var rounds: [ClassLatency]

  /// The median over the rounds.
  func median(_ value: KeyPath<ClassLatency, Double>) -> Double {
    Sample(rounds.map { $0[keyPath: value] })?.median ?? 0
  }

  /// How many times as long as the other's each round took: what the machine did in a round did it to both.
  func ratios(to other: LatencyRow, _ value: KeyPath<ClassLatency, Double>) -> Sample? {
    Sample(
      zip(rounds, other.rounds).compactMap { mine, others in
        others[keyPath: value] > 0 ? mine[keyPath: value] / others[keyPath: value] : nil
      })
  }
}
