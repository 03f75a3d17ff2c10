/// A table in Markdown: the first column is text, the others are numbers.
struct MarkdownTable {
  private var lines: [String]

  init(_ columns: [String]) {
    lines = [
      Self.row(columns), "|---|" + String(repeating: "---:|", count: max(0, columns.count - 1)),
    ]
  }

  mutating func add(_ cells: [String]) { lines.append(Self.row(cells)) }

  var text: String { lines.joined(separator: "\n") + "\n" }

  private static func row(_ cells: [String]) -> String {
    // A bar would end the cell.
    "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
  }
}
