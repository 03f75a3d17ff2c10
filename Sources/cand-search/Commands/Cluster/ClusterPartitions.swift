import ArgumentParser
import CommandSupport
import PostgresEngine

/// `cand-search cluster move`: moves partitions to a server.
struct ClusterMoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "move",
    abstract: "Move partitions to a server while searches and changes continue.",
    discussion: "One that was interrupted continues when it is run again.")

  @OptionGroup var cluster: ClusterOptions

  @Argument(help: "The partitions: numbers and ranges, such as 0,3-5.")
  var partitions: PartitionList

  @Argument(help: "The name of the server; coordinator for the one at the address of the index.")
  var server: String

  func run() throws {
    try cluster.runMoves { try $0.move(partitions.numbers, to: server, onProgress: $1) }
    StandardError.write("moved \(partitions.text) to \(server)")
  }
}

/// Numbers of partitions, as they are typed.
struct PartitionList: ExpressibleByArgument {
  let text: String
  let numbers: [Int]

  /// More than any index has.
  private static let maximumNumber = 1_000

  init?(argument: String) {
    text = argument
    var numbers: [Int] = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      guard 1...2 ~= ends.count, let first = ends[0], let last = ends[ends.count - 1],
        0...Self.maximumNumber ~= first, first...Self.maximumNumber ~= last
      else { return nil }
      numbers += first...last
    }
    self.numbers = numbers
  }
}

/// `cand-search cluster catch-up`: brings servers up to date.
struct ClusterCatchUpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catch-up",
    abstract: "Write to the servers the changes that they lack.",
    discussion: """
      A server that was down lacks the changes of that time, and searches report it as missing. The next change of the \
      index, such as a sync, does the same as this command.
      """)

  @OptionGroup var cluster: ClusterOptions

  func run() throws {
    try cluster.run { cluster in
      try cluster.catchUp()
      let lacking = try cluster.status().servers.filter { $0.lacking != 0 }
      guard lacking.isEmpty else {
        let names = lacking.map(\.name).joined(separator: ", ")
        StandardError.write("cand-search: \(names): cannot be reached, and still lacks changes")
        throw ExitStatus.unusable
      }
    }
  }
}
