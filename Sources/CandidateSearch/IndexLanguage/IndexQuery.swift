import CandidateQuery

/// What the index is asked: all but its records' leaves is FTS5's to answer, and prints as an FTS5 expression. Every token stands in quotes, so nothing that a person types
/// can be FTS5 syntax.
indirect enum IndexQuery: Hashable, Sendable, CustomStringConvertible {
  /// Every candidate.
  case everything
  /// No candidate.
  case nothing
  /// Tokens that follow one another in one of these columns, or in any where none is named; the last may be the
  /// beginning of a token.
  case phrase([String], isPrefix: Bool = false, in: [TextColumn] = [])
  /// Phrases that all stand in one column, in any order; the last may end in the beginning of a token.
  case together([[String]], isPrefix: Bool = false, in: [TextColumn] = [])
  /// Something that FTS5 does not hold.
  case record(RecordCondition)
  case and([IndexQuery])
  case or([IndexQuery])
  case not(IndexQuery)

  static func term(_ term: FilterTerm) -> IndexQuery { .phrase([term.token]) }

  /// Whether FTS5 can answer all of it.
  var isFTS5: Bool {
    switch self {
    case .everything, .nothing, .phrase, .together: true
    case .record: false
    case .and(let parts), .or(let parts): parts.allSatisfy(\.isFTS5)
    case .not(let part): part.isFTS5
    }
  }

  /// The docids of those who match, where the match names each; nil for any other.
  var docids: [Int64]? {
    switch self {
    case .record(.docids(let range)) where range.lowerBound == range.upperBound: return [range.lowerBound]
    case .or(let parts):
      var all: [Int64] = []
      for part in parts {
        guard case .record = part, let docids = part.docids else { return nil }
        all += docids
      }
      return all
    default: return nil
    }
  }

  /// All of these, simplified; what is asked for twice is asked once.
  static func all(_ parts: [IndexQuery]) -> IndexQuery {
    var kept: [IndexQuery] = []
    for part in parts {
      switch part {
      case .everything: continue
      case .nothing: return .nothing
      case .and(let inner): kept += inner
      default: kept.append(part)
      }
    }
    kept = withoutRepetitions(kept)
    return kept.count > 1 ? .and(kept) : kept.first ?? .everything
  }

  /// Any of these, simplified.
  static func any(_ parts: [IndexQuery]) -> IndexQuery {
    var kept: [IndexQuery] = []
    for part in parts {
      switch part {
      case .everything: return .everything
      case .nothing: continue
      case .or(let inner): kept += inner
      default: kept.append(part)
      }
    }
    kept = withoutRepetitions(kept)
    return kept.count > 1 ? .or(kept) : kept.first ?? .nothing
  }

  /// Each once, in order.
  private static func withoutRepetitions(_ matches: [IndexQuery]) -> [IndexQuery] {
    if matches.count < 2 { return matches }
    // To compare a few is faster than to hash them.
    if matches.count < 10 {
      return matches.indices.filter { !matches[..<$0].contains(matches[$0]) }.map { matches[$0] }
    }
    var seen: Set<IndexQuery> = []
    return matches.filter { seen.insert($0).inserted }
  }

  /// Not this, simplified.
  static func none(of part: IndexQuery) -> IndexQuery {
    switch part {
    case .everything: .nothing
    case .nothing: .everything
    case .not(let inner): inner
    default: .not(part)
    }
  }

  /// The FTS5 expression; FTS5 has no way to say `nothing`, which callers answer without asking it, nor a condition
  /// on records, which `SearchStatement` asks beside it.
  var description: String {
    switch self {
    case .everything, .nothing, .record: IndexQuery.term(.all).description
    case .phrase(let tokens, let isPrefix, let columns): Self.filter(columns) + Self.quoted(tokens, isPrefix)
    case .together(let phrases, let isPrefix, let columns):
      Self.filter(columns) + "NEAR(" + Self.quoted(phrases, isPrefix) + ", \(Self.anyDistance))"
    case .and(let parts): conjunction(parts)
    case .or(let parts): "(" + Self.deepestFirst(parts).map(\.description).joined(separator: " OR ") + ")"
    case .not(let part): "(\(IndexQuery.everything) NOT \(part))"
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
    let positive = Self.deepestFirst(wanted).map(\.description).joined(separator: " AND ")
    if unwanted.isEmpty { return "(\(positive))" }
    return "((\(positive)) NOT \(IndexQuery.any(unwanted)))"
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

  /// More tokens than a column holds. FTS5 tells columns apart by a far greater distance.
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

/// What is asked of a candidate's row rather than of FTS5.
enum RecordCondition: Hashable, Sendable {
  /// The id is this, or this in lower case.
  case id(String)
  /// The docid lies in a range.
  case docids(ClosedRange<Int64>)
  /// A time lies in a range, in microseconds.
  case time(TimeColumn, from: Int64?, until: Int64?)
}

/// The times that a candidate's row holds.
enum TimeColumn: String, Sendable {
  case modified = "modified_at"
  case created = "created_at"
  case updated = "updated_at"
}
