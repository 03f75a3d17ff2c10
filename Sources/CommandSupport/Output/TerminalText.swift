import CandidateModel

/// Text as a terminal shows it.
package enum TerminalText {
  /// The text on one line, without anything that a terminal would obey (`String.onOneLine`). Records and the names of
  /// files come from outside.
  package static func safe(_ text: String) -> String { text.onOneLine }

  /// How many columns a text takes.
  package static func width(_ text: String) -> Int {
    text.reduce(0) { $0 + width($1) }
  }

  package static func width(_ character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    if character.isASCII { return 1 }
    switch scalar.value {
    case 0x0300...0x036F, 0x200B...0x200D, 0xFE00...0xFE0F: return 0
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
      0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default: return scalar.properties.isEmojiPresentation ? 2 : 1
    }
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
      let width = width(character)
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
