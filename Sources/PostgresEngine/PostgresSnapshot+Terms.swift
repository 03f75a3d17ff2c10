import CandidateModel
import CandidateQuery
import CandidateSearch
import Foundation

/// Words and their counts, and the postings.
extension PostgresSnapshot {
  /// The counted words, with the changes that are not added up yet.
  private static func vocabulary(where condition: String) -> String {
    """
    (SELECT term, field, documents, hidden FROM vocabulary WHERE \(condition) \
    UNION ALL SELECT term, field, documents, hidden FROM vocabulary_change WHERE \(condition)) v
    """
  }
  private static func count(_ includesPrivate: Bool) -> String {
    includesPrivate ? "sum(documents)::bigint" : "sum(documents - hidden)::bigint"
  }

  func frequency(of term: String, includesPrivate: Bool) throws -> TermFrequency {
    try lookup(\.frequencies[FrequencyKey(term: term, includesPrivate: includesPrivate)]) {
      var frequency = TermFrequency()
      try run([
        PostgresQuery(
          """
          SELECT field, \(Self.count(includesPrivate)) FROM \(Self.vocabulary(where: "term = $1")) GROUP BY field
          """, [.text(term)])
      ]) { _, row in
        guard let column = Lexeme.column(of: row.bytes(0)) else { return }
        frequency[TextColumn.allCases[column - 1]] = Int(row.integer(orZero: 1))
      }
      return frequency
    }
  }

  private static let isAnyOfTexts =
    "term = ANY(ARRAY(SELECT convert_from(w, 'UTF8') FROM unnest($1::bytea[]) w))"

  /// How often each of some words occurs, in one round trip. A word that does not occur has a frequency of 0.
  func frequencies(of words: [String]) throws -> [String: TermFrequency] {
    var found = Dictionary(uniqueKeysWithValues: words.map { ($0, TermFrequency()) })
    try run([
      PostgresQuery(
        """
        SELECT term, field, \(Self.count(true)) FROM \(Self.vocabulary(where: Self.isAnyOfTexts)) \
        GROUP BY term, field
        """, [.byteStrings(words.map { Array($0.utf8) })])
    ]) { _, row in
      guard let column = Lexeme.column(of: row.bytes(1)) else { return }
      found[row.text(0), default: TermFrequency()][TextColumn.allCases[column - 1]] =
        Int(row.integer(orZero: 2))
    }
    return found
  }

  func completions(
    of prefix: String, in columns: [TextColumn], limit: Int, includesPrivate: Bool
  ) throws -> [CountedTerm] {
    if columns.isEmpty || limit <= 0 { return [] }
    let key = Lookups.Completions(
      prefix: prefix, columns: columns, limit: limit, includesPrivate: includesPrivate)
    return try lookup(\.completions[key]) {
      let letters = columns.map { Character(Unicode.Scalar(Lexeme.letter(of: $0))) }
      let found = try rows(
        """
        SELECT term, \(Self.count(includesPrivate)) AS count \
        FROM \(Self.vocabulary(where: "term >= $1 AND term < $2")) \
        WHERE strpos($3::text, field::text) > 0 GROUP BY term \
        HAVING \(Self.count(includesPrivate)) > 0 ORDER BY count DESC, term LIMIT $4
        """, [.text(prefix), .text(prefix + "\u{10FFFF}"), .text(String(letters)), .integer(Int64(limit))]
      ) { CountedTerm(term: $0.text(0), count: Int($0.integer(orZero: 1))) }
      _ = try state.lookups.withState(of: generation()) { lookups in
        for term in found { lookups.completed[term.term] = term.count }
      }
      return found
    }
  }

  func forEachTerm(includesPrivate: Bool, _ body: (UnsafeRawBufferPointer, Int) throws -> Void) throws {
    try forEachRow(
      """
      SELECT term, \(Self.count(includesPrivate)) FROM \(Self.vocabulary(where: "term <> ''")) \
      GROUP BY term HAVING sum(documents) <> 0 ORDER BY term
      """
    ) { try body($0.bytes(0), Int($0.integer(orZero: 1))) }
  }

  func forEachPostingList(
    withPrefix prefix: [UInt8], _ body: (UnsafeRawBufferPointer, [Int64]) throws -> Void
  ) throws {
    let text = String(decoding: prefix, as: UTF8.self)
    var term: [UInt8] = []
    var docids: [Int64] = []
    func end() throws { if !docids.isEmpty { try term.withUnsafeBytes { try body($0, docids) } } }
    try forEachRow(
      """
      SELECT f.term, p.docid FROM posting p, unnest(p.facets) f(term) \
      WHERE f.term > $1::text COLLATE "C" AND f.term < $2::text COLLATE "C" ORDER BY 1, 2
      """, [.text(text), .text(text + "\u{10FFFF}")]
    ) { row in
      if !row.bytes(0).elementsEqual(term) {
        try end()
        term = Array(row.bytes(0))
        docids.removeAll(keepingCapacity: true)
      }
      docids.append(row.integer(orZero: 1))
    }
    try end()
  }

  func forEachPosting(_ body: (Posting) throws -> Void) throws {
    var partial: [Docid] = []
    try forEachRow("SELECT docid, doc, \(SearchSQL.isPartial) FROM posting p", fetching: Self.fetchedRecords)
    { row in
      let docid = Docid(value: row.integer(orZero: 0))
      if row.bool(2) { return partial.append(docid) }
      try DocumentVector.forEachLexeme(of: row.bytes(1)) { lexeme, positions in
        let column = Lexeme.column(of: lexeme)
        let token = column == nil ? lexeme : UnsafeRawBufferPointer(rebasing: lexeme.dropFirst())
        for position in positions {
          try body(Posting(term: token, docid: docid, column: column ?? 0, offset: position - 1))
        }
      }
    }
    // Searches compare partial documents themselves, so that those are their postings.
    let builders = DocumentBuilders(customFields: try customFields())
    for docid in partial {
      guard let stored = try records([docid])[docid] else { continue }
      var failure: (any Error)?
      builders[stored.connector].document(of: stored.candidate).forEachToken { token, column, offset in
        do { try body(Posting(term: token, docid: docid, column: column, offset: offset)) } catch {
          failure = error
        }
      }
      if let failure { throw failure }
    }
  }

  func differences(from statistics: TermStatisticsChanges) throws -> [String] {
    var expected: [String: (Int64, Int64)] = [:]
    for word in statistics.sorted {
      let letter = Character(Unicode.Scalar(Lexeme.letter(of: word.column)))
      expected["\(letter)\(String(decoding: word.term, as: UTF8.self))"] = (
        Int64(word.documents), Int64(word.privateDocuments)
      )
    }
    var differences: [String] = []
    try forEachRow(
      """
      SELECT field, term, sum(documents)::bigint, sum(hidden)::bigint FROM \(Self.vocabulary(where: "true")) \
      GROUP BY field, term HAVING sum(documents) <> 0 OR sum(hidden) <> 0
      """
    ) { row in
      let name = row.text(0) + row.text(1)
      guard let known = expected.removeValue(forKey: name),
        known == (row.integer(orZero: 2), row.integer(orZero: 3))
      else {
        differences.append("the term statistics do not count \(name.dropFirst()) as often as it occurs")
        return
      }
    }
    return differences + expected.keys.sorted().map { "the term statistics lack \($0.dropFirst())" }
  }
}
