import CandidateModel

/// The rendering of queries for FTS5.
extension IndexQuery {
  /// The query as an FTS5 expression. Every token is quoted, so that no text can be FTS5 syntax.
  ///
  /// FTS5 has no expression for `nothing`, which callers evaluate without FTS5, nor for a condition on stored values,
  /// which `SearchStatement` adds in SQL.
  var fts5Expression: String {
    switch self {
    case .everything, .nothing, .record: IndexQuery.term(.all).fts5Expression
    case .phrase(let tokens, let isPrefix, let columns): Self.filter(columns) + Self.quoted(tokens, isPrefix)
    case .together(let phrases, let isPrefix, []):
      "NEAR(" + Self.quoted(phrases, isPrefix).joined(separator: " ") + ", \(Self.columnDistance))"
    case .together(let phrases, let isPrefix, let columns): Self.together(phrases, isPrefix, columns)
    case .and(let parts): conjunction(parts)
    case .or(let parts): "(" + Self.deepestFirst(parts).map(\.fts5Expression).joined(separator: " OR ") + ")"
    case .not(let part): "(\(IndexQuery.everything.fts5Expression) NOT \(part.fts5Expression))"
    }
  }

  /// FTS5's NOT is binary: the negated parts are subtracted from the other parts, or from everything.
  private func conjunction(_ parts: [IndexQuery]) -> String {
    var included: [IndexQuery] = []
    var excluded: [IndexQuery] = []
    for part in parts {
      switch part {
      case .not(let inner): excluded.append(inner)
      // `NOT a OR b` becomes the exclusion of `a AND NOT b`, which matches fewer candidates than `NOT a`.
      case .or(let parts) where parts.contains(where: \.isNot):
        excluded.append(.all(parts.map { .none(of: $0) }))
      default: included.append(part)
      }
    }
    if included.isEmpty { included = [.everything] }
    let positive = Self.deepestFirst(included).map(\.fts5Expression).joined(separator: " AND ")
    if excluded.isEmpty { return "(\(positive))" }
    return "((\(positive)) NOT \(IndexQuery.any(excluded).fts5Expression))"
  }

  private var isNot: Bool { if case .not = self { true } else { false } }

  /// The parts, the deepest first: FTS5's parser then needs the least depth of its stack.
  private static func deepestFirst(_ parts: [IndexQuery]) -> [IndexQuery] {
    let depths = parts.map(\.depth)
    return parts.indices.sorted { depths[$0] != depths[$1] ? depths[$0] > depths[$1] : $0 < $1 }.map {
      parts[$0]
    }
  }

  private var depth: Int {
    switch self {
    case .everything, .nothing, .phrase, .record: 0
    case .together(_, _, let columns): columns.count < 2 ? 1 : 2
    case .and(let parts), .or(let parts): 1 + (parts.map(\.depth).max() ?? 0)
    case .not(let part): 1 + part.depth
    }
  }

  /// All of these phrases in one of these columns: a conjunction for each column. NEAR finds the same, but reads the
  /// positions of every candidate, which takes ten times as long.
  private static func together(_ phrases: [[String]], _ isPrefix: Bool, _ columns: [TextColumn]) -> String {
    let all = "(" + quoted(phrases, isPrefix).joined(separator: " AND ") + ")"
    let byColumn = columns.map { filter([$0]) + all }
    return byColumn.count == 1 ? byColumn[0] : "(" + byColumn.joined(separator: " OR ") + ")"
  }

  /// A NEAR distance beyond the number of tokens of a column, and far below FTS5's distance between columns.
  private static let columnDistance = 1_000_000

  private static func filter(_ columns: [TextColumn]) -> String {
    if columns.isEmpty { return "" }
    let names = columns.map(\.rawValue).joined(separator: " ")
    return columns.count == 1 ? "\(names) : " : "{\(names)} : "
  }

  private static func quoted(_ phrases: [[String]], _ isPrefix: Bool) -> [String] {
    phrases.enumerated().map { i, tokens in quoted(tokens, isPrefix && i == phrases.count - 1) }
  }

  private static func quoted(_ tokens: [String], _ isPrefix: Bool) -> String {
    let text = tokens.count == 1 ? tokens[0] : tokens.joined(separator: " ")
    let isPlain = !text.utf8.contains(UInt8(ascii: "\""))
    return "\"" + (isPlain ? text : text.replacing(scalar: "\"", with: "\"\"")) + (isPrefix ? "\" *" : "\"")
  }
}
