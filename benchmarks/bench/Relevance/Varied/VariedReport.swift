import CandidateSearch

/// The results of the varied queries: what `RESULTS.json` contains.
struct VariedResults: Codable {
  var date: String
  var perClass: Int
  var rows: [VariedRow]
}

extension VariedResults {
  private struct Column: Sendable {
    let title: String
    let value: @Sendable (VariedRow) -> Double?
    let isGood: Bool
  }

  private static let columns = [
    Column(title: "first", value: { $0.present.success1 }, isGood: true),
    Column(title: "in ten", value: { $0.present.success10 }, isGood: true),
    Column(title: "none", value: { $0.present.zeroResults }, isGood: false),
    Column(title: "wrong", value: { $0.absent.queries > 0 ? $0.absent.wrongPeople : nil }, isGood: false),
  ]

  /// The results as Markdown, a table for each size, losses in bold.
  var markdown: String {
    let sizes = Set(rows.map(\.records)).sorted()
    return """
      # People whose record differs from the query

      \(date), made by `make relevance`. For each class, \(perClass) people are added to the made-up corpus, and a
      query is made for each; as many queries by name are for people who are absent. The names and words are in
      the lists of this folder, which state their sources and which no table of the product was made from; where a class
      failed, its rules were improved (Thai syllables, hyphenated Korean names), so that this is no held-out test. All
      numbers are percentages of the queries of a class:

      - first, in ten: a right answer is the first hit, or among the first ten;
      - none: no hit;
      - wrong: a query for an absent person has a hit.

      A number in bold is better than ours. Tantivy matches any of the words with one error a word; its order of
      equal scores differs between runs, by up to 12 points in a class. rapidfuzz
      compares the query with every full name (anyascii makes it Latin; words are sorted; at least 70 % alike),
      and knows neither titles, companies nor places.

      \(sizes.map { table($0) + "\n" + absentTable($0) }.joined(separator: "\n"))
      """
  }

  private func table(_ records: Int) -> String {
    let rows = rows.filter { $0.records == records }
    let engines = rows.map(\.engine).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    var table = MarkdownTable(
      ["class", "queries"] + engines.flatMap { engine in Self.columns.map { "\(engine): \($0.title)" } })
    for name in VariedClass.all.map(\.name) + [LatencyRow.all] {
      let ofClass = engines.map { engine in rows.first { $0.engine == engine && $0.class == name } }
      guard let ours = ofClass.first ?? nil else { continue }
      let cells = ofClass.flatMap { row in Self.columns.map { Self.cell($0, row, ours: ours) } }
      table.add([name, "\(ours.present.queries)"] + cells)
    }
    return "## \(Numbers.grouped(records)) candidates and the added people\n\n\(table.text)"
  }

  /// In which tier the first wrong person was found, with a column for each tier that found any.
  private func absentTable(_ records: Int) -> String {
    let rows = rows.filter { $0.records == records && $0.absent.tiers != nil }
    let tiers = Tier.allCases.map(\.rawValue).filter { tier in rows.contains { $0.absent.tiers?[tier] != nil }
    }
    var table = MarkdownTable(["class"] + tiers)
    for row in rows { table.add([row.class] + tiers.map { Self.share(row.absent.tiers?[$0]) }) }
    return """
      ### Queries for absent people, by the tier of the first hit

      Hits of relaxed tiers are marked as similar, and pipes and the API contain none of them.

      \(table.text)
      """
  }

  private static func share(_ value: Double?) -> String { value.map { Numbers.digits($0 * 100) } ?? "" }

  private static func cell(_ column: Column, _ row: VariedRow?, ours: VariedRow) -> String {
    guard let row, let value = column.value(row) else { return "" }
    let own = column.value(ours) ?? value
    let text = Numbers.digits(value * 100)
    return (column.isGood ? value > own : value < own) ? "**\(text)**" : text
  }
}
