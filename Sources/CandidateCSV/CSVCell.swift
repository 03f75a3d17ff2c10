import CandidateModel

/// A cell of a CSV file, safe for spreadsheets.
enum CSVCell {
  /// The signs at which a spreadsheet begins a formula; also their full-width and small forms, since it may normalise
  /// text.
  private static let signs: Set<Unicode.Scalar> = [
    "=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫", "−",
  ]
  private static let phoneCharacters = Set("+-0123456789 ();".unicodeScalars)

  /// The value in quotes and on one line, without control characters. A formula gets an apostrophe before it, which
  /// makes it text (OWASP, "CSV Injection"). A phone number is no formula.
  static func text(_ value: String) -> String {
    let value = value.onOneLine
    let text = isFormula(value) ? "'" + value : value
    return "\"" + text.replacing(scalar: "\"", with: "\"\"") + "\""
  }

  /// Compares scalars: Swift, unlike a spreadsheet, combines a sign with a joiner or an accent after it.
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
