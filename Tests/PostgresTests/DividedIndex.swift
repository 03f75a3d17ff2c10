import BenchmarkCorpus
import CandidateModel
import PostgresEngine
import TestSupport

@testable import CandidateSearch

/// An index that is divided over three servers, with three partitions on the coordinator or one on each.
struct DividedIndex {
  static let names = ["north", "south"]

  /// The coordinator.
  let server: PostgresServer
  /// The other servers, in the order of their names.
  let others: [PostgresServer]
  let address: String
  let cluster: IndexCluster

  init(_ server: PostgresServer, _ others: [PostgresServer], isSpread: Bool = true, partitions: Int = 3)
    throws
  {
    self.server = server
    self.others = others
    address = try server.newDatabase()
    _ = try CandidateIndex(url: address, access: .writing)
    cluster = try IndexCluster(url: address)
    try cluster.create(partitions: partitions)
    for (name, other) in zip(Self.names, others) {
      try cluster.addServer(other.address(database: "postgres"), name: name)
    }
    if isSpread { for (i, name) in Self.names.enumerated() { try cluster.move([i], to: name) } }
  }

  func open(_ access: CandidateIndex.Access = .writing) throws -> CandidateIndex {
    try CandidateIndex(url: address, access: access)
  }

  /// The partitions of each server, by name.
  func partitions() throws -> [String: [Int]] {
    Dictionary(uniqueKeysWithValues: try cluster.status().servers.map { ($0.name, $0.partitions) })
  }

  static func records(_ range: Range<Int>, revision: Int = 0) -> [String] {
    let corpus = Corpus(seed: 21)
    return range.map { i in
      let record = String(decoding: corpus.record(i), as: UTF8.self)
      return revision == 0
        ? record : record.replacing(#""title":""#, with: #""title":"Revised\#(revision) "#)
    }
  }

  /// What the names of its schemas on other servers begin with.
  func schema() throws -> String {
    try server.psql(
      "SELECT convert_from(bytes, 'UTF8') FROM cand_search.setting WHERE name = 'cluster_schema'",
      database: PostgresServer.database(address))
  }

  /// Three servers for the tests of a suite.
  static func servers() -> Result<[PostgresServer], any Error> {
    Result { try (0..<3).map { _ in try PostgresServer() } }
  }
}
