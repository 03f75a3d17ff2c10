extension MarkdownReport {
  private func name(_ key: String) -> String {
    let names = engines.map { ($0.key, $0.name) } + [Engine.withOurTerms]
    return names.first { $0.0 == key }?.1 ?? key
  }

  /// What bringing records in costs.
  var loads: String {
    var table = MarkdownTable([
      "engine", "candidates", "seconds", "records/s", "ratio", "peak memory", "on disk",
    ])
    for row in results.loads {
      guard let ours = results.loads.first(where: { $0.engine == Engine.oursKey && $0.size == row.size })
      else {
        continue
      }
      let spread = row.loads > 1 ? " ±\(Numbers.percent(row.spread / 2))" : ""
      table.add([
        name(row.engine), Numbers.grouped(row.size), Numbers.digits(row.seconds) + spread,
        Numbers.grouped(Int(row.rate)), Numbers.ratio(row.seconds / ours.seconds),
        row.peakBytes.map(Numbers.bytes) ?? "unknown", Numbers.bytes(row.diskBytes),
      ])
    }
    return """
      ## Bringing records in

      From a file of NDJSON into a new index. Our index holds more than the peers': keys of every phone number, web
      address, id and whole value, and of how names sound. One row gives them to Tantivy too, ready made.

      \(table.text)
      """
  }

  /// The bytes of our file by part.
  var size: String {
    guard !results.sizes.isEmpty else { return "" }
    var table = MarkdownTable(["part", "bytes a candidate", "with `index --compress`"])
    for row in results.sizes.sorted(by: { $0.stored > $1.stored }) {
      table.add([row.part, Numbers.digits(row.stored), Numbers.digits(row.compressed)])
    }
    table.add([
      "all", Numbers.digits(results.sizes.map(\.stored).reduce(0, +)),
      Numbers.digits(results.sizes.map(\.compressed).reduce(0, +)),
    ])
    return """
      ### The size of our file

      Over \(Numbers.grouped(results.records)) candidates. Free pages are left by merging segments; later loads use them.

      \(table.text)
      """
  }

  /// What keeping an index up to date costs.
  var updates: String {
    var resyncs = MarkdownTable(["engine", "candidates", "seconds", "records/s"])
    for row in results.resyncs {
      resyncs.add([
        name(row.engine), Numbers.grouped(row.size), Numbers.digits(row.seconds),
        Numbers.grouped(Int(row.rate)),
      ])
    }
    var upserts = MarkdownTable(["engine", "median", "p99"])
    for row in results.upserts {
      upserts.add([name(row.engine), Numbers.time(row.result.median), Numbers.time(row.result.p99)])
    }
    return """
      ### Resync

      Every record again: all with another `modified_at`, one in 500 with another title. The peers, which cannot
      tell what has changed, replace them all.

      \(resyncs.text)
      ### A single upsert

      One record with another title, a transaction for each; over \(Numbers.grouped(results.records)) candidates. Those
      on SQLite, and we, use its write-ahead log with `synchronous = NORMAL`: a power cut may take the last of them. The
      others wait for the disk each time.

      \(upserts.text)
      """
  }

  var oneShot: String {
    guard !results.oneShot.isEmpty else { return "" }
    var table = MarkdownTable(["command", "median", "from the fastest tenth to the slowest"])
    for row in results.oneShot {
      table.add([row.name, Numbers.time(row.median * 1000), Numbers.time(row.spread * 1000)])
    }
    return """
      ## From the shell

      `engineer`, the ten best records as JSON, program start included.

      \(table.text)
      """
  }

  var concurrency: String {
    var readers = MarkdownTable(["threads", "queries/s"])
    for row in results.readers {
      readers.add(["\(row.threads)", "\(Numbers.digits(row.rate)) ±\(Numbers.percent(row.spread / 2))"])
    }
    var loaded = MarkdownTable(["engine", "quiet", "while loading", "ratio"])
    for row in results.loaded {
      loaded.add([
        name(row.engine), Numbers.time(row.quiet), Numbers.time(row.loaded),
        "\(Numbers.digits(row.loaded / row.quiet))×",
      ])
    }
    return """
      ## At the same time

      The whole mix by several threads of one process of ours (the peers' Python threads would wait for each other):

      \(readers.text)
      One query of each class, its geometric mean, while another process brings in new candidates:

      \(loaded.text)
      """
  }
}
