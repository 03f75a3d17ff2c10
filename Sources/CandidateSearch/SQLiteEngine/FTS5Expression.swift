/// The rendering of queries for FTS5.
extension IndexQuery {
  /// The query as an FTS5 expression. Every token is quoted, so that no text can be FTS5 syntax.
  ///
  /// FTS5 has no expression for `nothing`, which callers evaluate without it, nor for a condition on stored values, which
  /// `SearchStatement` evaluates beside it.
  var fts5Expression: String {
    switch self {
    case .everything, .nothing, .record: IndexQuery.term(.all).fts5Expression
    case .phrase(let tokens, let isPrefix, let columns): Self.filter(columns) + Self.quoted(tokens, isPrefix)
    case .together(let phrases, let isPrefix, let columns):
      Self.filter(columns) + "NEAR(" + Self.quoted(phrases, isPrefix) + ", \(Self.anyDistance))"
    case .and(let parts): conjunction(parts)
    case .or(let parts): "(" + Self.deepestFirst(parts).map(\.fts5Expression).joined(separator: " OR ") + ")"
    case .not(let part): "(\(IndexQuery.everything.fts5Expression) NOT \(part.fts5Expression))"
    }
  }

  /// FTS5's NOT takes away from something: from the rest of the conjunction, or from everything.
  private func conjunction(_ parts: [IndexQuery]) -> String {
    var wanted: [IndexQuery] = []
    var unwanted: [IndexQuery] = []
    for part in parts {
      switch part {
      case .not(let inner): unwanted.append(inner)
      // Not this unless that: to take those away is faster than to go through all who are not this.
      case .or(let parts) where parts.contains(where: \.isNot):
        unwanted.append(.all(parts.map { .none(of: $0) }))
      default: wanted.append(part)
      }
    }
    if wanted.isEmpty { wanted = [.everything] }
    let positive = Self.deepestFirst(wanted).map(\.fts5Expression).joined(separator: " AND ")
    if unwanted.isEmpty { return "(\(positive))" }
    return "((\(positive)) NOT \(IndexQuery.any(unwanted).fts5Expression))"
  }

  private var isNot: Bool { if case .not = self { true } else { false } }

  /// What FTS5's parser reads first need not wait on its stack.
  private static func deepestFirst(_ parts: [IndexQuery]) -> [IndexQuery] {
    let depths = parts.map(\.depth)
    return parts.indices.sorted { depths[$0] != depths[$1] ? depths[$0] > depths[$1] : $0 < $1 }.map {
      parts[$0]
    }
  }

  private var depth: Int {
    switch self {
    case .everything, .nothing, .phrase, .together, .record: 0
    case .and(let parts), .or(let parts): 1 + (parts.map(\.depth).max() ?? 0)
    case .not(let part): 1 + part.depth
    }
  }

  /// More tokens than a column contains. FTS5 separates columns by a far greater distance.
  private static let anyDistance = 1_000_000

  private static func filter(_ columns: [TextColumn]) -> String {
    if columns.isEmpty { return "" }
    let names = columns.map(\.rawValue).joined(separator: " ")
    return columns.count == 1 ? "\(names) : " : "{\(names)} : "
  }

  private static func quoted(_ phrases: [[String]], _ isPrefix: Bool) -> String {
    phrases.enumerated().map { i, tokens in quoted(tokens, isPrefix && i == phrases.count - 1) }
      .joined(separator: " ")
  }

  private static func quoted(_ tokens: [String], _ isPrefix: Bool) -> String {
    let text = tokens.count == 1 ? tokens[0] : tokens.joined(separator: " ")
    let isPlain = !text.utf8.contains(UInt8(ascii: "\""))
    return "\"" + (isPlain ? text : text.replacing("\"", with: "\"\"")) + (isPrefix ? "\" *" : "\"")
  }
}
