/// An error in a query.
///
/// Only fields, nesting and size can be wrong: free text is always valid. An invalid filter is never dropped, since
/// that would show candidates that it should hide.
public struct QueryError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The query; empty for one that a program built.
  public let query: String
  /// The place of the error in the query.
  public let place: SourceRange
  /// The problem, in a sentence.
  public let problem: String
  /// What to do about it.
  public let advice: String

  package init(query: String, place: SourceRange, problem: String, advice: String) {
    self.query = query
    self.place = place
    self.problem = problem
    self.advice = advice
  }

  /// The problem in a line, the query with a caret under the place, and the advice.
  public var description: String {
    if query.isEmpty { return "\(problem)\n\(advice)" }
    let excerpt = MarkedExcerpt(query, at: place)
    return "\(problem)\n  \(excerpt.line)\n  \(excerpt.marks)\n\(advice)"
  }
}

extension String {
  /// The text, cut to the length that a message shows.
  package var cut: String { count > 60 ? prefix(60) + "…" : self }
}

/// A note on a query: a correction that the parser made, or a word that may have been meant as an operator.
public struct QueryNotice: Hashable, Sendable, CustomStringConvertible {
  /// The notice, in a line.
  public let description: String

  /// A notice with this text.
  public init(_ description: String) { self.description = description }
}
