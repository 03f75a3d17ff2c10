import Foundation

/// The hosts of an address, which are tried one after another: libpq's asynchronous interface has no time limit for each,
/// so that a host that does not answer would keep the others from being tried.
extension PostgresAddress {
  /// Connects to the first host that answers in time and has the role that `target_session_attrs` requires.
  /// - Throws: `PostgresError`; of the kind `readOnly` if changes are required, and only hosts that accept none answer.
  func connect(_ parameters: [String: String]) throws -> PostgresConnection {
    var problems: [String] = []
    var answering: [[String: String]] = []
    for role in Self.roles(of: parameters) {
      problems.removeAll()
      answering.removeAll()
      for host in Self.hosts(of: parameters) {
        let host = host.merging(role) { $1 }
        let begin = ContinuousClock.now
        do {
          return try PostgresConnection(host, timeout: timeout)
        } catch let error as PostgresError where error.kind == .connection {
          problems.append(error.message)
          if ContinuousClock.now - begin < timeout { answering.append(host) }
        }
      }
    }
    let error = PostgresError.connection(problems.joined(separator: " "))
    guard ["read-write", "primary"].contains(parameters["target_session_attrs"]) else { throw error }
    for host in answering {
      let host = host.merging(["target_session_attrs": "any"]) { $1 }
      guard (try? PostgresConnection(host, timeout: timeout)) == nil else {
        throw PostgresError(
          kind: .readOnly, message: "no primary answers, only a replica or a server for reading alone")
      }
    }
    throw error
  }

  /// The roles of a host to look for, from the preferred one on, as parameters.
  private static func roles(of parameters: [String: String]) -> [[String: String]] {
    guard parameters["target_session_attrs"] == "prefer-standby" else { return [[:]] }
    return ["standby", "any"].map { ["target_session_attrs": $0] }
  }

  /// The parameters of each host alone. Where the numbers of hosts and ports differ, libpq says so.
  private static func hosts(of parameters: [String: String]) -> [[String: String]] {
    let lists = ["host", "hostaddr", "port"].compactMap { keyword in
      parameters[keyword].map { (keyword, $0.split(separator: ",", omittingEmptySubsequences: false)) }
    }
    let count = lists.filter { $0.0 != "port" }.map(\.1.count).max() ?? 1
    guard count > 1, lists.allSatisfy({ $0.1.count == count || $0.0 == "port" && $0.1.count == 1 }) else {
      return [parameters]
    }
    let hosts = (0..<count).map { i in
      parameters.merging(lists.map { ($0.0, String($0.1[$0.1.count == 1 ? 0 : i])) }) { $1 }
        // libpq's default.
        .filter { !$0.value.isEmpty || !["host", "hostaddr", "port"].contains($0.key) }
    }
    return parameters["load_balance_hosts"] == "random" ? hosts.shuffled() : hosts
  }
}
