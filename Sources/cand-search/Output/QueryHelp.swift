import CandidateSearch
import CommandSupport

/// The summary of the query language that `cand-search help query` prints.
enum QueryHelp {
  static func text(columns: Int) -> String {
    let remarks = TerminalText.wrap(QuerySyntax.remarks, to: max(30, columns - 2)).map { "  " + $0 }
    return """
      QUERIES
      \(rows(QuerySyntax.operators.map { ($0.example, $0.meaning) }, columns: columns))

      \(remarks.joined(separator: "\n"))

      FIELDS
      \(rows(Field.all.map { ($0.usage + ":", description(of: $0)) }, columns: columns))

      TIMES (days in UTC)
      \(rows(QuerySyntax.times.map { ($0.example, $0.meaning) }, columns: columns))

      """
  }

  private static func description(of field: Field) -> String {
    "\(field.summary) (\(field.examples.joined(separator: ", ")))"
  }

  private static func rows(_ rows: [(name: String, text: String)], columns: Int) -> String {
    let width = (rows.map(\.name.count).max() ?? 0) + 2
    return rows.map { name, text in
      let lines = TerminalText.wrap(text, to: max(30, columns - width - 2))
      return "  " + name.padding(to: width)
        + lines.joined(separator: "\n" + String(repeating: " ", count: width + 2))
    }.joined(separator: "\n")
  }
}
