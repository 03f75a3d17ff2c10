/// The part of a text around a place, on one line, and the marks under that place, for messages.
package struct MarkedExcerpt {
  /// The text around the place. Control characters are spaces; an ellipsis is where the text is cut.
  package let line: String
  /// Spaces up to the place, then carets, by the columns of a terminal.
  package let marks: String

  /// The maximum number of carets under a place.
  private static let maximumMarkLength = 40
  /// The number of scalars that are shown on each side of the place.
  private static let context = 30

  package init(_ text: String, at place: SourceRange) {
    let scalars = Array(text.unicodeScalars)
    let from = min(scalars.count, max(0, place.start - Self.context))
    let end = max(place.start, min(place.end, place.start + Self.maximumMarkLength))
    let to = max(from, min(scalars.count, end + Self.context))
    let shown = scalars[from..<to].map { $0.properties.generalCategory == .control ? " " : $0 }
    let cut = from > 0 ? "…" : ""
    line = cut + Self.text(shown[...]) + (to < scalars.count ? "…" : "")
    let (first, last) = (min(place.start, to) - from, min(end, to) - from)
    marks =
      String(repeating: " ", count: cut.count + Self.columnCount(shown[..<first]))
      + String(
        repeating: "^", count: min(max(1, Self.columnCount(shown[first..<last])), Self.maximumMarkLength))
  }

  private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }

  private static func columnCount(_ scalars: ArraySlice<Unicode.Scalar>) -> Int {
    text(scalars).reduce(0) { $0 + $1.columnCount }
  }
}

extension Character {
  /// The number of columns that a terminal shows the character in.
  package var columnCount: Int {
    guard let scalar = unicodeScalars.first else { return 0 }
    if isASCII { return 1 }
    switch scalar.value {
    case 0x0300...0x036F, 0xFE00...0xFE0F: return 0
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
      0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default:
      if scalar.properties.generalCategory == .format { return 0 }
      return scalar.properties.isEmojiPresentation ? 2 : 1
    }
  }
}
