import CandidateModel
import CandidateQuery

/// Text as a terminal shows it.
package enum TerminalText {
  /// The text on one line, without anything that a terminal would obey (`String.onOneLine`). Records and the names of
  /// files come from outside.
  package static func safe(_ text: String) -> String { text.onOneLine }

  /// How many columns a text takes.
  package static func width(_ text: String) -> Int {
    text.reduce(0) { $0 + $1.columnCount }
  }

  /// The text in lines of at most `columns` columns, broken at spaces.
  package static func wrap(_ text: String, to columns: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, width(last) + 1 + width(String(word)) <= columns {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }

  /// The text cut to a number of columns, with an ellipsis where something is missing.
  package static func fit(_ text: String, to columns: Int) -> String {
    if width(text) <= columns { return text }
    var fitted = ""
    var used = 0
    for character in text {
      let width = character.columnCount
      if used + width > columns - 1 { break }
      fitted.append(character)
      used += width
    }
    return columns > 0 ? fitted + "…" : ""
  }
}

extension String {
  /// The text padded with spaces to a number of columns.
  package func padding(to columns: Int) -> String {
    self + String(repeating: " ", count: max(0, columns - TerminalText.width(self)))
  }
}
