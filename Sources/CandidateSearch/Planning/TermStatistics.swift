import GRDB
import TextAnalysis

/// What the index knows of its words: how many candidates bear one, field by field.
struct TermStatistics {
  let db: Database
  /// Whether private candidates do not count.
  let isPublic: Bool
  /// Checked at each look-up.
  var cancellation = Cancellation.never

  /// In how many candidates a word stands, by field.
  struct Frequency: Hashable, Sendable {
    fileprivate(set) var counts: SIMD8<Int> = .zero

    subscript(field: TextColumn) -> Int { counts[field.index] }
    /// A candidate counts once for each field.
    var sum: Int { counts.wrappedSum() }

    /// The fields in which it stands, those that it most often means first.
    var fields: [TextColumn] {
      TextColumn.counted.filter { self[$0] > 0 }.sorted { self[$0] > self[$1] }
    }

    /// What the field has of it, from 0 to 1.
    func share(of field: TextColumn) -> Double { sum == 0 ? 0 : Double(self[field]) / Double(sum) }

    /// At most how often both stand in a field.
    func both(_ other: Frequency) -> Frequency {
      Frequency(counts: pointwiseMin(counts, other.counts))
    }
    func either(_ other: Frequency) -> Frequency { Frequency(counts: counts &+ other.counts) }
  }

  /// What those match who count.
  var visible: IndexQuery { isPublic ? .none(of: .term(.flag(.isPrivate, true))) : .everything }

  /// How many candidates there are.
  func candidateCount() throws -> Int { try frequency(ofToken: "")[.name] }

  func frequency(ofToken token: String) throws -> Frequency {
    try cancellation.check()
    let statement = try RawStatement(
      cached: "SELECT field, documents, hidden FROM vocabulary WHERE term = ?", db)
    var frequency = Frequency()
    var token = token
    try token.withUTF8 { token in
      statement.bind(1, UnsafeRawBufferPointer(token))
      try statement.forEach { row in
        guard let field = TextColumn(rawValue: String(decoding: row.text(0), as: UTF8.self)) else { return }
        frequency.counts[field.index] = Int(row.integer(orZero: 1) - (isPublic ? row.integer(orZero: 2) : 0))
      }
    }
    return frequency
  }

  /// At most how often a word stands in each field, in any of its forms.
  func frequency(of word: Word) throws -> Frequency {
    try word.forms.reduce(Frequency()) { sum, form in
      guard let first = form.first else { return sum }
      let all = try form.dropFirst().reduce(frequency(ofToken: first)) {
        try $0.both(frequency(ofToken: $1))
      }
      return sum.either(all)
    }
  }

  /// Those with an id, or with it in lower case, one for each connector, of those who are visible.
  func candidates(id: String) throws -> IndexQuery {
    try cancellation.check()
    let statement = try db.cachedStatement(
      sql: "SELECT docid FROM candidate WHERE id IN (?, ?) ORDER BY docid")
    let all = try Int64.fetchAll(statement, arguments: [id, id.lowercased()])
      .map { IndexQuery.record(.docids($0...$0)) }
    return .any(
      try isPublic
        ? all.filter { try !SearchStatement(.all([$0, visible])).docids(limit: 1, db).isEmpty } : all)
  }

  /// The words that begin so, in some field or in any, the most frequent first, at most so many. Its cost grows with
  /// the number of such words.
  func completions(
    of beginning: String, in fields: [TextColumn] = TextColumn.counted, limit: Int
  ) throws -> [(term: String, count: Int)] {
    try cancellation.check()
    guard !beginning.isEmpty else { return [] }
    let count = isPublic ? "sum(documents - hidden)" : "sum(documents)"
    let names = fields.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    let statement = try RawStatement(
      cached: """
        SELECT term, \(count) AS n FROM vocabulary
        WHERE term >= ?1 AND term < ?1 || char(0x10FFFF) AND field IN (\(names))
        GROUP BY term HAVING n > 0 ORDER BY n DESC, term LIMIT ?2
        """, db)
    var completions: [(String, Int)] = []
    var beginning = beginning
    try beginning.withUTF8 { beginning in
      statement.bind(1, UnsafeRawBufferPointer(beginning))
      statement.bind(2, Int64(limit))
      try statement.forEach { row in
        completions.append((String(decoding: row.text(0), as: UTF8.self), Int(row.integer(orZero: 1))))
      }
    }
    return completions
  }
}

extension IndexQuery {
  /// So many words that begin alike are asked for one by one.
  private static let mostCompletions = 256

  /// The same with docids in place of an id; and with words in place of their beginning, where the term statistics know all of
  /// them and they are not too many: FTS5 first merges the postings of all words that begin alike, however few are wanted.
  func completed(from statistics: TermStatistics) throws -> IndexQuery {
    switch self {
    case .phrase(let tokens, isPrefix: true, let fields) where tokens.count == 1 && !fields.isEmpty:
      guard fields.allSatisfy(TextColumn.counted.contains) else { return self }
      let words = try statistics.completions(of: tokens[0], in: fields, limit: Self.mostCompletions + 1)
      return words.count > Self.mostCompletions ? self : .any(words.map { .phrase([$0.term], in: fields) })
    case .and(let parts): return .all(try parts.map { try $0.completed(from: statistics) })
    case .or(let parts): return .any(try parts.map { try $0.completed(from: statistics) })
    case .not(let part): return .none(of: try part.completed(from: statistics))
    // A candidate's row is found by its id: FTS5 then looks there, and nowhere else.
    case .record(.id(let id)): return try statistics.candidates(id: id)
    case .everything, .nothing, .phrase, .together, .record: return self
    }
  }
}
