extension MarkdownReport {
  private static let measures: [(title: String, value: any KeyPath<RelevanceScore, Double> & Sendable)] = [
    ("Success@1", \.success1), ("Success@10", \.success10), ("MRR@10", \.mrr10),
    ("Zero-result rate", \.zeroResults),
  ]

  /// What people find who type what they remember.
  var relevance: String {
    guard !results.relevance.isEmpty else { return "" }
    let names = results.relevance.map(\.engine).reduce(into: [String]()) { names, name in
      if !names.contains(name) { names.append(name) }
    }
    let tables = Self.measures.map { title, value in
      var table = MarkdownTable(["class", "queries"] + names)
      for kind in RelevanceClass.allCases.map(\.rawValue) + [LatencyRow.all] {
        let rows = names.map { name in results.relevance.first { $0.engine == name && $0.class == kind } }
        guard let count = rows.compactMap({ $0?.score.queries }).first else { continue }
        table.add(
          [kind, "\(count)"]
            + cells(rows.map { $0?.score[keyPath: value] }, isGood: title != "Zero-result rate"))
      }
      return "### \(title)\n\n" + table.text
    }
    return """
      ## Who is found

      Made-up searches for candidates whom somebody has in mind, over \(Numbers.grouped(results.records)). A hit is
      right if it meets the rule of its query (these words in these fields), whoever it is: a class such as "title
      and city" has many right answers. In percent; in bold, what is better than ours.

      \(tables.joined(separator: "\n"))
      """
  }

  private func cells(_ values: [Double?], isGood: Bool) -> [String] {
    values.map { value in
      guard let value else { return "" }
      let ours = (values.first ?? nil) ?? value
      let isBetter = isGood ? value > ours : value < ours
      let text = Numbers.digits(value * 100)
      return isBetter ? "**\(text)**" : text
    }
  }

  /// Whether the engines were asked the same.
  var counts: String {
    let different = results.counts.filter { !$0.differences.isEmpty }
    var table = MarkdownTable(["query", "ours", "engine", "finds", "why"])
    for row in different {
      for (engine, reason) in row.differences.sorted(by: { $0.key < $1.key }) {
        table.add([
          "`\(row.query)`", row.counts[Engine.oursKey].map(Numbers.grouped) ?? "", engine,
          row.counts[engine].map(Numbers.grouped) ?? "nothing: refused",
          (reason ?? nil) ?? "**not explained**",
        ])
      }
    }
    let same = results.counts.count - different.count
    return """
      ## Asked the same

      \(same) of \(results.counts.count) queries find the same number of candidates in every engine\
      \(different.isEmpty ? "." : "; the others:\n\n\(table.text)")

      """
  }

  var settings: String {
    """
    ## Settings

    The forms of every query stand in `queries/mix.json`, the engines' settings in `peers/`:

    - Tantivy: a text field for each field with its default tokenizer, boosts of 3 on names and 2 on titles, tags and
      flags and times as indexed fields, 256 MB for the writer; by score. Typed queries ask for any of the words, as
      its query parser does by itself; "fuzzy" allows one typing error a word.
    - FTS5: an external-content table with `unicode61 remove_diacritics 2`, optimized; `ORDER BY rank`; WAL. Typed
      queries ask for all words.
    - sqlite-utils: `insert_all`, `enable_fts(create_triggers=True)` with the same tokenizer, `optimize`, `search`.
    - Xapian: `TermGenerator` with a prefix for each field and spelling data, no stemming (the words are names),
      `QueryParser`; by its own weights, names and titles counting for 3 and 2.
    - PostgreSQL: `tsvector` columns of the `simple` configuration with GIN indexes, the most recent first with an
      index on that; `shared_buffers` 1 GB, a client on the loopback, prepared statements. Its memory is its server's.

    The peers are called from Python through their own bindings and decode records with orjson.
    """
  }
}
