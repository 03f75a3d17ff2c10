import CommandSupport

/// A table as plain text: columns of the width that they need, two spaces between.
enum TextTable {
  /// The text of rows of equal length, each on a line; empty without rows. Control characters are shown as escapes.
  static func text(_ rows: [[String]]) -> String {
    let rows = rows.map { $0.map(TerminalText.safe) }
    guard let first = rows.first else { return "" }
    let widths = first.indices.map { column in rows.map { TerminalText.width($0[column]) }.max() ?? 0 }
    return rows.map { row in
      let cells = zip(row, widths).map { cell, width in cell.padding(to: width) }
      return String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed()) + "\n"
    }.joined()
  }
}
