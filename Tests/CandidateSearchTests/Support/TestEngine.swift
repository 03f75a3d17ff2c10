import Foundation
import PostgresEngine
import Synchronization
import TestSupport
import Testing

@testable import CandidateSearch
@testable import PostgresEngine

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
    if TestedEngine.isCluster { try divide(address) }
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
    if TestedEngine.isCluster { try separate(address) }
    let index = try CandidateIndex(url: address, access: .writing)
    databases.withLock { $0.append(Database(address: address, engine: index.engine as AnyObject)) }
    return index
  }
}

extension TestEngine {
  /// The servers of clusters besides the shared one.
  private static let others = Result { try (0..<2).map { _ in try PostgresServer() } }

  /// Divides an index over three servers.
  private static func divide(_ address: String) throws {
    let cluster = try IndexCluster(url: address)
    try cluster.create(partitions: 3)
    for (i, server) in try others.get().enumerated() {
      try cluster.addServer(server.address(database: "postgres"), name: "other\(i)")
      try cluster.move([i], to: "other\(i)")
    }
  }

  /// Makes tables on the other servers for the copy of a divided index that is empty.
  private static func separate(_ address: String) throws {
    let schema = "cand_search_copy\(address.split(separator: "/").last ?? "")"
    var statements = [
      "UPDATE cand_search.setting SET bytes = '\(schema)'::bytea WHERE name = '\(ClusterLayout.schemaSetting)'"
    ]
    func point(_ table: String, to schema: String) {
      statements.append("ALTER FOREIGN TABLE cand_search.\(table) OPTIONS (SET schema_name '\(schema)')")
    }
    for (i, server) in try others.get().enumerated() {
      let schema = "\(schema)_\(i + 1)"
      for relation in ClusterSchema.relations { point("\(relation)_\(i)", to: schema) }
      point(ClusterSchema.sizes(of: i + 1), to: schema)
      let own = ClusterSchema.member(schema) + ClusterSchema.local("\(schema).", i, of: 3)
      try server.psql((own + [ClusterSchema.index("\(schema).", i)]).joined(separator: ";"))
    }
    try PostgresServer.shared.get().psql(
      statements.joined(separator: ";"), database: String(address.split(separator: "/").last ?? ""))
  }
}

extension CandidateIndex {
  /// An empty index on the engine of the tests.
  static func empty() throws -> CandidateIndex {
    TestedEngine.isPostgres ? try TestEngine.onServer() : try inMemory()
  }
}
