import Foundation
import PostgresEngine
import TestSupport
import Testing

@testable import CandidateSearch

/// Addresses that name no index, and those that do in unusual ways.
@Suite(.mustEnd) struct AddressTests {
  /// An address: what a search prints and how it ends, and the same for a load.
  struct Case: Sendable, CustomStringConvertible {
    let description: String
    /// PORT, NEWDB and INDEX stand for the server's port, an empty database and one with an index.
    let address: String
    let search: (exit: Int32, message: String)
    let load: (exit: Int32, message: String)

    init(
      _ description: String, _ address: String, search: (Int32, String), load: (Int32, String)? = nil
    ) {
      self.description = description
      self.address = address
      self.search = search
      self.load = load ?? search
    }
  }

  private static let noAddress = "this is no address of a PostgreSQL server"
  private static let password = "a password in an address can be seen by others"

  static let cases: [Case] = [
    Case("an index", "postgresql://postgres@127.0.0.1:PORT/INDEX", search: (0, ""), load: (0, "added")),
    Case("the short scheme", "postgres://postgres@127.0.0.1:PORT/INDEX", search: (0, ""), load: (0, "added")),
    Case(
      "several hosts, the first is down", "postgresql://postgres@127.0.0.1:1,127.0.0.1:PORT/INDEX",
      search: (0, ""), load: (0, "added")),
    Case(
      "an escape", "postgresql://postgres@127.0.0.1:PORT/IND%45X", search: (0, ""), load: (0, "added")),
    Case(
      "all hosts are down", "postgresql://postgres@127.0.0.1:1,127.0.0.1:2/INDEX",
      search: (4, "the server cannot be reached")),
    Case(
      "no database", "postgresql://postgres@127.0.0.1:PORT", search: (4, "the address names no database")),
    Case(
      "an empty database", "postgresql://postgres@127.0.0.1:PORT/",
      search: (4, "the address names no database")),
    Case("nothing", "postgresql://", search: (4, "the address names no database")),
    Case(
      "an unknown parameter", "postgresql://postgres@127.0.0.1:PORT/INDEX?colour=red", search: (4, noAddress)),
    Case("a parameter without a value", "postgresql://127.0.0.1:PORT/INDEX?user", search: (4, noAddress)),
    Case("a broken escape", "postgresql://postgres@127.0.0.1:PORT/IND%4", search: (4, noAddress)),
    Case("an escape of no digits", "postgresql://postgres@127.0.0.1:PORT/%zz", search: (4, noAddress)),
    Case("an escaped NUL", "postgresql://postgres@127.0.0.1:PORT/IND%00EX", search: (4, noAddress)),
    Case("a broken IPv6 address", "postgresql://postgres@[::1/INDEX", search: (4, noAddress)),
    Case(
      "a port that is no number", "postgresql://postgres@127.0.0.1:http/INDEX",
      search: (4, "the port is no number from 1 to 65535")),
    Case(
      "a port of 0", "postgresql://postgres@127.0.0.1:0/INDEX",
      search: (4, "the port is no number from 1 to 65535")),
    Case(
      "a port that is too high", "postgresql://postgres@127.0.0.1:65536/INDEX",
      search: (4, "the port is no number from 1 to 65535")),
    Case(
      "a port of one host too many", "postgresql://postgres@127.0.0.1/INDEX?port=PORT,PORT",
      search: (4, "the server cannot be reached")),
    Case(
      "a Unix socket without a server", "postgresql://postgres@%2Fnonexistent/INDEX",
      search: (4, "the server cannot be reached")),
    Case(
      "a Unix socket as a parameter", "postgresql:///INDEX?host=/nonexistent&user=postgres",
      search: (4, "the server cannot be reached")),
    Case(
      "a host that does not exist", "postgresql://postgres@nowhere.invalid/INDEX",
      search: (4, "the server cannot be reached")),
    Case(
      "a time limit that is no number", "postgresql://postgres@127.0.0.1:PORT/INDEX?connect_timeout=soon",
      search: (4, "connect_timeout is no number")),
    Case("a password", "postgresql://postgres:sesame1@127.0.0.1:PORT/INDEX", search: (4, password)),
    Case("an empty password", "postgresql://postgres:@127.0.0.1:PORT/INDEX", search: (4, password)),
    Case(
      "a password as a parameter", "postgresql://postgres@127.0.0.1:PORT/INDEX?password=sesame1",
      search: (4, password)),
    Case(
      "a password of a key", "postgresql://postgres@127.0.0.1:PORT/INDEX?sslpassword=sesame1",
      search: (4, password)),
    Case(
      "a password with a slash", "postgresql://postgres:ses/ame1@127.0.0.1:PORT/INDEX", search: (4, password)),
    Case(
      "a password with a question mark", "postgresql://postgres:ses?ame1@127.0.0.1:PORT/INDEX",
      search: (4, password)),
    Case(
      "a password with an at sign", "postgresql://postgres:ses@ame1@127.0.0.1:PORT/INDEX",
      search: (4, password)),
    Case(
      "a password in a broken address", "postgresql://postgres:sesame1%@127.0.0.1:PORT/INDEX?x",
      search: (4, password)
    ),
    Case(
      "a database that does not exist", "postgresql://postgres@127.0.0.1:PORT/nowhere",
      search: (4, #"database "nowhere" does not exist"#)),
    Case(
      "an address as the name of a database",
      "postgresql://postgres@127.0.0.1:PORT/postgresql%3A%2F%2Fpostgres%40127.0.0.1%3APORT%2FINDEX",
      search: (4, "does not exist")),
    Case(
      "a database without an index", "postgresql://postgres@127.0.0.1:PORT/NEWDB",
      search: (4, "there is no index here; make one with"), load: (0, "added")),
    Case(
      "an index of a newer version", "postgresql://postgres@127.0.0.1:PORT/NEWER",
      search: (4, "written by a newer version of cand-search")),
    Case(
      "an index of a newer document", "postgresql://postgres@127.0.0.1:PORT/NEWDOC",
      search: (4, "written by a newer version of cand-search")),
    Case(
      "an index of an older document", "postgresql://postgres@127.0.0.1:PORT/OLDDOC",
      search: (4, "written by an older version of cand-search")),
    Case(
      "a role that may read", "postgresql://reader@127.0.0.1:PORT/INDEX", search: (0, ""),
      load: (4, "cannot be written (permission denied")),
    Case(
      "a role that may not read", "postgresql://stranger@127.0.0.1:PORT/INDEX",
      search: (4, "cannot be read (permission denied"), load: (4, "cannot be written (permission denied")),
    Case(
      "a role that does not exist", "postgresql://nobody2@127.0.0.1:PORT/INDEX",
      search: (4, #"role "nobody2" does not exist"#)),
    Case(
      "a role that may not create tables", "postgresql://reader@127.0.0.1:PORT/EMPTY2",
      search: (4, "there is no index here"), load: (4, "cannot be written (permission denied")),
    Case(
      "a database that only accepts searches", "postgresql://postgres@127.0.0.1:PORT/READONLY",
      search: (0, ""),
      load: (4, "cannot be")),
    Case(
      "another encoding", "postgresql://postgres@127.0.0.1:PORT/LATIN", search: (4, "there is no index here"),
      load: (4, "the database's encoding is LATIN1, not UTF8")),
    Case(
      "a replica is wanted where none is",
      "postgresql://postgres@127.0.0.1:PORT/INDEX?target_session_attrs=standby",
      search: (4, "the server cannot be reached"), load: (0, "added")),
  ]

  private static let databases = Result {
    let server = try PostgresServer.shared.get()
    func database(_ name: String, _ template: String = "template1", _ options: String = "") throws {
      try server.psql("CREATE DATABASE \(name) TEMPLATE \(template) \(options)")
    }
    try server.psql("CREATE ROLE reader LOGIN; CREATE ROLE stranger LOGIN")
    try database("index")
    let address = server.address(database: "index")
    try CandidateIndex(url: address, access: .writing).add([#"{"id":"a","first_name":"Ann"}"#], connector: "")
    try server.psql(
      "GRANT USAGE ON SCHEMA cand_search TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA cand_search TO reader",
      database: "index")
    for name in ["newer", "newdoc", "olddoc", "readonly"] { try database(name, "index") }
    for name in ["newdb", "empty2"] { try database(name) }
    try server.psql("REVOKE CREATE ON SCHEMA public FROM PUBLIC", database: "empty2")
    try database("latin", "template0", "ENCODING latin1 LOCALE 'C'")
    try server.psql("INSERT INTO cand_search.migration VALUES (99)", database: "newer")
    try server.psql(
      "UPDATE cand_search.setting SET number = 99 WHERE name = 'document_version'", database: "newdoc")
    try server.psql(
      "UPDATE cand_search.setting SET number = 1 WHERE name = 'document_version'", database: "olddoc")
    try server.psql("ALTER DATABASE readonly SET default_transaction_read_only = on")
    return server
  }

  private static func filled(_ address: String, _ server: PostgresServer) -> String {
    var text = address.replacing("PORT", with: "\(server.port)").replacing("IND%45X", with: "ind%65x")
    for name in ["INDEX", "NEWDB", "NEWER", "NEWDOC", "OLDDOC", "READONLY", "EMPTY2", "LATIN"] {
      text = text.replacing(name, with: name.lowercased())
    }
    return text
  }

  @Test(arguments: cases) func aMessageSaysWhatIsWrong(_ item: Case) throws {
    let server = try Self.databases.get()
    let address = Self.filled(item.address, server)
    let search = try candSearch(address, ["ann"])
    expect(search, item.search, item)
    let load = try CommandRun(
      "cand-search", ["index", "-"], input: Data(#"{"id":"b","first_name":"Ben"}"#.utf8),
      environment: ["CAND_SEARCH_INDEX": address])
    expect(load, item.load, item)
  }

  private func expect(_ run: CommandRun, _ expected: (exit: Int32, message: String), _ item: Case) {
    #expect(run.exit == expected.exit, "\(item): \(run.error)")
    #expect(expected.message.isEmpty || run.error.contains(expected.message), "\(item): \(run.error)")
    #expect(!run.error.contains("ame1"), "\(item): \(run.error)")
    if expected.exit == 4 {
      #expect(run.error.hasPrefix("cand-search: "), "\(item): \(run.error)")
      #expect(run.error.split(separator: "\n").count == 1, "\(item): \(run.error)")
      #expect(run.output == "", "\(item)")
    }
  }

  @Test func aServerThatIsDownIsCritical() throws {
    let run = try candSearch("postgresql://postgres@127.0.0.1:1/index", ["status"])
    #expect(run.exit == 2 && run.output.contains("CAND-SEARCH CRITICAL - "), "\(run.output) \(run.error)")
  }

  @Test func aHostThatDropsPacketsIsGivenUpInTime() throws {
    let host = try DroppingHost()
    let begin = ContinuousClock.now
    let error = #expect(throws: IndexError.self) {
      try CandidateIndex(url: "postgresql://postgres@127.0.0.1:\(host.port)/index?connect_timeout=4")
    }
    #expect("\(error, default: "")".contains("no answer in time"))
    // libpq itself would wait for what TCP allows: 30 s.
    #expect(.now - begin < .seconds(20))
  }
}
