import GRDB
import TestSupport
import Testing

@testable import CandidateSearch

/// Words are looked up without FTS5: one is missing if, and only if, no segment contains it.
@Suite(.sqlite) struct TermLookupTests {
  /// Which terms are in one segment or in several, written by FTS5 or by us, merged or not, and after removals.
  @Test(arguments: PostingCorpus.all) func aLookupFindsWhatTheSegmentsContain(_ corpus: PostingCorpus) throws
  {
    let documents = corpus.documents()
    let table = try PostingTable()
    for (i, batch) in [documents[..<(documents.count / 2)], documents[(documents.count / 2)...]].enumerated()
    {
      if !batch.isEmpty { try table.insert(Array(batch), isBulk: i == 0) }
    }
    try check(table)
    try table.merge { $0 % 2 == 0 }
    #expect(try check(table) > 0)
    try table.remove(Array(documents.prefix(1)))
    try check(table)
  }

  /// Compares look-ups with all terms of a table, and returns how many terms and prefixes were found missing.
  @discardableResult private func check(_ table: PostingTable) throws -> Int {
    let terms = try table.database.write { db in
      try db.execute(sql: "CREATE VIRTUAL TABLE IF NOT EXISTS word USING fts5vocab (posting, row)")
      return try String.fetchAll(db, sql: "SELECT term FROM word ORDER BY term")
    }
    let all = Set(terms)
    var missing = 0
    try table.database.read { db in
      let lookup = try TermLookup(db)
      for i in stride(from: 0, to: terms.count, by: max(1, terms.count / 100)) {
        let term = terms[i]
        #expect(try !lookup.lacks(term), "\(term.prefix(50))")
        let start = String(term.prefix(1 + i % term.count))
        #expect(try !lookup.lacks(start, isPrefix: true), "\(start.prefix(50))")
        let last = term.unicodeScalars.last.flatMap { Unicode.Scalar($0.value + 1) }.map(String.init) ?? "x"
        for other in [term + "0", term + "z", String(term.dropLast()) + last, "0" + term, "~" + term]
        where !all.contains(other) && other.utf8.count < SegmentFormat.maximumToken {
          #expect(try lookup.lacks(other), "\(other.prefix(50))")
          let begins = terms.contains { $0.utf8.starts(with: other.utf8) }
          if try lookup.lacks(other, isPrefix: true) {
            missing += 1
            #expect(!begins, "\(other.prefix(50))")
          }
        }
      }
      #expect(try !lookup.lacks(""))
    }
    return missing
  }

  /// A table that has many segments is left to FTS5.
  @Test func manySegmentsAreNotLookedUp() throws {
    let table = try PostingTable()
    for i in 0..<17 {
      try table.insert(
        [(Docid(value: Int64(i)), PostingCorpus.document([["every", "w\(i)"]]))], isBulk: true)
      try table.database.read { db in
        let lookup = try TermLookup(db)
        #expect(try lookup.lacks("other") == (i < 16))
        #expect(try lookup.forEachDocid(of: "every", in: [], from: .min) { _ in true } == (i < 16))
        #expect(try lookup.forEachTerm(withPrefix: Array("e".utf8)) { _, _ in } == (i < 16))
      }
    }
  }
}
