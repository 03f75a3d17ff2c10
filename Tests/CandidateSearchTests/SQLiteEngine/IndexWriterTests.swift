import Foundation
import GRDB
import TestSupport
import Testing

@testable import CandidateSearch

@Suite(.sqlite) struct IndexWriterTests {
  private struct Failure: Error {}

  private func writer(_ folder: TemporaryFolder) throws -> IndexWriter {
    let file = IndexFile(path: folder.file("index.db"))
    let writer = IndexWriter(try file.openForWriting(), of: file)
    try writer.write { try $0.execute(sql: "CREATE TABLE part (bytes BLOB)") }
    return writer
  }

  /// A megabyte in a transaction.
  private func add(_ writer: IndexWriter, isLarge: Bool) throws {
    try writer.write { db, large in
      large = isLarge
      try db.execute(sql: "INSERT INTO part VALUES (randomblob(1000000))")
    }
  }

  private func size(_ writer: IndexWriter, _ ending: String = "") throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: writer.path + ending)
    return attributes[.size] as? Int ?? 0
  }

  private func checkpointPages(_ writer: IndexWriter) throws -> Int? {
    try writer.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA wal_autocheckpoint") }
  }

  @Test func whatLargeTransactionsWriteIsMovedToTheFile() throws {
    let folder = try TemporaryFolder()
    let writer = try writer(folder)
    for _ in 0..<40 { try add(writer, isLarge: true) }
    #expect(try size(writer, "-wal") < 15_000_000)
    #expect(try writer.emptyWAL())
    #expect(try size(writer, "-wal") == 0)
    #expect(try size(writer) > 40_000_000)
    #expect(try checkpointPages(writer) == 1_000)
    #expect(
      try writer.read { try Int.fetchOne($0, sql: "SELECT sum(length(bytes)) FROM part") } == 40_000_000)
  }

  /// A reader of an older state keeps the WAL as it is; nothing waits long for it, and nothing is lost.
  @Test func aReaderDoesNotStopLargeTransactions() throws {
    let folder = try TemporaryFolder()
    let writer = try writer(folder)
    try writer.read { db in
      #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM part") == 0)
      for _ in 0..<10 { try add(writer, isLarge: true) }
      #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM part") == 0)
    }
    #expect(try size(writer) < 1_000_000)
    try add(writer, isLarge: true)
    #expect(try writer.emptyWAL())
    #expect(try size(writer) > 11_000_000)
    #expect(try writer.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM part") } == 11)
  }

  /// The WAL is emptied also while the other thread moves what a transaction has written.
  @Test func theWALIsEmptiedAfterAnyTransaction() throws {
    let folder = try TemporaryFolder()
    let writer = try writer(folder)
    for _ in 0..<20 {
      try add(writer, isLarge: true)
      #expect(try writer.emptyWAL())
      #expect(try size(writer, "-wal") == 0)
    }
  }

  /// A full disk ends a transaction; no other statement can run before it is known why.
  @Test func aTransactionThatSQLiteEndsFailsWithItsError() throws {
    let folder = try TemporaryFolder()
    let writer = try writer(folder)
    try writer.write { try $0.execute(sql: "CREATE UNIQUE INDEX once ON part (bytes)") }
    let error = #expect(throws: DatabaseError.self) {
      try writer.write { db, isLarge in
        isLarge = true
        try db.withCache(kibibytes: 100) {
          for _ in 0..<2 { try db.execute(sql: "INSERT OR ROLLBACK INTO part VALUES (1)") }
        }
      }
    }
    #expect(error?.resultCode == .SQLITE_CONSTRAINT)
    #expect(try writer.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM part") } == 0)
    #expect(try checkpointPages(writer) == 1_000)
  }

  @Test func aTransactionThatFailsChangesNothing() throws {
    let folder = try TemporaryFolder()
    let writer = try writer(folder)
    #expect(throws: Failure.self) {
      try writer.write { db, isLarge in
        isLarge = true
        try db.execute(sql: "INSERT INTO part VALUES (1)")
        throw Failure()
      }
    }
    #expect(try writer.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM part") } == 0)
    #expect(try checkpointPages(writer) == 1_000)
  }

  /// Small transactions after a large one must not leave the WAL to grow.
  @Test func sqliteMovesWhatSmallTransactionsWrite() throws {
    let folder = try TemporaryFolder()
    let writer = try writer(folder)
    try add(writer, isLarge: true)
    for _ in 0..<40 { try add(writer, isLarge: false) }
    #expect(try size(writer, "-wal") < 25_000_000)
    #expect(try size(writer) > 20_000_000)
  }
}
