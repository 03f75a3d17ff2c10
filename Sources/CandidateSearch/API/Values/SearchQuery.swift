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

  /// The query that a text says, in the query language. An empty text means all candidates.
  public init(_ text: String) { source = .text(text) }

  /// A query that was built in a program.
  public init(_ query: Query) { source = .built(query) }

  /// The query that a literal says.
  public init(stringLiteral text: String) { self.init(text) }

  /// Tells queries apart.
  var fingerprint: String {
    switch source {
    case .text(let text): "t\(text)"
    case .built(let query): "q\(query)"
    }
  }
}
