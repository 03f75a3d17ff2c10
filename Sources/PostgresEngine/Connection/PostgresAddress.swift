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
    let scheme = text.prefix { $0 != "/" } + "//"
    let rest = text.dropFirst(scheme.count)
    let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
    let user = rest[..<end].lastIndex(of: "@").map { rest[..<$0] } ?? ""
    // What is shown has no password, whatever else is wrong.
    let shown = user.prefix { $0 != ":" } + (user.isEmpty ? "" : "@")
    let shownRest = rest[(user.isEmpty ? rest.startIndex : rest.index(after: user.endIndex))...].prefix {
      $0 != "?"
    }
    location = String(scheme + shown + shownRest)
    if user.contains(":") { throw Self.passwordError(location) }
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
    if parameters["password"] != nil { throw Self.passwordError(location) }
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

  /// The time that a connection attempt may take: libpq's own limit is for each host.
  var timeout: Duration {
    .seconds(parameters["connect_timeout"].flatMap(Int.init).map { max(2, $0) } ?? 10)
  }
}
