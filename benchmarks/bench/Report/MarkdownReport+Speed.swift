extension MarkdownReport {
  private static let statistics:
    [(title: String, value: any KeyPath<ClassLatency, Double> & Sendable, hasSpread: Bool)] = [
      ("Geometric mean of the queries' medians", \.geometricMean, true), ("p50", \.p50, false),
      ("p95", \.p95, false), ("p99", \.p99, false),
    ]

  private func row(_ engine: String, _ size: Int, _ name: String) -> LatencyRow? {
    results.classes.first { $0.engine == engine && $0.size == size && $0.class == name }
  }

  private var classes: [String] {
    results.classes.filter { $0.engine == Engine.oursKey && $0.size == results.records }.map(\.class)
  }

  /// A table for each statistic, a row for each class.
  var latencies: [String] {
    ["## Queries over \(Numbers.grouped(results.records)) candidates\n"]
      + Self.statistics.map { title, value, hasSpread in
        var table = MarkdownTable(["class", "ours"] + peers.map(\.name))
        for name in classes {
          guard let ours = row(Engine.oursKey, results.records, name) else { continue }
          table.add(
            [name, Numbers.time(ours.median(value))]
              + peers.map { peer in
                guard let ratios = row(peer.key, results.records, name)?.ratios(to: ours, value) else {
                  return ""
                }
                let spread = hasSpread ? " ±\(Numbers.percent(ratios.spread / 2))" : ""
                return Numbers.ratio(ratios.median) + spread
              })
        }
        return "### \(title)\n\n" + table.text
      }
  }

  /// The queries that a peer answers faster than we do, each with the fastest.
  var losses: String {
    var table = MarkdownTable(["query", "ours", "the fastest", "its time", "ratio", "faster peers"])
    var count = 0
    for ours in results.queries where ours.engine == Engine.oursKey {
      guard let median = ours.median else { continue }
      let faster = results.queries.filter { $0.query == ours.query && ($0.median ?? .infinity) < median }
      guard let best = faster.min(by: { ($0.median ?? 0) < ($1.median ?? 0) }), let theirs = best.median
      else {
        continue
      }
      let name = engines.first { $0.key == best.engine }?.name ?? best.engine
      table.add([
        "`\(ours.query)`", Numbers.time(median), name, Numbers.time(theirs), Numbers.ratio(theirs / median),
        "\(faster.count)",
      ])
      count += 1
    }
    let refused = results.queries.filter { $0.error != nil }
      .map { "- \($0.engine) refused `\($0.form)`: \($0.error ?? "")\n" }.joined()
    let found = count > 0 ? table.text : "No query of the mix.\n"
    return "### Where a peer is faster\n\n" + found + (refused.isEmpty ? "" : "\n" + refused)
  }

  /// How a class's time grows with the number of records.
  var growth: String {
    guard let small = results.candidateCounts.first, small < results.records,
      !peers.isEmpty || !classes.isEmpty
    else {
      return ""
    }
    var table = MarkdownTable(["class"] + engines.map(\.name))
    for name in classes {
      table.add(
        [name]
          + engines.map { engine in
            guard let many = row(engine.key, results.records, name), let few = row(engine.key, small, name)
            else {
              return ""
            }
            return "\(Numbers.digits(many.median(\.geometricMean) / few.median(\.geometricMean)))×"
          })
    }
    return """
      ## Growth

      How many times as long a query takes over \(Numbers.grouped(results.records)) candidates as over \
      \(Numbers.grouped(small)): the geometric means.

      \(table.text)
      ![Time of a query by the number of candidates](growth.svg)

      """
  }
}
