import ArgumentParser
import CommandSupport
import PostgresEngine

/// `cand-search cluster init`: divides an index.
struct ClusterInit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Divide the postings into partitions, which stay on the coordinator at first.",
    discussion: "Writes the postings once. Changes wait meanwhile.")

  @OptionGroup var cluster: ClusterOptions

  @Option(help: "The number of partitions, from 2 to 64: as many as servers, or a multiple.")
  var partitions = IndexCluster.standardPartitionCount

  func run() throws {
    try cluster.run { try $0.create(partitions: partitions) }
    StandardError.write("divided into \(partitions) partitions")
  }
}

/// `cand-search cluster add-server`: makes a server known.
struct ClusterAddServer: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add-server",
    abstract: "Add a PostgreSQL server, to which partitions can be moved.",
    discussion: """
      The address must lead to the server from here and from the coordinator. libpq reads a password from ~/.pgpass or \
      from PGPASSWORD; the coordinator stores it, since its own connections need it. The extension postgres_fdw is created \
      where it is missing, for which the role must be a superuser or the database's owner must have it.
      """)

  @OptionGroup var cluster: ClusterOptions

  @Option(help: "The name of the server in messages; else its host.")
  var name: String?

  @Argument(help: "postgresql://USER@HOST/DATABASE")
  var address: String

  func run() throws {
    let added = try cluster.run { try $0.addServer(address, name: name) }
    StandardError.write("added \(added)")
  }
}

/// `cand-search cluster remove-server`: moves everything off a server.
struct ClusterRemoveServer: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove-server",
    abstract: "Move the partitions of a server to the others, and remove it.",
    discussion: "The server may be down: postings are made from the records. Then its tables stay there.")

  @OptionGroup var cluster: ClusterOptions

  @Argument(help: "The name of the server.")
  var name: String

  func run() throws {
    try cluster.runMoves { try $0.removeServer(name, onProgress: $1) }
    StandardError.write("removed \(name)")
  }
}
