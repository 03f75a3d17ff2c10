import ArgumentParser
import CandidateJSON
import CommandSupport
import PostgresEngine

/// `cand-search cluster status`: prints which server has what.
struct ClusterStatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Print the servers, their partitions, and what they lack.",
    discussion: """
      ARRIVING is what a move has not finished. LACKING counts the candidates whose changes a server does not have yet.

      Exit: 4 if a server cannot be reached or lacks changes.
      """)

  @OptionGroup var cluster: ClusterOptions

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let status = try cluster.run { try $0.status() }
    try StandardOutput.print(json ? Self.json(status).text + "\n" : Self.text(status))
    if status.servers.contains(where: { !$0.isReachable || $0.lacking != 0 }) { throw ExitStatus.unusable }
  }

  private static let headers = ["SERVER", "STATE", "PARTITIONS", "ARRIVING", "LACKING", "MB", "ADDRESS"]

  private static func text(_ status: ClusterStatus) -> String {
    TextTable.text([headers] + status.servers.map(row))
  }

  private static func row(_ server: ClusterStatus.Server) -> [String] {
    [
      server.name, server.isReachable ? "up" : "down", list(server.partitions), list(server.arriving),
      server.lacking.map { "\($0)" } ?? "all of a partition",
      server.bytes.map { "\($0 / 1_000_000)" } ?? "-", server.address,
    ]
  }

  private static func list(_ numbers: [Int]) -> String {
    numbers.isEmpty ? "-" : numbers.map { "\($0)" }.joined(separator: ",")
  }

  private static func json(_ status: ClusterStatus) -> JSONValue {
    .object([
      ("partitions", .number(status.partitionCount)),
      (
        "servers",
        .list(
          status.servers.map { server in
            .object([
              ("name", .string(server.name)), ("address", .string(server.address)),
              ("reachable", .bool(server.isReachable)),
              ("partitions", .list(server.partitions.map { .number($0) })),
              ("arriving", .list(server.arriving.map { .number($0) })),
              ("lacking", server.lacking.map { .number($0) } ?? .null),
              ("bytes", server.bytes.map { .number($0) } ?? .null),
            ])
          })
      ),
    ])
  }
}
