import GRDB
import TestSupport
import Testing

@testable import CandidateSearch

/// A file that we have written is the one that any other program would write.
@Suite(.sqlite) struct SpaceTokenizerTests {
  /// The tokens of a text in a posting table, with their positions.
  private func tokens(of texts: [String], isOurs: Bool) throws -> [Row] {
    var configuration = Configuration()
    if isOurs { configuration.prepareDatabase(SpaceTokenizer.register) }
    return try DatabaseQueue(configuration: configuration).write { db in
      try Schema.createPostings(db)
      for (i, text) in texts.enumerated() {
        try db.execute(sql: "INSERT INTO posting (rowid, keys) VALUES (?, ?)", arguments: [i, text])
      }
      try db.execute(sql: "CREATE VIRTUAL TABLE token USING fts5vocab (posting, instance)")
      return try Row.fetchAll(db, sql: "SELECT term, doc, \"offset\" FROM token ORDER BY doc, \"offset\"")
    }
  }

  @Test func findsTheTokensOfTheBuiltInOne() throws {
    let pieces =
      (0..<0x80).map { String(Unicode.Scalar(UInt8($0))) } + [
        "é", "山田", "\u{E000}", " ", "  ", "ab", "CD", "", "🔥",
      ]
    var random = SplitMix64(state: 3)
    let texts = (0..<2_000).map { _ in
      (0..<Int(random.next() % 20)).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }.joined()
    }
    let plain = try tokens(of: texts, isOurs: false)
    #expect(plain.count > 4_000)
    #expect(try tokens(of: texts, isOurs: true) == plain)
  }

  @Test func refusesOtherOptions() throws {
    var configuration = Configuration()
    configuration.prepareDatabase(SpaceTokenizer.register)
    let database = try DatabaseQueue(configuration: configuration)
    for options in ["ascii", "ascii tokenchars '-'", "ascii separators '-'"] {
      #expect(throws: DatabaseError.self) {
        try database.write {
          try $0.execute(sql: "CREATE VIRTUAL TABLE other USING fts5 (text, tokenize = \"\(options)\")")
        }
      }
    }
  }
}
