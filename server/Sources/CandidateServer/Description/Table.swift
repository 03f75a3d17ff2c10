/// A table of the documentation: on the page `/docs`, and in `docs/server.md`. Text between backticks is code.
struct Table {
  struct Row {
    /// The name that links point to.
    var anchor: String?
    /// The anchor on the page that the first cell links to.
    var target: String?
    let cells: [String]
  }

  let columns: [String]
  let rows: [Row]

  var html: String {
    let head = columns.map { "<th>\($0)</th>" }.joined()
    let lines = rows.map { row in
      var cells = row.cells.map(Self.formatted)
      if let target = row.target { cells[0] = "<a href=\"#\(target)\">\(cells[0])</a>" }
      return "<tr\(row.anchor.map { " id=\"\($0)\"" } ?? "")>"
        + cells.map { "<td>\($0)</td>" }.joined() + "</tr>"
    }
    return "<div class=\"table\"><table>\n<tr>\(head)</tr>\n\(lines.joined(separator: "\n"))\n</table></div>"
  }

  var markdown: String {
    let lines = [columns, columns.map { _ in "---" }] + rows.map(\.cells)
    return lines.map { "| " + $0.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n" }
      .joined()
  }

  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }

  private static func formatted(_ text: String) -> String {
    escaped(text).split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .map { $0.isMultiple(of: 2) ? String($1) : "<code>\($1)</code>" }.joined()
  }
}
