import CandidateSearch
import CommandSupport

/// The text of a cell, with the matches of a query marked.
struct TableCell {
  private var characters: [(character: Character, isMarked: Bool)] = []

  init(_ text: String = "") { append(text) }

  /// Creates a cell with the values of a field, joined.
  init(_ values: [String], of field: Field.ID, _ highlights: [Highlight], separator: String) {
    for (i, value) in values.enumerated() {
      if i > 0 { append(separator) }
      append(value, marking: highlights.first { $0.field == field && $0.value == i }?.ranges ?? [])
    }
  }

  /// Appends a value with ranges of its bytes marked.
  mutating func append(_ value: String, marking ranges: [Range<Int>] = []) {
    let bytes = Array(value.utf8)
    var end = 0
    for range in ranges where range.lowerBound >= end && range.upperBound <= bytes.count {
      append(bytes[end..<range.lowerBound], isMarked: false)
      append(bytes[range], isMarked: true)
      end = range.upperBound
    }
    append(bytes[end...], isMarked: false)
  }

  private mutating func append(_ bytes: ArraySlice<UInt8>, isMarked: Bool) {
    for character in TerminalText.safe(String(decoding: bytes, as: UTF8.self)) {
      characters.append((character, isMarked))
    }
  }

  var text: String { String(characters.map(\.character)) }
  var width: Int { characters.reduce(0) { $0 + $1.character.columnCount } }

  /// The cell in `width` columns: cut, or padded with spaces. Marks are underlined if the terminal supports it.
  func fitted(to columns: Int, usesColor: Bool) -> String {
    let fitted = Array(TerminalText.fit(text, to: columns))
    let padding = String(repeating: " ", count: max(0, columns - TerminalText.width(String(fitted))))
    guard usesColor else { return String(fitted) + padding }
    var styled = ""
    var isMarked = false
    for (i, character) in fitted.enumerated() {
      let mark = i < characters.count && characters[i].isMarked && characters[i].character == character
      if mark != isMarked { styled += mark ? "\u{1B}[4m" : "\u{1B}[24m" }
      isMarked = mark
      styled.append(character)
    }
    return styled + (isMarked ? "\u{1B}[24m" : "") + padding
  }
}
