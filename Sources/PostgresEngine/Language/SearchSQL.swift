import CandidateSearch

/// A statement in the making: its text names parameters, so that it is prepared once for all values.
struct SearchSQL {
  private(set) var values: [PostgresValue] = []
  /// Whether documents exist that a `tsvector` does not contain in full: they are found by every query, and compared then.
  let hasPartial: Bool
  let tables: PostingTables

  init(hasPartial: Bool, tables: PostingTables) {
    self.hasPartial = hasPartial
    self.tables = tables
  }

  /// The name of a new parameter.
  mutating func parameter(_ value: PostgresValue) -> String {
    values.append(value)
    return "$\(values.count)"
  }

  /// A conjunction, divided by what evaluates each part.
  struct Parts {
    var postings: [IndexQuery] = []
    var ranges: [ClosedRange<Int64>] = []
    var lists: [[Int64]] = []
    var others: [IndexQuery] = []

    init(_ query: IndexQuery) {
      let parts: [IndexQuery] = if case .and(let parts) = query { parts } else { [query] }
      for part in parts {
        if part.isOfPostings {
          if part != .everything { postings.append(part) }
        } else if let docids = part.docids {
          lists.append(docids)
        } else if case .record(.docids(let range)) = part {
          ranges.append(range)
        } else {
          others.append(part)
        }
      }
    }

    /// The lowest docid of a range that all hits are in.
    var start: Int64 { ranges.map(\.lowerBound).max() ?? .min }
  }

  // MARK: - Conditions

  /// The text of a `tsquery` as a parameter.
  private mutating func vector(_ query: IndexQuery) -> String {
    parameter(.text(query.textSearchQuery)) + "::tsquery"
  }

  /// The condition of partial documents.
  static let isPartial =
    "ts_match_vq(p.doc, '''\(Lexeme.withoutPositions)'' | ''\(Lexeme.incomplete)'''::tsquery)"

  /// The condition that the postings decide. With `inOrder`, no index is used for it: rows are visited in the order of
  /// docids.
  mutating func match(_ postings: [IndexQuery], inOrder: Bool) -> String {
    let query = IndexQuery.all(postings)
    var text = query.textSearchQuery
    if hasPartial {
      let unordered = query.withoutOrder.textSearchQuery
      text = "(\(text)) | ('\(Lexeme.withoutPositions)' & \(unordered)) | '\(Lexeme.incomplete)'"
    }
    let vector = parameter(.text(text)) + "::tsquery"
    return inOrder ? "ts_match_vq(p.doc, \(vector))" : "p.doc @@ \(vector)"
  }

  /// The conditions besides the postings, each after AND. Those on docids use no index unless `inOrder`.
  mutating func conditions(_ parts: Parts, docid: String, inOrder: Bool) -> String {
    var conditions: [String] = []
    let column = inOrder ? docid : "\(docid) + 0"
    for range in parts.ranges {
      if range.lowerBound > .min {
        conditions.append("\(column) >= \(parameter(.integer(range.lowerBound)))::bigint")
      }
      if range.upperBound < .max {
        conditions.append("\(column) <= \(parameter(.integer(range.upperBound)))::bigint")
      }
    }
    for list in parts.lists { conditions.append("\(docid) = ANY(\(parameter(.integers(list)))::bigint[])") }
    for other in parts.others {
      let condition = condition(other)
      conditions.append(hasPartial && other.hasPostings ? "(\(condition) OR \(Self.isPartial))" : condition)
    }
    return conditions.map { " AND " + $0 }.joined()
  }

  /// A query as a condition on the rows of `candidate c` and, for what postings decide, of `posting p`.
  private mutating func condition(_ query: IndexQuery) -> String {
    if case .not(let part) = query { return "NOT " + condition(part) }
    if query.isOfPostings {
      if query == .everything { return "true" }
      if query == .nothing { return "false" }
      return "ts_match_vq(p.doc, \(vector(query)))"
    }
    if let docids = query.docids { return "c.docid = ANY(\(parameter(.integers(docids)))::bigint[])" }
    switch query {
    case .record(let condition): return self.condition(condition)
    case .and(let parts):
      return combination(IndexQuery.withPostingsCombined(parts, by: IndexQuery.all)[...], "AND")
    case .or(let parts):
      return combination(IndexQuery.withPostingsCombined(parts, by: IndexQuery.any)[...], "OR")
    case .everything, .nothing, .phrase, .together, .not: return "true"
    }
  }

  private mutating func combination(_ parts: ArraySlice<IndexQuery>, _ sign: String) -> String {
    if parts.count == 1 { return condition(parts[parts.startIndex]) }
    let middle = parts.startIndex + parts.count / 2
    return "(\(combination(parts[..<middle], sign)) \(sign) \(combination(parts[middle...], sign)))"
  }

  private mutating func condition(_ condition: RecordCondition) -> String {
    switch condition {
    case .id(let id):
      return "c.id = ANY(\(parameter(.byteStrings([Array(id.utf8), Array(id.lowercased().utf8)])))::bytea[])"
    case .docids(let range):
      return
        "c.docid BETWEEN \(parameter(.integer(range.lowerBound)))::bigint AND \(parameter(.integer(range.upperBound)))::bigint"
    case .time(let column, let from, let until):
      // NULL is outside of every range; the condition must not be NULL, since NOT would keep it so.
      var parts = ["c.\(column.rawValue) IS NOT NULL"]
      for (sign, bound) in [(">=", from), ("<", until)] {
        guard let bound else { continue }
        parts.append("c.\(column.rawValue) \(sign) \(parameter(.integer(bound)))::bigint")
      }
      return "(" + parts.joined(separator: " AND ") + ")"
    }
  }

  // MARK: - Sources

  /// The rows that match a query.
  struct Source {
    /// The column of their docids.
    let docid: String
    /// From FROM to the end of WHERE.
    let sql: String
    /// The conditions on `posting p`; nil if those on other rows are needed, too.
    let conditions: String?
  }

  /// The rows that match a query.
  mutating func source(_ query: IndexQuery, withRows: Bool = false) -> Source {
    let parts = Parts(query)
    let usesPostings = !parts.postings.isEmpty || parts.others.contains { $0.hasPostings }
    guard usesPostings else {
      return Source(
        docid: "c.docid",
        sql: "FROM candidate c WHERE true" + conditions(parts, docid: "c.docid", inOrder: true),
        conditions: nil)
    }
    let joinsRows = withRows || !parts.others.isEmpty
    // Few rows are read by their docids.
    let isNarrow = !parts.lists.isEmpty
    let match = parts.postings.isEmpty ? "true" : match(parts.postings, inOrder: isNarrow)
    let conditions = match + conditions(parts, docid: "p.docid", inOrder: isNarrow)
    return Source(
      docid: "p.docid",
      sql:
        "FROM \(tables.all) p\(joinsRows ? " JOIN candidate c ON c.docid = p.docid" : "") WHERE \(conditions)",
      conditions: joinsRows ? nil : conditions)
  }
}

extension IndexQuery {
  /// Whether a part of it is decided by postings.
  var hasPostings: Bool {
    switch self {
    case .phrase, .together: true
    case .everything, .nothing, .record: false
    case .and(let parts), .or(let parts): parts.contains(where: \.hasPostings)
    case .not(let part): part.hasPostings
    }
  }
}

extension IndexQuery {
  /// A query that all matches also match, by their words in any order.
  var withoutOrder: IndexQuery {
    switch self {
    case .phrase(let tokens, let isPrefix, let columns) where tokens.count > 1:
      Self.words(tokens, isPrefix, columns)
    case .together(let phrases, let isPrefix, let columns):
      Self.words(Array(phrases.joined()), isPrefix, columns)
    case .and(let parts): .all(parts.map(\.withoutOrder))
    case .or(let parts): .any(parts.map(\.withoutOrder))
    // A document without positions matches the phrase in fewer cases than it should.
    case .not(let part): part.hasPhrases ? .everything : self
    case .everything, .nothing, .phrase, .record: self
    }
  }

  /// The parts of it that need postings: the others are decided by the rows of the coordinator.
  var withoutRows: IndexQuery {
    if case .and(let parts) = self { return .all(parts.filter(\.hasPostings)) }
    return hasPostings ? self : .everything
  }

  private static func words(_ tokens: [String], _ isPrefix: Bool, _ columns: [TextColumn]) -> IndexQuery {
    .all(
      tokens.enumerated().map { i, token in
        .phrase([token], isPrefix: isPrefix && i == tokens.count - 1, in: columns)
      })
  }

  private var hasPhrases: Bool {
    switch self {
    case .phrase(let tokens, _, _): tokens.count > 1
    case .together: true
    case .and(let parts), .or(let parts): parts.contains(where: \.hasPhrases)
    case .not(let part): part.hasPhrases
    case .everything, .nothing, .record: false
    }
  }
}
