import Foundation
import GRDB
import TestSupport
import Testing

@testable import SearchLog

/// The chain verifies what was written, and nothing else.
@Suite struct ChainTests {
  @Test func whatWasWrittenIsSound() throws {
    let test = try TestLog(entries: 5)
    let log = try test.open(.reading)
    let verification = try log.verify()
    #expect(verification.isSound && verification.entries == 5)
    #expect(verification.head == (try log.head()) && verification.head.number == 5)
    let empty = try TestLog().open()
    #expect(try empty.verify().isSound)
  }

  @Test func entriesReadAsTheyWereWritten() throws {
    let log = try TestLog(entries: 3).open()
    let entry = try #require(log.entries(SearchLogQuery(limit: 2)).last)
    let written = TestLog.entry(2)
    #expect(entry.number == 2 && entry.time == written.time && entry.kind == .search)
    #expect(entry.key == written.key && entry.purpose == .text("vacancy 2"))
    #expect(
      entry.query == .text("engineer number2") && entry.canonicalQuery == .text("(engineer AND number2)"))
    #expect(entry.scope == written.scope && entry.count == 102 && entry.generation == 12)
    #expect(entry.candidates.map(\.connector) == ["greenhouse", "lever"])
    #expect(entry.candidates.map(\.id) == ["c-2", "c-3"])
    #expect(entry.program == "test 2" && entry.request == "request-2")
  }

  /// A change of the file, and the entry at which it is found.
  struct Tampering: Sendable, CustomTestStringConvertible {
    let sql: String
    let entry: Int
    var testDescription: String { sql }
  }

  /// The columns of each table, and where a change of the second row is found.
  static let columns: [String: [String]] = [
    "entry": [
      "number", "time", "kind", "key", "scope", "count", "generation", "program", "request", "query",
      "query_salt",
      "query_digest", "canonical", "canonical_salt", "canonical_digest", "purpose", "purpose_salt",
      "purpose_digest",
      "digest",
    ],
    "shown": ["entry", "place", "connector", "id", "hash"],
    "chain": ["id", "anchor", "anchor_digest", "head", "head_digest", "key", "erasure_pending"],
  ]
  private static let integers: Set<String> = [
    "number", "time", "count", "generation", "entry", "place", "anchor", "head",
  ]
  private static let blobs: Set<String> = [
    "query_salt", "query_digest", "canonical_salt", "canonical_digest", "purpose_salt", "purpose_digest",
    "digest",
    "hash", "anchor_digest", "head_digest", "key of chain",
  ]

  /// Each column changed in its first byte, in its last byte, made longer, and made NULL where it may be.
  static let changes: [Tampering] =
    columns["entry", default: []].flatMap { column -> [Tampering] in
      if column == "number" {
        return [Tampering(sql: "UPDATE entry SET number = 90 WHERE number = 2", entry: 2)]
      }
      return values(column).map {
        Tampering(sql: "UPDATE entry SET \(column) = \($0) WHERE number = 2", entry: 2)
      }
    }
    + columns["shown", default: []].flatMap { column -> [Tampering] in
      if column == "entry" { return [Tampering(sql: "UPDATE shown SET entry = 7 WHERE entry = 2", entry: 2)] }
      let values = values(column).filter { column != "id" || $0 != "NULL" }
      return values.map {
        Tampering(sql: "UPDATE shown SET \(column) = \($0) WHERE entry = 2 AND place = 1", entry: 2)
      }
    }
    + [
      "count", "generation", "query", "query_salt", "query_digest", "purpose", "purpose_salt",
      "canonical_digest",
    ].map {
      Tampering(sql: "UPDATE entry SET \($0) = NULL WHERE number = 2", entry: 2)
    }

  /// A byte that differs from the one of this expression. A constant would change nothing where a random digest
  /// contains that byte already.
  private static func otherByte(_ expression: String) -> String {
    "CASE \(expression) WHEN x'00' THEN x'01' ELSE x'00' END"
  }

  private static func values(_ column: String) -> [String] {
    if integers.contains(column) { return ["\(column) + 1", "\(column) + 256"] }
    if TestedEngine.isPostgres {
      if column == "kind" { return ["'X' || substr(kind, 2)", "kind || 'x'", "''"] }
      let last = "length(\(column)) - 1"
      return [
        "set_byte(\(column), 0, get_byte(\(column), 0) # 1)",
        "set_byte(\(column), \(last), get_byte(\(column), \(last)) # 1)", "\(column) || x'00'", "x''",
      ]
    }
    if blobs.contains(column) {
      return [
        "CAST(\(otherByte("substr(\(column), 1, 1)")) || substr(\(column), 2) AS BLOB)",
        "CAST(substr(\(column), 1, length(\(column)) - 1) || \(otherByte("substr(\(column), -1)")) AS BLOB)",
        "CAST(\(column) || x'00' AS BLOB)", "x''",
      ]
    }
    return ["'X' || substr(\(column), 2)", "\(column) || 'x'", "''", "\(column) || char(0)"]
  }

  @Test func everyColumnIsInTheTable() throws {
    let test = try TestLog(entries: 1)
    for (table, columns) in Self.columns {
      // On a server, it is a setting beside those of the index.
      let expected = TestedEngine.isPostgres ? columns.filter { $0 != "erasure_pending" } : columns
      #expect(try test.columns(of: table) == expected)
    }
  }

  @Test(arguments: changes) func everyChangeIsFound(_ tampering: Tampering) throws {
    try expectFound(tampering)
  }

  static let removals: [Tampering] = [
    Tampering(sql: "DELETE FROM entry WHERE number = 3", entry: 3),
    Tampering(sql: "DELETE FROM entry WHERE number = 3; DELETE FROM shown WHERE entry = 3", entry: 3),
    Tampering(sql: "DELETE FROM entry WHERE number = 1; DELETE FROM shown WHERE entry = 1", entry: 1),
    Tampering(sql: "DELETE FROM entry WHERE number > 3; DELETE FROM shown WHERE entry > 3", entry: 3),
    Tampering(sql: "DELETE FROM entry; DELETE FROM shown", entry: 0),
    Tampering(sql: "DELETE FROM shown WHERE entry = 4 AND place = 0", entry: 4),
    Tampering(sql: "DELETE FROM chain", entry: 0),
    Tampering(
      sql: """
        UPDATE entry SET number = 90 WHERE number = 2; UPDATE entry SET number = 2 WHERE number = 3;
        UPDATE entry SET number = 3 WHERE number = 90
        """, entry: 2),
    Tampering(
      sql: """
        UPDATE shown SET place = 9 WHERE entry = 2 AND place = 0; UPDATE shown SET place = 0 WHERE entry = 2 AND place = 1;
        UPDATE shown SET place = 1 WHERE entry = 2 AND place = 9
        """, entry: 2),
    // Numbers moved up over a removed entry.
    Tampering(
      sql: "DELETE FROM entry WHERE number = 3; UPDATE entry SET number = number - 1 WHERE number > 3; "
        + "UPDATE chain SET head = 4", entry: 3),
    Tampering(
      sql: """
        INSERT INTO entry SELECT 6, time, kind, key, scope, count, generation, program, request, query, query_salt,
          query_digest, canonical, canonical_salt, canonical_digest, purpose, purpose_salt, purpose_digest, digest
        FROM entry WHERE number = 5
        """, entry: 6),
    Tampering(
      sql: "INSERT INTO shown SELECT 77, place, connector, id, hash FROM shown WHERE entry = 5", entry: 5),
    Tampering(sql: "UPDATE chain SET head = 4", entry: 5),
    Tampering(sql: "UPDATE chain SET head = 6", entry: 5),
    Tampering(sql: "UPDATE chain SET head_digest = zeroblob(32)", entry: 5),
    Tampering(sql: "UPDATE chain SET anchor = 1", entry: 1),
    Tampering(sql: "UPDATE chain SET anchor_digest = zeroblob(31)", entry: 1),
    Tampering(sql: "UPDATE chain SET key = zeroblob(32)", entry: 1),
  ]

  @Test(arguments: removals) func everyRemovalAndSwapIsFound(_ tampering: Tampering) throws {
    try expectFound(tampering)
  }

  private func expectFound(_ tampering: Tampering) throws {
    let test = try TestLog(entries: 5)
    try test.tamper(tampering.sql)
    let verification = try test.open(.reading).verify()
    #expect(!verification.isSound)
    #expect(verification.brokenEntry == tampering.entry, "\(verification)")
  }

  /// Changes of the tables themselves, after which columns contain what they never did.
  static let schemas = [
    "UPDATE entry SET time = 'x' WHERE number = 2", "UPDATE entry SET kind = 5 WHERE number = 2",
    "UPDATE entry SET number = NULL WHERE number = 2", "UPDATE entry SET digest = NULL",
    "UPDATE entry SET key = 1.5",
    "UPDATE entry SET query = 7, query_salt = 'x' WHERE number = 3",
    "UPDATE entry SET number = 9223372036854775807",
    "UPDATE shown SET place = 'x'", "UPDATE shown SET connector = NULL", "UPDATE shown SET hash = NULL",
    "UPDATE chain SET head = 'x'", "UPDATE chain SET head_digest = NULL", "UPDATE chain SET key = 3",
    "UPDATE chain SET head = 9223372036854775807", "UPDATE chain SET anchor = -9223372036854775808",
    "UPDATE chain SET erasure_pending = 'x', anchor = 5",
    "UPDATE entry SET time = -9223372036854775808 WHERE number = 2",
  ]

  @Test(.sqlite, arguments: schemas) func changedTablesAreFound(_ sql: String) throws {
    let test = try TestLog(entries: 3)
    let untyped = Self.columns.keys.sorted().map {
      "CREATE TABLE untyped AS SELECT * FROM \($0); DROP TABLE \($0); ALTER TABLE untyped RENAME TO \($0);"
    }
    try test.tamper(untyped.joined() + sql)
    let reading = try test.open(.reading)
    #expect(try !reading.verify().isSound)
    // The other calls return what there is, or an error.
    _ = try? reading.entries()
    _ = try? reading.entries(thatShowed: "c-2")
    let log = try? test.open()
    try? log?.append(TestLog.entry(4))
    try? log?.flush()
    _ = try? log?.removeEntries(olderThan: #require(Period("1d")))
    _ = try? log?.forget([ForgottenCandidate(id: "c-2")], texts: ["engineer"])
  }

  @Test func missingTablesAreAnError() throws {
    let test = try TestLog(entries: 3)
    try test.tamper("DROP TABLE shown")
    #expect(throws: SearchLogError.self) { try test.open(.reading).verify() }
  }

  @Test(.sqlite) func aDamagedPageIsAnErrorOrADefect() throws {
    let test = try TestLog(entries: 300)
    let size = try test.bytes().count
    for offset in stride(from: 4096, to: size, by: 4096 * 3) {
      let copy = try TestLog()
      var bytes = try Data(contentsOf: URL(fileURLWithPath: test.path))
      guard offset + 2_000 < bytes.count else { break }
      bytes.replaceSubrange(offset..<(offset + 2_000), with: Data(repeating: 0xA5, count: 2_000))
      try bytes.write(to: URL(fileURLWithPath: copy.path))
      let verification = Result { try copy.open(.reading).verify() }
      switch verification {
      case .success(let verification): #expect(!verification.isSound, "\(offset)")
      case .failure(let error): #expect(error is SearchLogError, "\(offset): \(error)")
      }
    }
  }

  @Test func aTailThatIsCutOffWithItsEndIsFoundByAKeptHead() throws {
    let test = try TestLog(entries: 5)
    let kept = try test.open(.reading).head()
    let digest = "(SELECT digest FROM entry WHERE number = 4)"
    try test.tamper(
      "UPDATE chain SET head = 4, head_digest = \(digest); DELETE FROM entry WHERE number = 5; "
        + "DELETE FROM shown WHERE entry = 5")
    let log = try test.open(.reading)
    // The limit that the documentation states.
    #expect(try log.verify().isSound)
    #expect(try log.verify(kept: kept).defect == .cutOff(last: 5))
  }

  @Test func aKeptHeadIsComparedWhereverItIs() throws {
    let test = try TestLog(entries: 3)
    let log = try test.open()
    let kept = try log.head()
    let text = kept.description
    #expect(LogHead(text) == kept)
    try log.append(TestLog.entry(4))
    try log.flush()
    #expect(try log.verify(kept: kept).isSound)
    let other = LogHead(number: 3, digest: LogDigest.origin)
    #expect(try log.verify(kept: other).defect == .differsFromKept)
  }

  @Test(arguments: [
    "", ":", "1", "1:", "x:00", "1:zz", "-1:" + String(repeating: "0", count: 64),
    "1:" + String(repeating: "0", count: 63), "1:" + String(repeating: "A", count: 64),
    "1:" + String(repeating: "é", count: 32), "1:2:" + String(repeating: "0", count: 64),
  ])
  func otherTextsAreNoHeads(_ text: String) { #expect(LogHead(text) == nil) }

  /// What the triggers refuse.
  static let refused = [
    "UPDATE entry SET time = 1 WHERE number = 2", "UPDATE entry SET query = 'x' WHERE number = 2",
    "UPDATE entry SET query_salt = x'00' WHERE number = 2", "UPDATE entry SET count = NULL WHERE number = 2",
    "UPDATE entry SET number = 90 WHERE number = 2", "DELETE FROM entry WHERE number = 2",
    "DELETE FROM entry",
    "DELETE FROM shown WHERE entry = 2", "UPDATE shown SET id = 'x' WHERE entry = 2",
    "UPDATE shown SET connector = 'x' WHERE entry = 2",
    "INSERT INTO shown VALUES (2, 9, 'c', 'x', x'00')", "INSERT INTO shown VALUES (9, 9, 'c', 'x', x'00')",
    "INSERT OR REPLACE INTO entry (number, time, kind, key, scope, program, request, digest) "
      + "VALUES (2, 1, '', '', '', '', '', x'')",
    "DELETE FROM chain", "UPDATE chain SET head = 1", "UPDATE chain SET anchor = 9",
    "UPDATE chain SET key = x''",
  ]

  @Test(arguments: refused) func theLogIsAppendOnly(_ sql: String) throws {
    let test = try TestLog(entries: 3)
    let error = #expect(throws: (any Error).self) { try test.execute(sql) }
    let text = error.map { "\($0)" } ?? ""
    #expect(text.contains("the search log is append-only") || text.contains("duplicate key"), "\(text)")
    #expect(try test.open(.reading).verify().isSound)
  }
}
