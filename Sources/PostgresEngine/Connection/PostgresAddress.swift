import CPostgres
import CandidateSearch
import Foundation

/// Where an index is on a PostgreSQL server: libpq's address without a password.
struct PostgresAddress: Sendable {
  /// libpq's parameters, by keyword.
  let parameters: [String: String]
  /// The address for messages.
  let location: String

  /// Whether a text is the address of an index on a server.
  static func isAddress(_ text: String) -> Bool {
    text.hasPrefix("postgresql://") || text.hasPrefix("postgres://")
  }

  /// Reads an address: `postgresql://user@host:port,host:port/database?parameter=value`.
  /// - Throws: `IndexError`: for what is no address, and for a password, which other users of the machine could see.
  init(_ text: String) throws {
    let parts = Parts(text)
    location = parts.shown
    if parts.hasPassword { throw Self.passwordError(location) }
    let library: CPGFunctions
    do {
      library = try PostgresLibrary.functions()
    } catch {
      throw IndexError.failed(
        path: location, reason: "PostgreSQL's client library cannot be loaded: \(error.reason)")
    }
    var problem: UnsafeMutablePointer<CChar>?
    guard let options = library.PQconninfoParse(text, &problem) else {
      // libpq's message may repeat the address.
      library.PQfreemem(problem)
      throw IndexError.failed(path: location, reason: "this is no address of a PostgreSQL server")
    }
    defer { library.PQconninfoFree(options) }
    var parameters: [String: String] = [:]
    var option = options
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val { parameters[String(cString: keyword)] = String(cString: value) }
      option += 1
    }
    if ["password", "sslpassword"].contains(where: { parameters[$0] != nil }) {
      throw Self.passwordError(location)
    }
    // libpq would find out when it connects, and cite what may be a part of a password.
    for port in parameters["port"]?.split(separator: ",") ?? []
    where !(Int(port).map { 1...65535 ~= $0 } ?? false) {
      throw IndexError.failed(path: location, reason: "the port is no number from 1 to 65535")
    }
    if let limit = parameters["connect_timeout"], Int(limit) == nil {
      throw IndexError.failed(path: location, reason: "connect_timeout is no number of seconds")
    }
    if parameters["dbname"] == nil {
      throw IndexError.failed(path: location, reason: "the address names no database")
    }
    parameters["client_encoding"] = "UTF8"
    if parameters["application_name"] == nil { parameters["application_name"] = "cand-search" }
    // A connection to a server that is gone ends after half a minute.
    for (keyword, value) in [
      ("keepalives_idle", "10"), ("keepalives_interval", "5"), ("keepalives_count", "4"),
      ("tcp_user_timeout", "30000"),
    ]
    where parameters[keyword] == nil {
      parameters[keyword] = value
    }
    self.parameters = parameters
  }

  /// An address as it may be printed. With a password among its parameters, these are left out.
  static func shown(_ text: String) -> String {
    let parts = Parts(text)
    let keywords = parts.parameters.dropFirst().split(separator: "&").map { pair in
      String(pair.prefix { $0 != "=" }).removingPercentEncoding ?? "password"
    }
    return parts.shown + (keywords.contains { $0.contains("password") } ? "" : parts.parameters)
  }

  /// The parts of the text of an address, which may be wrong.
  private struct Parts {
    /// The text without a password and parameters.
    let shown: String
    let hasPassword: Bool
    /// From the question mark on.
    let parameters: String

    init(_ text: String) {
      let scheme = text.prefix { $0 != "/" } + "//"
      let rest = text.dropFirst(scheme.count)
      // A password may contain any character. What precedes the last @ may be one, but for the value of a parameter.
      let question = rest.firstIndex(of: "?") ?? rest.endIndex
      let value = rest[question...].firstIndex(of: "=") ?? rest.endIndex
      let end = rest[..<question].lastIndex(of: "@") ?? rest[..<value].lastIndex(of: "@")
      let user = end.map { rest[..<$0] } ?? ""
      let place = rest[(end ?? rest.startIndex)...]
      let shownPlace = place.prefix { $0 != "?" }
      shown = String(scheme + user.prefix { $0 != ":" } + shownPlace)
      hasPassword = user.contains(":")
      parameters = String(place.dropFirst(shownPlace.count))
    }
  }

  private static func passwordError(_ location: String) -> IndexError {
    .failed(
      path: location,
      reason:
        "a password in an address can be seen by others: libpq reads it from ~/.pgpass or from PGPASSWORD")
  }

  /// The name of the database.
  var database: String { parameters["dbname"] ?? "" }

  /// The parameters for a connection that changes the index: of several hosts, the one that accepts changes.
  var forWriting: [String: String] { parameters.merging(["target_session_attrs": "read-write"]) { $1 } }

  /// The parameters for a connection to the host that is no replica.
  var ofPrimary: [String: String] { parameters.merging(["target_session_attrs": "primary"]) { $1 } }

  /// The time that a connection attempt may take: libpq's own limit is for each host.
  var timeout: Duration {
    .seconds(parameters["connect_timeout"].flatMap(Int.init).map { max(2, $0) } ?? 10)
  }
}
