import CandidateModel
import Foundation
import PostgresEngine
import TestSupport
import Testing

@testable import CandidateSearch

/// libpq's TLS, by the parameters of an address.
@Suite(.mustEnd) struct TransportTests {
  private static let server = Result { try PostgresServer(settings: ["ssl=on"]) }

  /// An address's parameters, and what becomes of a search.
  struct Case: Sendable, CustomStringConvertible {
    let description: String
    let parameters: String
    var hasTLS = true
    let exit: Int32
  }

  static let cases = [
    Case(
      description: "the server's certificate is verified", parameters: "sslmode=verify-full&sslrootcert=OWN",
      exit: 0),
    Case(description: "any certificate", parameters: "sslmode=require", exit: 0),
    Case(
      description: "a certificate of another authority", parameters: "sslmode=verify-full&sslrootcert=OTHER",
      exit: 4),
    Case(
      description: "no file of authorities", parameters: "sslmode=verify-full&sslrootcert=ABSENT", exit: 4),
    Case(description: "a server without TLS", parameters: "sslmode=require", hasTLS: false, exit: 4),
  ]

  @Test(arguments: cases) func anAddressDecidesWhoIsTrusted(_ item: Case) throws {
    let server = try item.hasTLS ? Self.server.get() : PostgresServer.shared.get()
    let folder = try TemporaryFolder()
    let own = try item.hasTLS ? String(contentsOfFile: server.folder + "/server.crt", encoding: .utf8) : ""
    let other = try CommandRun(
      program: "/usr/bin/openssl",
      ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", "/dev/null"],
      folder: "/")
    #expect(other.exit == 0)
    let parameters = try item.parameters
      .replacing("OWN", with: folder.write(own, to: "own.crt"))
      .replacing("OTHER", with: folder.write(other.output, to: "other.crt"))
      .replacing("ABSENT", with: folder.file("absent.crt"))
    let database = try server.newDatabase()
    let address = database + "?" + parameters
    let load = try candSearch(address, ["index", Fixture.samples])
    #expect(load.exit == item.exit, "\(load.error)")
    if item.exit == 0 {
      #expect(try candSearch(address, ["engineer", "--format", "ids"]).exit == 0)
      let index = try CandidateIndex(url: address)
      #expect(try index.count("engineer") > 0)
      let plain = try server.psql(
        """
        SELECT count(*) FILTER (WHERE ssl), count(*) FILTER (WHERE NOT ssl) FROM pg_stat_ssl JOIN pg_stat_activity \
        USING (pid) WHERE datname = '\(PostgresServer.database(database))'
        """)
      #expect(plain.hasSuffix("|0") && !plain.hasPrefix("0|"), "\(plain)")
    } else {
      #expect(load.error.contains("certificate") || load.error.contains("SSL"), "\(load.error)")
    }
  }
}
