import CandidateSearch

/// A table that fits the terminal: name, title, company, location, tags, and marks for those who are private or may
/// not be e-mailed.
struct TablePrinter: HitPrinter {
  let columns: Int
  let usesColor: Bool

  private static let headers = ["", "NAME", "TITLE", "COMPANY", "LOCATION", "TAGS"]
  private static let gap = 2
  /// A column is never narrower, as long as there is any room at all.
  private static let minimumWidth = 4

  func print(_ hits: [Hit], to output: inout StandardOutput) throws {
    guard !hits.isEmpty else { return }
    let rows = hits.map { row($0.candidate) }
    let widths = widths(rows)
    try output.write(style(line(Self.headers, widths), "1") + "\n")
    for (hit, row) in zip(hits, rows) {
      let text = line(row, widths)
      try output.write((hit.candidate.isPrivate == true ? style(text, "2") : text) + "\n")
    }
    if let legend = legend(hits) {
      try output.write(style(TerminalText.fit(legend, to: columns), "2") + "\n")
    }
  }

  /// `P`: private. `-`: may not be e-mailed. `?`: nobody knows whether.
  private func row(_ candidate: Candidate) -> [String] {
    let marks =
      (candidate.isPrivate == true ? "P" : " ")
      + (candidate.canEmail.map { $0 ? " " : "-" } ?? "?")
    let cells = [
      candidate.fullName, candidate.title ?? "", candidate.company ?? "",
      candidate.locations.joined(separator: ", "), candidate.tags.joined(separator: ", "),
    ]
    return [marks] + cells.map { TerminalText.safe($0) }
  }

  private func legend(_ hits: [Hit]) -> String? {
    var parts: [String] = []
    if hits.contains(where: { $0.candidate.isPrivate == true }) { parts.append("P private") }
    if hits.contains(where: { $0.candidate.canEmail == false }) { parts.append("- may not be e-mailed") }
    if hits.contains(where: { $0.candidate.canEmail == nil }) { parts.append("? not known whether") }
    return parts.isEmpty ? nil : parts.joined(separator: "   ")
  }

  /// Each column's widest cell; where that is too much, the widest columns give way first.
  private func widths(_ rows: [[String]]) -> [Int] {
    var widths = Self.headers.indices.map { column in
      ([Self.headers] + rows).map { TerminalText.width($0[column]) }.max() ?? 0
    }
    let room = columns - Self.gap * (widths.count - 1)
    while widths.reduce(0, +) > room, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }),
      widths[widest] > Self.minimumWidth
    {
      widths[widest] -= 1
    }
    return widths
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    let text = zip(cells, widths)
      .map { cell, width in TerminalText.fit(cell, to: width).padding(to: width) }
      .joined(separator: String(repeating: " ", count: Self.gap))
    return TerminalText.fit(String(text.reversed().drop { $0 == " " }.reversed()), to: columns)
  }

  private func style(_ text: String, _ code: String) -> String {
    usesColor ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
