/// A query that is wrong.
///
/// Only fields, nesting and size can be wrong: free text never is. A filter that is not understood is never dropped,
/// since that would show people who should be hidden.
public struct QueryError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The query; empty for one that was put together in a program.
  public let query: String
  /// Where in the query.
  public let place: SourceRange
  /// What is wrong.
  public let problem: String
  /// What to do.
  public let advice: String

  /// The problem in a line, the query with a caret under the place, and the advice.
  public var description: String {
    if query.isEmpty { return "\(problem)\n\(advice)" }
    let (line, column) = excerpt
    let width = max(1, min(place.end - place.start, Self.longestMark))
    let marks = String(repeating: " ", count: column) + String(repeating: "^", count: width)
    return "\(problem)\n  \(line)\n  \(marks)\n\(advice)"
  }

  private static let longestMark = 40

  /// The query around the place, on one line, and where in it the place begins.
  private var excerpt: (line: String, column: Int) {
    let scalars = Array(query.unicodeScalars)
    let from = max(0, place.start - 30)
    let to = min(scalars.count, max(place.start, min(place.end, place.start + Self.longestMark)) + 30)
    var line = String.UnicodeScalarView()
    for scalar in scalars[from..<to] {
      line.append(scalar.properties.generalCategory == .control ? " " : scalar)
    }
    let cut = from > 0 ? "…" : ""
    return (cut + String(line) + (to < scalars.count ? "…" : ""), place.start - from + cut.count)
  }
}

extension String {
  /// As much of a text as is shown in a message.
  package var cut: String { count > 60 ? prefix(60) + "…" : self }
}

/// Something about a query that was put right without asking, or that may not mean what it seems to.
public struct QueryNotice: Hashable, Sendable, CustomStringConvertible {
  /// The notice, in a line.
  public let description: String

  /// A notice with this text.
  public init(_ description: String) { self.description = description }
}
