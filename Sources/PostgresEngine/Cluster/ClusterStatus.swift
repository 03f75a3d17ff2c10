/// How the postings of an index are divided over servers.
public struct ClusterStatus: Sendable, Hashable {
  /// One of the servers.
  public struct Server: Sendable, Hashable {
    /// Its name; `coordinator` for the one at the address of the index.
    public let name: String
    /// Its address, without a password.
    public let address: String
    /// Whether the coordinator can reach it.
    public let isReachable: Bool
    /// The partitions whose postings it has, ascending.
    public let partitions: [Int]
    /// The partitions that a move is bringing to it, ascending. The move must be repeated if it was interrupted.
    public let arriving: [Int]
    /// The size of its postings, in bytes; nil if it cannot be reached.
    public let bytes: Int?
    /// The number of candidates whose changes it lacks, or more: one that changed twice counts twice. Nil if it lacks all
    /// of a partition.
    public let lacking: Int?
  }

  /// The coordinator, then the other servers in the order in which they were added.
  public let servers: [Server]
  /// The number of partitions.
  public let partitionCount: Int
}

/// Why a cluster cannot be changed as requested.
public enum ClusterError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The index is on one server; `IndexCluster.create` divides it.
  case undivided
  /// The index is divided already.
  case divided
  /// The number of partitions is not from 2 to 64.
  case partitionCount(Int)
  /// There is no partition with this number.
  case noPartition(Int)
  /// No server has this name.
  case noServer(String)
  /// Another server has this name, or the coordinator.
  case nameTaken(String)
  /// A name that is not 1 to 40 small letters, digits, hyphens, underscores and periods.
  case name(String)
  /// The coordinator cannot use the server.
  case unusable(name: String, reason: String)

  /// The problem.
  public var description: String {
    switch self {
    case .undivided: "the index is not divided over servers"
    case .divided: "the index is divided already"
    case .partitionCount(let count): "an index can have 2 to 64 partitions, not \(count)"
    case .noPartition(let number): "there is no partition \(number)"
    case .noServer(let name): "there is no server \(name)"
    case .nameTaken(let name): "there is a server \(name) already"
    case .name(let name):
      "a server’s name has 1 to 40 small letters, digits, hyphens, underscores and periods: \(name.debugDescription)"
    case .unusable(let name, let reason): "\(name): \(reason)"
    }
  }
}
