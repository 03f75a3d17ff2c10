import ArgumentParser
import CommandSupport
import PostgresEngine

/// `cand-search cluster`: the commands for an index on several PostgreSQL servers.
struct ClusterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cluster",
    abstract: "Divide an index on a PostgreSQL server over several servers.",
    discussion: """
      The server at the address of the index, the coordinator, keeps candidates, records, statistics and the search log. \
      Their postings, which take most of the room and the work, are divided into partitions, each of which is on one server:

      export CAND_SEARCH_INDEX=postgresql://app@db1/candidates
      cand-search cluster init
      cand-search cluster add-server postgresql://app@db2/candidates
      cand-search cluster move 3-5 db2

      Searches and changes continue meanwhile. Each command can be interrupted, and run again.
      """,
    subcommands: [
      ClusterInit.self, ClusterAddServer.self, ClusterStatusCommand.self, ClusterMoveCommand.self,
      ClusterRemoveServer.self,
      ClusterCatchUpCommand.self,
    ])
}

/// The index whose servers a command changes.
struct ClusterOptions: ParsableArguments {
  @OptionGroup var index: IndexOptions
  @OptionGroup var scope: ScopeOptions

  /// Calls `body` with the cluster.
  func run<T>(_ body: (IndexCluster) throws -> T) throws -> T {
    let location = try index.settings(scope).expectingAll().location
    guard location.isOnServer else {
      throw ExitStatus.fail(NotOnServer(path: location.shownPath), .wrongUsage)
    }
    do {
      return try body(IndexCluster(url: location.existingPath()))
    } catch let error as ClusterError {
      throw ExitStatus.fail(error, .wrongUsage)
    }
  }

  /// Calls `body` with the cluster, and shows how far moves have come.
  func runMoves(_ body: (IndexCluster, _ onProgress: (IndexCluster.MoveProgress) -> Void) throws -> Void)
    throws
  {
    try run { cluster in
      let progress = ProgressLine()
      try body(cluster) { progress.show(records: $0.candidates) }
      progress.clear()
    }
  }

  private struct NotOnServer: Error, CustomStringConvertible {
    let path: String

    var description: String {
      "\(path): only an index on a PostgreSQL server can be divided; name one with --index postgresql://…"
    }
  }
}

extension ClusterError: AdvisableError {
  /// What to type or to check.
  public var advice: String? {
    switch self {
    case .undivided: "divide it with: cand-search cluster init"
    case .divided, .noPartition, .noServer: "see: cand-search cluster status"
    case .nameTaken, .name: "name another with --name"
    case .unusable: "check the address, from here and from the coordinator, and what the role may do"
    case .partitionCount: nil
    }
  }
}
