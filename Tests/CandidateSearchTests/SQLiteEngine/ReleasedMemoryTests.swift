import BenchmarkCorpus
import GRDB
import GRDBSQLite
import TestSupport
import Testing

@testable import CandidateSearch

/// The connections of an index opened for writing keep no pages that they were told to release.
@Suite struct ReleasedMemoryTests {
  enum Connection: CaseIterable { case writing, reading }

  /// The bytes of the pages that a connection has cached.
  private static func cachedBytes(_ db: Database) throws -> Int {
    let connection = try #require(db.sqliteConnection)
    var (current, highest): (Int32, Int32) = (0, 0)
    try #require(
      sqlite3_db_status(connection, SQLITE_DBSTATUS_CACHE_USED, &current, &highest, 0) == SQLITE_OK)
    return Int(current)
  }

  @Test(arguments: Connection.allCases) func pagesAreReleased(by connection: Connection) throws {
    let folder = try TemporaryFolder()
    let index = try CandidateIndex(path: folder.file("candidates.db"), access: .writing)
    try index.add((0..<1_000).map { String(decoding: Corpus(seed: 3).record($0), as: UTF8.self) })
    let pool = try #require((index.engine as? SQLiteEngine)?.reader as? DatabasePool)
    func cachedBytes(afterReading: Bool) throws -> Int {
      func measure(_ db: Database) throws -> Int {
        if afterReading { _ = try Row.fetchAll(db, sql: "SELECT * FROM record") }
        return try Self.cachedBytes(db)
      }
      return switch connection {
      case .writing: try pool.writeWithoutTransaction(measure)
      case .reading: try pool.read(measure)
      }
    }
    #expect(try cachedBytes(afterReading: true) > 500_000)
    index.releaseMemory()
    #expect(try cachedBytes(afterReading: false) < 100_000)
    #expect(try index.search("engineer").hits.isEmpty == false)
  }
}
