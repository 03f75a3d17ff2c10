import CommandSupport

/// A cell of a CSV file that spreadsheets open.
enum CSVCell {
  /// What a spreadsheet takes for the beginning of a formula, also in full width or small, as it may normalise text.
  private static let signs: Set<Unicode.Scalar> = [
    "=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫", "−",
  ]
  private static let phoneCharacters = Set("+-0123456789 ();".unicodeScalars)

  /// The value in quotes and on one line, without control characters. A formula is given an apostrophe, which makes it
  /// text (OWASP, "CSV Injection"); a phone number is none.
  static func text(_ value: String) -> String {
    let value = TerminalText.safe(value)
    let text = isFormula(value) ? "'" + value : value
    return "\"" + text.replacing(scalar: "\"", with: "\"\"") + "\""
  }

  /// Looks at scalars: a joiner or an accent after a sign makes another character of it for Swift alone.
  private static func isFormula(_ value: String) -> Bool {
    guard let first = value.unicodeScalars.first(where: { !isInvisible($0) }), signs.contains(first) else {
      return false
    }
    return !value.unicodeScalars.allSatisfy(phoneCharacters.contains)
  }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .spaceSeparator, .format, .control, .nonspacingMark, .enclosingMark: true
    default: scalar.properties.isDefaultIgnorableCodePoint
    }
  }
}
