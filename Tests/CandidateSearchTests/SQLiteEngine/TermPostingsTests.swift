import Foundation
import GRDB
import TestSupport
import Testing

@testable import CandidateSearch

/// Postings that are read without FTS5 are those that it finds.
@Suite(.sqlite) struct TermPostingsTests {
  /// Columns in which a word may be looked for.
  private static let columns: [[TextColumn]] = [
    [], [.name], [.company, .tag], [.email], TextColumn.allCases,
  ]

  @Test(arguments: PostingCorpus.all + [PostingCorpus.longest]) func postingsAreThoseThatFTS5Finds(
    _ corpus: PostingCorpus
  ) throws {
    let documents = corpus.documents()
    let table = try PostingTable()
    for batch in 0..<5 {
      let batch = documents.enumerated().filter { $0.offset % 5 == batch }.map(\.element)
      if !batch.isEmpty { try table.insert(batch, isBulk: batch.count % 2 == 0) }
    }
    try comparePostings(table, "in several segments")
    try table.remove(documents.enumerated().filter { $0.offset % 3 == 1 }.map(\.element))
    try comparePostings(table, "after removals")
    let other = PostingCorpus(
      description: "", count: corpus.count, tokens: PostingCorpus.all[0].tokens, docid: corpus.docid)
    try table.insert(
      other.documents().enumerated().filter { $0.offset % 6 == 1 }.map(\.element), isBulk: false)
    try comparePostings(table, "after removals and insertions")
    for step in 0..<3 {
      try table.mergeOnce(pages: 3, byFTS5: step == 1)
      try comparePostings(table, "in a merge, after step \(step)")
    }
    try table.merge { _ in false }
    try comparePostings(table, "in one segment")
  }

  /// Compares some terms, and all lists of terms with a prefix.
  private func comparePostings(_ table: PostingTable, _ state: Comment) throws {
    try table.database.write { db in
      try db.execute(sql: "CREATE VIRTUAL TABLE IF NOT EXISTS word USING fts5vocab (posting, row)")
      try db.execute(
        sql:
          "CREATE VIRTUAL TABLE IF NOT EXISTS temp.posting_instance USING fts5vocab (main, posting, instance)"
      )
    }
    try table.database.read { db in
      let terms = try String.fetchAll(db, sql: "SELECT term FROM word ORDER BY term")
      let lookup = try TermLookup(db)
      for i in stride(from: 0, to: terms.count, by: max(1, terms.count / 20)) {
        for columns in Self.columns {
          let expected = try Self.docids(of: terms[i], in: columns, db)
          for start in [expected.first, expected.last, expected.middle].compactMap(\.self) + [.min, .max] {
            for limit in [3, Int.max] {
              var found: [Int64] = []
              let isKnown = try lookup.forEachDocid(of: terms[i], in: columns, from: start) {
                found.append($0)
                return found.count < limit
              }
              #expect(isKnown)
              #expect(
                found == Array(expected.filter { $0 >= start }.prefix(limit)),
                "\(terms[i].prefix(50)) in \(columns) from \(start) \(state)")
            }
          }
        }
      }
      for prefix in Set(terms.map { $0.utf8.prefix(1) }.map(Array.init)) {
        var (found, expected): ([List], [List]) = ([], [])
        #expect(
          try lookup.forEachTerm(withPrefix: prefix) { found.append(List(term: Array($0), docids: $1)) })
        try PostingTermTable.forEachList(withPrefix: prefix, db) {
          expected.append(List(term: Array($0), docids: $1))
        }
        #expect(found == expected, "\(prefix) \(state)")
      }
      for missing in ["0", "every0", "~"] {
        #expect(
          try lookup.forEachDocid(of: missing, in: [], from: .min) { _ in
            Issue.record("\(missing) occurs \(state)")
            return false
          })
      }
    }
  }

  private struct List: Equatable {
    let term: [UInt8]
    let docids: [Int64]
  }

  /// The docids that FTS5 finds.
  private static func docids(of term: String, in columns: [TextColumn], _ db: Database) throws -> [Int64] {
    try Int64.fetchAll(
      db, sql: "SELECT rowid FROM posting WHERE posting MATCH ? ORDER BY rowid",
      arguments: [IndexQuery.phrase([term], in: columns).fts5Expression])
  }

  /// The pages of a long list of postings are skipped where the word that is looked for would come after it, or where the
  /// docids that are wanted are far from its beginning.
  @Test func fewPagesAreRead() throws {
    let table = try PostingTable()
    try table.insert(PostingCorpus.all[6].documents(), isBulk: true)
    for (term, start, expected) in [
      ("everz", Int64.min, 0), ("every", 14_995, 5), ("every", .max, 0), ("d2", 14_995, 2),
    ] {
      let (found, pages) = try table.database.read { db in
        let lookup = try TermLookup(db)
        let (counter, found) = (Counter(), Counter())
        db.trace { if $0.description.contains("_data WHERE id") { counter.count += 1 } }
        defer { db.trace(options: []) }
        _ = try lookup.forEachDocid(of: term, in: [], from: start) { _ in
          found.count += 1
          return true
        }
        return (found.count, counter.count)
      }
      #expect(found == expected)
      #expect((1...9).contains(pages), "\(pages) pages for \(term) from \(start)")
    }
    let all = try table.database.read {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM posting_data WHERE id > 10") ?? 0
    }
    #expect(all > 20, "\(all)")
  }

  private final class Counter: @unchecked Sendable { var count = 0 }

  /// Reading damaged postings ends with an error or with other docids, but ends.
  @Test func damagedPostingsDoNotStopTheProgram() throws {
    let documents = PostingCorpus.all[2].documents() + PostingCorpus.all[6].documents()
    let sound = try PostingTable()
    for batch in 0..<3 {
      try sound.insert(documents.enumerated().filter { $0.offset % 3 == batch }.map(\.element), isBulk: true)
    }
    let errors = try sound.errors(inDamagedCopies: 300, seed: 5) { damaged in
      try damaged.read { db in
        let lookup = try TermLookup(db)
        for term in ["every", "x1", "d2"] {
          for start in [Int64.min, 40, 9_000] {
            _ = try lookup.forEachDocid(of: term, in: [.company], from: start) { _ in true }
          }
        }
        _ = try lookup.forEachTerm(withPrefix: Array("x".utf8)) { _, _ in }
      }
    }
    #expect(errors > 20, "\(errors)")
  }
}

extension [Int64] {
  fileprivate var middle: Int64? { isEmpty ? nil : self[count / 2] }
}
