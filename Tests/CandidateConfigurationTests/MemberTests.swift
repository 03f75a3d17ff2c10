import CandidateConfiguration
import Foundation
import TestSupport
import Testing

/// Reads a text as the file with this path.
func configuration(_ text: String, path: String = "/etc/cs/cand-search.toml") throws(ConfigurationError)
  -> ProgramConfiguration
{
  try ProgramConfiguration(bytes: Data(text.utf8), path: path)
}

/// What is thrown; nil for nothing.
func thrown(_ body: () throws(ConfigurationError) -> Void) -> ConfigurationError? {
  do throws(ConfigurationError) {
    try body()
    return nil
  } catch {
    return error
  }
}

/// What the members mean.
@Suite struct MemberTests {
  private static let complete = """
    index = "data/candidates.db"   # beside this file
    visibility = "public"
    scope = "-tag:vip"
    keys = '/srv/keys.ndjson'
    listen = "[::1]:0"
    log-level = "warning"
    api-key-file = "api-key"

    [log]
    file = "log.db"
    keep = "90d"
    purpose = "required"

    [server]
    origins = ["https://example.com", "http://localhost:3000"]
    body-bytes = 0x100_000
    concurrent-searches = 2
    queue = 0
    request-seconds = 5
    connections = 10

    [[connector]]
    name = "greenhouse"
    token-file = "/etc/greenhouse"
    region = "EU"
    bindbee-id = "con_1"
    sync-every = "1h"
    full-every = "7d"

    [[connector]]
    name = "lever"
    token-variable = "LEVER_TOKEN"
    api-key = "own"
    base-address = "https://example.com/api"
    custom-fields = true
    raw-data = true

    [webhook]
    keys = [{ key-variable = "NEW" }, { key-file = "old" }]
    """

  @Test func everyMemberIsRead() throws {
    let all = try configuration(Self.complete)
    #expect(all.index == "/etc/cs/data/candidates.db" && all.keys == "/srv/keys.ndjson")
    #expect(all.visibility == .public && all.scopes.map(\.text) == ["-tag:vip"])
    #expect(all.listen == ListenAddress("[::1]:0") && all.logLevel == .warning)
    #expect(all.apiKey == .file("/etc/cs/api-key"))
    #expect(
      all.log.file == "/etc/cs/log.db" && all.log.keep?.description == "90d" && all.log.purpose == .required)
    #expect(all.server.origins == ["https://example.com", "http://localhost:3000"])
    #expect(all.server.bodyBytes == 1 << 20)
    #expect(all.server.concurrentSearches == 2 && all.server.queue == 0)
    #expect(all.server.requestSeconds == 5 && all.server.connections == 10)
    let (first, last) = (try #require(all.connectors.first), try #require(all.connectors.last))
    #expect(first.name == "greenhouse" && first.token == .file("/etc/greenhouse") && first.apiKey == nil)
    #expect(
      first.region == .eu && first.bindbeeID == "con_1")
    #expect(first.syncEvery?.description == "1h" && first.fullEvery?.description == "7d")
    #expect(!first.includesCustomFields && !first.includesRawData)
    #expect(last.name == "lever" && last.token == .variable("LEVER_TOKEN") && last.apiKey == .literal("own"))
    #expect(
      last.baseAddress == "https://example.com/api" && last.includesCustomFields && last.includesRawData)
    #expect(all.webhook.keys.map(\.source) == [.variable("NEW"), .file("/etc/cs/old")])
    // Windows' line breaks and a byte order mark change nothing.
    let other = try configuration("\u{FEFF}" + Self.complete.replacing("\n", with: "\r\n"))
    #expect(String(reflecting: other) == String(reflecting: all))
  }

  @Test func anEmptyFileHasTheDefaults() throws {
    for text in ["", "\u{FEFF}", "\r\n", "# nothing", "[log]\n[server]\n[webhook]"] {
      #expect(String(reflecting: try configuration(text)) == String(reflecting: ProgramConfiguration()))
    }
    #expect(ProgramConfiguration().listen.description == "127.0.0.1:7470")
  }

  @Test func theJSONOfSyncMeansTheSame() throws {
    let json = """
      {"api_key_file": "api-key", "connectors": [
        {"name": "greenhouse", "token_file": "/etc/greenhouse", "region": "eu"},
        {"name": "lever", "token_variable": "LEVER_TOKEN", "api_key": "own", "api_key_file": null,
         "base_url": "https://example.com/api", "include_custom_fields": true, "include_raw_data": true}
      ]}
      """
    let toml = """
      api-key-file = "api-key"
      connector = [
        { name = "greenhouse", token-file = "/etc/greenhouse", region = "eu" },
        { name = "lever", token-variable = "LEVER_TOKEN", api-key = "own", base-address = "https://example.com/api",
          custom-fields = true, raw-data = true }
      ]
      """.replacing(",\n    custom", with: ", custom")
    let expected = String(reflecting: try configuration(toml))
    for path in ["/etc/cs/sync.json", "/etc/cs/sync", "/dev/fd/63"] {
      let read = try configuration(json, path: path)
      #expect(read.connectors.count == 2)
      if path.hasPrefix("/etc") { #expect(String(reflecting: read) == expected, "\(path)") }
    }
  }

  @Test func aSecretIsReadFromItsPlace() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(" file-secret\r\n", to: "key")
    let environment = ["KEY": "variable-secret\n", "EMPTY": ""]
    #expect(try SecretSource.literal("a").read(environment) == "a")
    #expect(try SecretSource.variable("KEY").read(environment) == "variable-secret")
    #expect(try SecretSource.file(file).read(environment) == "file-secret")
    for name in ["EMPTY", "NONE"] {
      let error = thrown { () throws(ConfigurationError) in
        _ = try SecretSource.variable(name).read(environment)
      }
      #expect(error?.description == "the variable \(name) is not set")
    }
    try Data(count: 70_000).write(to: URL(fileURLWithPath: folder.file("long")))
    for path in [folder.file("none"), folder.path, folder.file("long")] {
      let error = thrown { () throws(ConfigurationError) in _ = try SecretSource.file(path).read(environment)
      }
      #expect(error?.description == "\(path): cannot be read; a key or a token should stand there")
    }
  }

  @Test func secretsAreNotPrinted() throws {
    let all = try configuration(
      """
      api-key = "hunter2"
      connector = [{ name = "a", token = "hunter2" }]
      webhook.keys = [{ key = "hunter2" }]
      """)
    var dumped = ""
    dump(all, to: &dumped)
    for text in ["\(all)", String(reflecting: all), dumped] {
      #expect(!text.contains("hunter2") && text.contains("a secret"))
    }
  }

  /// A text, and the host and the port that it is.
  static let addresses: [(text: String, host: String?, isLoopback: Bool)] = [
    ("127.0.0.1:7470", "127.0.0.1", true), ("127.8.0.1:1", "127.8.0.1", true),
    ("localhost:80", "localhost", true),
    ("[::1]:7470", "::1", true), ("0.0.0.0:7470", "0.0.0.0", false), ("[::]:0", "::", false),
    ("search.example.com:65535", "search.example.com", false),
    ("127.0.0.1.example.com:1", "127.0.0.1.example.com", false),
    ("127.example.com:1", "127.example.com", false), ("127.0.0.256:1", "127.0.0.256", false),
    ("127.0.0.+1:1", nil, false),
    ("", nil, false), (":7470", nil, false), ("127.0.0.1", nil, false), ("127.0.0.1:", nil, false),
    ("127.0.0.1:65536", nil, false), ("127.0.0.1:-1", nil, false), ("127.0.0.1:+1", nil, false),
    ("::1:7470", nil, false),
    ("[]:1", nil, false), ("[1]:1", nil, false), ("a b:1", nil, false), ("a\0:1", nil, false),
    ("a:٣", nil, false),
    ("http://a:1", nil, false),
  ]

  @Test(arguments: addresses.indices) func addressesAreReadAndWritten(_ number: Int) {
    let (text, host, isLoopback) = Self.addresses[number]
    let address = ListenAddress(text)
    #expect(address?.host == host, "\(text)")
    if let address { #expect(address.description == text && address.isLoopback == isLoopback, "\(text)") }
  }

  @Test func theMembersAreInTheDocument() throws {
    let sections = ConfigurationMember.all.map(\.section).reduce(into: [String]()) {
      if $0.last != $1 { $0.append($1) }
    }
    #expect(
      sections
        == ["", "[log]", "[server]", "[[connector]]", "[webhook]", "[[webhook.keys]]"].filter {
          $0 != "[webhook]"
        })
    #expect(ConfigurationMember.all.allSatisfy { $0.summary.hasSuffix(".") })
    var text = ""
    for section in sections {
      text += section.isEmpty ? "At the beginning:\n\n" : "`\(section)`\n\n"
      text += "| member | value | variable | default | meaning |\n|---|---|---|---|---|\n"
      for member in ConfigurationMember.all where member.section == section {
        let standard =
          member.isRequired
          ? "required"
          : [
            member.defaultValue.map { "`\($0)`" }, member.fallback.map { "`$\($0)`" },
          ].compactMap(\.self).joined(separator: ", ")
        let variable = member.variable.map { "`$\($0)`" } ?? ""
        text += "| `\(member.name)` | \(member.type) | \(variable) | \(standard) | \(member.summary) |\n"
      }
      text += "\n"
    }
    let page = try Fixture.text("docs/configuration.md")
    #expect(page.contains("<!-- members -->\n\(text)<!-- /members -->"), "the page should contain:\n\(text)")
  }

  @Test func theExampleOfTheDocumentIsRead() throws {
    let page = try Fixture.text("docs/configuration.md")
    let example = try #require(page.firstMatch(of: /(?s)```toml\n(.*?)```/)?.output.1)
    let all = try configuration(String(example))
    #expect(all.connectors.count == 2 && all.webhook.keys.count == 2)
  }

  /// As the Debian package installs it, and with every member that is a comment in it.
  @Test func theInstalledConfigurationIsRead() throws {
    let text = try Fixture.text("debian/config.toml")
    let installed = try configuration(text)
    #expect(installed.index == "/var/lib/cand-search/candidates.db")
    #expect(installed.keys == nil && installed.connectors.isEmpty)
    let all = try configuration(text.replacing(/(?m)^#(?=[\[a-z])/, with: ""))
    #expect(all.keys == "/var/lib/cand-search/keys.ndjson")
    #expect(all.connectors.count == 1 && all.connectors.first?.fullEvery != nil)
  }
}
