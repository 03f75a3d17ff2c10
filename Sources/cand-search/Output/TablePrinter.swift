import CandidateSearch
import CommandSupport

/// Prints a table that fits the terminal: name, title, company, location, tags, and marks for candidates that are
/// similar, private or may not be e-mailed. Similar ones have the reason in a column of their own.
struct TablePrinter: HitPrinter {
  let columns: Int
  let usesColor: Bool

  private static let fields: [Field.ID] = [.title, .company, .location, .tag]
  private static let headers = ["", "NAME", "TITLE", "COMPANY", "LOCATION", "TAGS"]
  private static let gap = 2
  /// The minimum width of a column, if the terminal is wide enough.
  private static let minimumWidth = 4
  /// The same for the reason, without which a similar candidate looks like an error.
  private static let minimumReasonWidth = 32

  func print(_ results: SearchResults, to output: inout StandardOutput) throws {
    let hits = results.hits
    guard !hits.isEmpty else { return }
    let showsReasons = hits.contains { $0.reason != nil }
    let rows = hits.map { row($0) + (showsReasons ? [TableCell($0.reason ?? "")] : []) }
    let headers = (Self.headers + (showsReasons ? ["WHY"] : [])).map { TableCell($0) }
    let widths = widths([headers] + rows)
    try output.write(style(line(headers, widths), "1") + "\n")
    for (hit, row) in zip(hits, rows) {
      let text = line(row, widths)
      try output.write((hit.candidate.isPrivate == true ? style(text, "2") : text) + "\n")
    }
    if let legend = legend(hits) {
      try output.write(style(TerminalText.fit(legend, to: columns), "2") + "\n")
    }
  }

  /// The marks: `~` for similar, `P` for private, `-` for may not be e-mailed, `?` if that is unknown.
  private func row(_ hit: Hit) -> [TableCell] {
    let candidate = hit.candidate
    let marks =
      (hit.tier.isRelaxed ? "~" : "")
      + (candidate.isPrivate == true ? "P" : " ")
      + (candidate.canEmail.map { $0 ? " " : "-" } ?? "?")
    let cells = Self.fields.map { field in
      TableCell(candidate.values(of: field), of: field, hit.highlights, separator: ", ")
    }
    return [TableCell(marks), name(hit)] + cells
  }

  /// The full name, composed as `Candidate.fullName` is.
  private func name(_ hit: Hit) -> TableCell {
    let candidate = hit.candidate
    let parts: [(Field.ID, String)] = [
      (.firstName, candidate.firstName ?? ""), (.lastName, candidate.lastName ?? ""),
    ]
    let isFamilyNameFirst =
      candidate.fullName.hasPrefix(parts[1].1) && !candidate.fullName.hasPrefix(parts[0].1)
    var cell = TableCell()
    for (field, part) in isFamilyNameFirst ? parts.reversed() : parts where !part.isEmpty {
      if !cell.text.isEmpty { cell.append(" ") }
      cell.append(part, marking: hit.highlights.first { $0.field == field }?.ranges ?? [])
    }
    return cell
  }

  private func legend(_ hits: [Hit]) -> String? {
    var parts: [String] = []
    if hits.contains(where: \.tier.isRelaxed) { parts.append("~ similar") }
    if hits.contains(where: { $0.candidate.isPrivate == true }) { parts.append("P private") }
    if hits.contains(where: { $0.candidate.canEmail == false }) { parts.append("- may not be e-mailed") }
    if hits.contains(where: { $0.candidate.canEmail == nil }) { parts.append("? e-mail permission unknown") }
    return parts.isEmpty ? nil : parts.joined(separator: "   ")
  }

  /// The width of each column: that of its widest cell. If the table is too wide, the widest columns are narrowed
  /// first.
  private func widths(_ rows: [[TableCell]]) -> [Int] {
    var widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].width }.max() ?? 0 }
    let room = columns - Self.gap * (widths.count - 1)
    let reason = widths.count > Self.headers.count ? widths.count - 1 : nil
    /// How much a column can be narrowed.
    func excess(_ column: Int) -> Int {
      widths[column] - (column == reason ? Self.minimumReasonWidth : Self.minimumWidth)
    }
    while widths.reduce(0, +) > room, let widest = widths.indices.max(by: { excess($0) < excess($1) }),
      excess(widest) > 0
    {
      widths[widest] -= 1
    }
    return widths
  }

  private func line(_ cells: [TableCell], _ widths: [Int]) -> String {
    // On a terminal that is narrower than the minimum widths, the line is cut, with its marks.
    let fits = widths.reduce(0, +) + Self.gap * (widths.count - 1) <= columns
    let text = zip(cells, widths)
      .map { cell, width in cell.fitted(to: width, usesColor: usesColor && fits) }
      .joined(separator: String(repeating: " ", count: Self.gap))
    let trimmed = String(text.reversed().drop { $0 == " " }.reversed())
    return fits ? trimmed : TerminalText.fit(trimmed, to: columns)
  }

  private func style(_ text: String, _ code: String) -> String {
    usesColor ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
