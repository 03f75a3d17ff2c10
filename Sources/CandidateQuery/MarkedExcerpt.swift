/// The part of a text around a place, on one line, and the marks under that place, for messages.
package struct MarkedExcerpt {
  /// The text around the place. Control characters are spaces; an ellipsis is where the text is cut.
  package let line: String
  /// Spaces up to the place, then carets.
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
    var line = String.UnicodeScalarView()
    for scalar in scalars[from..<to] {
      line.append(scalar.properties.generalCategory == .control ? " " : scalar)
    }
    let cut = from > 0 ? "…" : ""
    self.line = cut + String(line) + (to < scalars.count ? "…" : "")
    let width = max(1, min(place.end - place.start, Self.maximumMarkLength))
    marks =
      String(repeating: " ", count: place.start - from + cut.count) + String(repeating: "^", count: width)
  }
}
