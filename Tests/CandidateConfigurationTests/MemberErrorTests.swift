import CandidateConfiguration
import Foundation
import TestSupport
import Testing

/// Members that no section has, and values that no member takes. A secret that is in a wrong place is not cited.
@Suite struct MemberErrorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let path: String
    let error: String

    init(_ testDescription: String, _ text: String, path: String = "a.toml", _ error: String) {
      self.testDescription = testDescription
      self.text = text
      self.path = path
      self.error = error
    }
  }

  private static let connector = "[[connector]]\nname = 'a'\ntoken = 'hunter2'\n"

  static let cases = [
    Case("a misspelled member", "indx = 'a'", ":1:1: there is no member “indx”; did you mean “index”?"),
    Case(
      "a misspelled table", "[[conector]]\nname = 'a'",
      ":1:3: there is no member “conector”; did you mean “connector”?"),
    Case(
      "a misspelled member of a table", "[server]\nbody_bytes = 1",
      ":2:1: there is no member “body_bytes”; did you mean “body-bytes”?"),
    Case(
      "a misspelled dotted member", "log.purpos = 'x'",
      ":1:5: there is no member “purpos”; did you mean “purpose”?"),
    Case(
      "the name of JSON", connector + "base_url = 'x'",
      ":4:1: connector a: there is no member “base_url”; did you mean “base-address”?"),
    Case("a member of another table", "file = 'a'", ":1:1: there is no member “file”"),
    Case("capitals", "Index = 'a'", ":1:1: there is no member “Index”; did you mean “index”?"),
    Case("a secret as a name", "hunter2 = 'a'", ":1:1: there is no member of this name"),
    Case("a secret as a name in quotes", "'hunter2/+' = 'a'", ":1:1: there is no member of this name"),
    Case(
      "a name of a megabyte", String(repeating: "a", count: 1 << 20 - 4) + "=1",
      ":1:1: there is no member of this name"),
    Case("a number for a text", "api-key = 1", ":1:11: api-key: it must be a text"),
    Case("a list for a text", "api-key = ['hunter2']", ":1:11: api-key: it must be a text"),
    Case("a table for a text", "api-key = { value = 'hunter2' }", ":1:11: api-key: it must be a text"),
    Case(
      "an empty path", "index = ''", ":1:9: index: it must be the path of a file, or the address of a server"),
    Case(
      "a text for a number", "server.queue = '1'", ":1:16: queue: it must be a whole number from 0 to 100000"),
    Case(
      "a number that is too small", "server.queue = -1",
      ":1:16: queue: it must be a whole number from 0 to 100000"),
    Case(
      "a number that is too large", "[server]\nconnections = 100001",
      ":2:15: connections: it must be a whole number from 1 to 100000"),
    Case(
      "a truth value for a number", "server.queue = true",
      ":1:16: queue: it must be a whole number from 0 to 100000"),
    Case(
      "a number for a truth value", connector + "raw-data = 1",
      ":4:12: connector a: raw-data: it must be true or false"),
    Case(
      "a word that is none", "log.purpose = 'hunter2'",
      #":1:15: purpose: it must be one of "optional", "required""#),
    Case(
      "a level that is none", "log-level = 'loud'",
      #":1:13: log-level: it must be one of "trace", "debug", "info", "notice", "warning", "error", "critical""#
    ),
    Case(
      "an address that is none", "listen = 'hunter2'",
      #":1:10: listen: it must be an address such as "127.0.0.1:7470""#),
    Case(
      "a period that is none", "log.keep = '13m'",
      #":1:12: keep: it must be a period such as "90d" or "13mo""#),
    Case(
      "a period of nothing", connector + "sync-every = '0h'",
      #":4:14: connector a: sync-every: it must be a period such as "1h""#),
    Case(
      "any origin", "server.origins = ['*']",
      #":1:18: origins: it must be a list of origins such as "https://example.com""#),
    Case(
      "an origin with a path", "server.origins = ['https://a/b']",
      #":1:18: origins: it must be a list of origins such as "https://example.com""#),
    Case(
      "an origin that is a text", "server.origins = 'https://a'",
      #":1:18: origins: it must be a list of origins such as "https://example.com""#),
    Case(
      "a variable with a value", "api-key-variable = 'KEY=hunter2'",
      ":1:20: api-key-variable: it must be the name of a variable"),
    Case("a text for a table", "log = 'a'", ":1:7: log: it must be a table"),
    Case("a list of tables for a table", "[[log]]", ":1:1: log: it must be a table"),
    Case(
      "a table for a list of tables", "[connector]\nname = 'a'",
      ":1:1: connector: it must be a list of objects"),
    Case(
      "a connector without a name", "[[connector]]\ntoken = 'hunter2'", ":1:1: connector 1: it has no name"),
    Case(
      "a connector with an empty name", "[[connector]]\nname = ''",
      ":2:8: connector : name: it must be a text that is not empty"),
    Case(
      "a connector without a token", "[[connector]]\nname = 'a'",
      ":1:1: connector a: it has no token, token-variable or token-file"),
    Case(
      "two tokens", connector + "token-file = 'b'",
      ":4:1: connector a: give one of token, token-variable and token-file"),
    Case(
      "two addresses", connector + "region = 'us'\nbase-address = 'b'",
      ":5:1: connector a: give one of region and base-address"),
    Case(
      "a region that is none", connector + "region = 'moon'",
      #":4:10: connector a: region: it must be one of "us", "eu""#),
    Case("two connectors of one name", connector + connector, ":4:1: two connectors are called a"),
    Case(
      "two connectors of one id",
      connector + "bindbee-id = 'x'\n[[connector]]\nname = 'b'\ntoken = 'hunter2'\nbindbee-id = 'x'",
      ":5:1: two connectors have the bindbee-id of b"),
    Case(
      "three webhook keys", "webhook.keys = [{key='a'},{key='b'},{key='hunter2'}]",
      ":1:16: keys: it must be a list of objects, at most 2"),
    Case(
      "a webhook key that is a text", "webhook.keys = ['hunter2']",
      ":1:16: keys: it must be a list of objects, at most 2"),
    Case(
      "an empty webhook key", "webhook.keys = [{}]",
      ":1:17: webhook key 1: it has no key, key-variable or key-file"),
    Case("JSON: broken", #"{"api_key": "hunter2""#, path: "a.json", ": not a JSON object"),
    Case("JSON: by its first character", "\n{", path: "a", ": not a JSON object"),
    Case("JSON: a list", "[]", path: "a.json", ": not a JSON object"),
    Case("JSON: nesting", String(repeating: "[", count: 1 << 20), path: "a.json", ": not a JSON object"),
    Case(
      "JSON: nested objects", String(repeating: #"{"a":"#, count: 200_000), path: "a.json",
      ": not a JSON object"),
    Case(
      "JSON: the name of TOML", #"{"api-key": "hunter2"}"#, path: "a.json",
      ": there is no member “api-key”; did you mean “api_key”?"),
    Case(
      "JSON: a member that sync did not have", #"{"listen": "a"}"#, path: "a.json",
      ": there is no member “listen”"),
    Case(
      "JSON: a number for a truth value",
      #"{"connectors": [{"name": "a", "token": "hunter2", "include_raw_data": 1}]}"#, path: "a.json",
      ": connector a: include_raw_data: it must be true or false"),
    Case("JSON: a fraction", #"{"api_key": 1.5}"#, path: "a.json", ": api_key: it must be a text"),
    Case(
      "JSON: two tokens", #"{"connectors": [{"name": "a", "token": "hunter2", "token_file": "b"}]}"#,
      path: "a.json", ": connector a: give one of token, token_variable and token_file"),
  ]

  @Test(arguments: cases) func theMemberAndItsPlaceAreNamed(_ text: Case) {
    let error = thrown { () throws(ConfigurationError) in _ = try configuration(text.text, path: text.path) }
    #expect(error?.description == text.path + text.error)
    #expect(error?.description.contains("hunter2") != true)
  }

  @Test func aFileThatIsNoTextIsNamed() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a.toml")
    func error(_ path: String) -> String? {
      thrown { () throws(ConfigurationError) in _ = try ProgramConfiguration(path: path) }?.description
    }
    try (Data("index = 'a'\n# \r\n'".utf8) + [0xC3, 0x28]).write(to: URL(fileURLWithPath: path))
    #expect(error(path) == "\(path):3:1: this is not UTF-8")
    try Data(repeating: 0x0A, count: ProgramConfiguration.maximumLength).write(to: URL(fileURLWithPath: path))
    #expect(error(path) == nil)
    try Data(repeating: 0x0A, count: ProgramConfiguration.maximumLength + 1).write(
      to: URL(fileURLWithPath: path))
    for path in [path, folder.path, folder.file("none")] {
      #expect(error(path) == "\(path): cannot be read, or has more than 1048576 bytes")
    }
  }
}
