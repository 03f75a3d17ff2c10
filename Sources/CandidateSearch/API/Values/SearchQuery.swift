import CandidateQuery

/// A query: the text that a person typed, or a tree that a program built.
///
/// ```swift
/// let typed: SearchQuery = "engineer tag:JUNIOR"
/// let built = SearchQuery(.and([.text("engineer"), .whole(.tag, "JUNIOR")]))
/// ```
public struct SearchQuery: Sendable, Hashable, ExpressibleByStringLiteral {
  enum Source: Sendable, Hashable {
    case text(String)
    case built(Query)
  }

  let source: Source

  /// Creates a query from a text in the query language. An empty text matches all candidates.
  public init(_ text: String) { source = .text(text) }

  /// Creates a query from a tree that a program built.
  public init(_ query: Query) { source = .built(query) }

  /// Creates a query from a literal in the query language.
  public init(stringLiteral text: String) { self.init(text) }

  /// A text that is different for every query.
  var fingerprint: String {
    switch source {
    case .text(let text): "t\(text)"
    case .built(let query): "q\(query)"
    }
  }
}
