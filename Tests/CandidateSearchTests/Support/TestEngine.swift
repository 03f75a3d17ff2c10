import Foundation
import PostgresEngine
import Synchronization
import TestSupport
import Testing

@testable import CandidateSearch

/// The engine that the tests of the library run on: SQLite in memory, or a PostgreSQL server of the tests. Both must answer
/// the same.
enum TestEngine {
  /// The databases of indexes that may be gone, so that the server does not keep one for every test.
  private struct Database: @unchecked Sendable {
    let address: String
    weak var engine: AnyObject?
  }
  private static let databases = Mutex<[Database]>([])

  /// The name of a database with the tables of an index, which are created once.
  private static let template = Result {
    let address = try PostgresServer.shared.get().newDatabase()
    _ = try CandidateIndex(url: address, access: .writing)
    return String(address.split(separator: "/").last ?? "")
  }

  /// An empty index on a server.
  static func onServer() throws -> CandidateIndex {
    let server = try PostgresServer.shared.get()
    let unused = databases.withLock { databases in
      let unused = databases.filter { $0.engine == nil }
      databases.removeAll { $0.engine == nil }
      return unused
    }
    for database in unused { try? server.drop(database.address) }
    let address = try server.newDatabase(like: template.get())
    // A copy has the key of the other index, which signs cursors.
    try server.psql(
      "UPDATE cand_search.setting SET bytes = decode(md5(random()::text) || md5(random()::text), 'hex') WHERE name = 'cursor_key'",
      database: String(address.split(separator: "/").last ?? ""))
    let index = try CandidateIndex(url: address, access: .writing)
    databases.withLock { $0.append(Database(address: address, engine: index.engine as AnyObject)) }
    return index
  }
}

extension CandidateIndex {
  /// An empty index on the engine of the tests.
  static func empty() throws -> CandidateIndex {
    TestedEngine.isPostgres ? try TestEngine.onServer() : try inMemory()
  }
}
