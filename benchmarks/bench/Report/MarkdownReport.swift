/// `RESULTS.md`: what was measured, on what, and how, in tables.
struct MarkdownReport {
  let results: Results

  var text: String {
    ([head] + latencies + [
      losses, growth, loads, size, updates, oneShot, concurrency, relevance, counts, settings,
    ])
    .filter { !$0.isEmpty }.joined(separator: "\n")
  }

  var engines: [EngineRow] { results.engines }
  var peers: [EngineRow] { engines.filter { $0.key != Engine.oursKey } }

  private var head: String {
    let machine = results.machine
    let versions = engines.map { "- \($0.name): \($0.version)\n" }.joined()
    return """
      # Results

      Written by `make bench SIZE=\(results.records)` on \(results.date); `RESULTS.json` holds every number.
      \(machine.processor), \(machine.cores) cores, \(Numbers.bytes(machine.memoryBytes)) of memory, \
      \(machine.system).

      \(versions)
      A time is from the text of a query to the ten best candidates, with all read that a table shows of each (id, names,
      title, company, locations, tags, flags), in the engine's own process (for PostgreSQL, its client's), warm. \(results.rounds) rounds, in each of which the engines take
      turns; a query is asked up to \(results.calls) times a round, for up to \(Numbers.digits(results.seconds)) s.
      Numbers are medians over the rounds; ratios are taken within a round. A ratio says how many times as long as
      ours an engine takes: in bold, where it is faster than we are. `±` is half the way from the smallest to the
      largest of the rounds.

      """
  }
}
