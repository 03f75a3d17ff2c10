import CandidateConfiguration
import Foundation
import Testing

/// TOML, sound and broken. Each case is read through the members, as all files are.
@Suite struct TOMLTests {
  /// A text, and what `log.file` and `index` are in it.
  struct Sound: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let index: String?

    init(_ testDescription: String, _ text: String, index: String?) {
      self.testDescription = testDescription
      self.text = text
      self.index = index.map { "/" + $0 }
    }
  }

  static let sound = [
    Sound("a basic text", #"index = "a\tb\"\\\u00e9\U0001F525""#, index: "a\tb\"\\é🔥"),
    Sound("a literal text", #"index = 'a\tb"'"#, index: #"a\tb""#),
    Sound(
      "a long basic text", "index = \"\"\"\na\n\"b\"\" \\\n   \n  c\"\"\"\"\"", index: "a\n\"b\"\" c\"\""),
    Sound("a long literal text", "index = '''\na\\\n''b'''", index: "a\\\n''b"),
    Sound("a long text on one line", "index = \"\"\"a\"\"\"", index: "a"),
    Sound("CRLF in a long text", "index = '''\r\na\r\nb'''", index: "a\nb"),
    Sound("no white space", "index='a'", index: "a"),
    Sound("much white space", " \t index \t = \t 'a' \t # comment 'b'\n\n", index: "a"),
    Sound("keys in quotes", "\"index\" = 'a'\n['log']\n\"file\" = 'b'", index: "a"),
    Sound("a key with an escape", #""\u0069ndex" = 'a'"#, index: "a"),
    Sound("dotted keys", "log.file = 'b'\nlog . \"purpose\" = 'optional'\nindex = 'a'", index: "a"),
    Sound("a table after its part", "[[webhook.keys]]\nkey = 'a'\n[webhook]\n[log]\nfile = 'b'", index: nil),
    Sound("an inline table", "log = { file = 'a', purpose = 'optional' }", index: nil),
    Sound("an empty inline table", "log = {}", index: nil),
    Sound("an inline table with dotted keys", "connector = [{ name = 'a', token = 'b' }]", index: nil),
    Sound(
      "a list over lines", "[server]\norigins = [ # one\n'http://a',\n\n'http://b' # two\n, ]", index: nil),
    Sound("an empty list", "server.origins = [ ]", index: nil),
    Sound(
      "numbers", "[server]\nqueue = +1_0\nbody-bytes = 0xFf\nconnections = 0b11\nrequest-seconds = 0o17",
      index: nil),
    Sound("a comment with quotes at the end", "index = 'a' # \"'[", index: "a"),
    Sound("other scripts", "index = '山田/é.db'", index: "山田/é.db"),
  ]

  @Test(arguments: sound) func aSoundTextIsRead(_ text: Sound) throws {
    #expect(try configuration(text.text, path: "/a.toml").index == text.index)
  }

  /// A text, and the place and the problem. No case may cite `hunter2`.
  struct Broken: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let error: String

    init(_ testDescription: String, _ text: String, _ error: String) {
      self.testDescription = testDescription
      self.text = text
      self.error = error
    }
  }

  static let broken = [
    Broken("a word", "hunter2", "1:8: there must be = after the name"),
    Broken("no value", "a =", "1:4: a value must be a text in quotes, a whole number, true or false"),
    Broken(
      "no value before a comment", "a = # b",
      "1:5: a value must be a text in quotes, a whole number, true or false"),
    Broken(
      "a secret without quotes", "api-key = hunter2",
      "1:11: a value must be a text in quotes, a whole number, true or false"),
    Broken(
      "a secret that is a long number", "api-key = 123456789012345678901",
      "1:11: a value must be a text in quotes, a whole number, true or false"),
    Broken("a fraction", "a = 1.5", "1:5: a value must be a text in quotes, a whole number, true or false"),
    Broken(
      "a date", "a = 2027-01-01", "1:5: a value must be a text in quotes, a whole number, true or false"),
    Broken(
      "a leading zero", "a = 007", "1:5: a value must be a text in quotes, a whole number, true or false"),
    Broken(
      "underscores at an end", "a = 1_",
      "1:5: a value must be a text in quotes, a whole number, true or false"),
    Broken(
      "a sign before a hexadecimal number", "a = -0x1",
      "1:5: a value must be a text in quotes, a whole number, true or false"),
    Broken("True", "a = True", "1:5: a value must be a text in quotes, a whole number, true or false"),
    Broken("a text without an end", "index = 'a'\napi-key = \"hunter2\nb = 1", "2:11: the text has no end"),
    Broken("a literal text without an end", "api-key = 'hunter2", "1:11: the text has no end"),
    Broken("a long text without an end", "api-key = \"\"\"hunter2\n\n\"\"", "1:11: the text has no end"),
    Broken("a long literal text without an end", "api-key = '''hunter2\n", "1:11: the text has no end"),
    Broken("two values", "api-key = 'a' 'hunter2'", "1:15: there must be nothing else on this line"),
    Broken(
      "two members on a line", "index = 'a' keys = 'b'", "1:13: there must be nothing else on this line"),
    Broken("a wrong escape", #"api-key = "hunter2\q""#, "1:19: there is no such escape sequence"),
    Broken("an escape that is cut off", #"api-key = "\u12"#, "1:12: there is no such escape sequence"),
    Broken("a surrogate", #"api-key = "\ud800""#, "1:12: there is no such escape sequence"),
    Broken("an escape beyond Unicode", #"api-key = "\U00110000""#, "1:12: there is no such escape sequence"),
    Broken("NUL as an escape", #"api-key = "hunter2\u0000""#, "1:19: there is no such escape sequence"),
    Broken("NUL", "api-key = 'hunter2\0'", "1:19: a control character"),
    Broken("NUL after a sound member", "index = 'a'\n\0", "2:1: there must be a name here"),
    Broken("NUL in a comment", "# a\0", "1:4: a control character"),
    Broken("an escape sequence of terminals", "api-key = 'a\u{1B}[2Jhunter2'", "1:13: a control character"),
    Broken("CR alone", "index = 'a'\rkeys = 'b'", "1:12: there must be nothing else on this line"),
    Broken("CR alone in a text", "index = 'a\r'", "1:11: a control character"),
    Broken("a byte order mark inside", "index = 'a'\n\u{FEFF}keys = 'b'", "2:1: there must be a name here"),
    Broken("a member twice", "index = 'a'\nindex = 'a'", "2:1: this is defined twice"),
    Broken("a table twice", "[log]\nfile = 'a'\n[server]\n[log]", "4:2: this is defined twice"),
    Broken("a table that is a member", "index = 'a'\n[index]", "2:2: this is defined twice"),
    Broken("a table that is a list of tables", "[[connector]]\n[connector]", "2:2: this is defined twice"),
    Broken("a list of tables that is a table", "[log]\n[[log]]", "2:3: this is defined twice"),
    Broken("a list of tables that is a list", "connector = []\n[[connector]]", "2:3: this is defined twice"),
    Broken("a table that a dotted key has defined", "log.file = 'a'\n[log]", "2:2: this is defined twice"),
    Broken(
      "a dotted key into a finished table", "[log]\nfile = 'a'\n[server]\n[webhook]\nx.y = 1\n[webhook.x]",
      "6:10: this is defined twice"),
    Broken("a dotted key into a member", "index = 'a'\nindex.a = 1", "2:1: this is defined twice"),
    Broken(
      "more for an inline table", "log = { file = 'a' }\nlog.purpose = 'optional'",
      "2:1: this is defined twice"),
    Broken("a header into an inline table", "log = { file = 'a' }\n[log.x]", "2:2: this is defined twice"),
    Broken(
      "a header into an inner inline table", "log = { x.y = 1 }\n[log.x.z]", "2:2: this is defined twice"),
    Broken(
      "a member twice in an inline table", "log = { file = 'a', file = 'a' }", "1:21: this is defined twice"),
    Broken("a header without an end", "[log", "1:5: the name of a table must end with ]"),
    Broken("a header without a name", "[]", "1:2: there must be a name here"),
    Broken("brackets apart", "[[connector] ]", "1:13: the name of a table must end with ]]"),
    Broken("a list of tables without an end", "[[connector]", "1:13: the name of a table must end with ]]"),
    Broken("more after a header", "[log] file = 'a'", "1:7: there must be nothing else on this line"),
    Broken("a key with two dots", "log..file = 'a'", "1:5: there must be a name here"),
    Broken("a key with a dot at its end", "log. = 'a'", "1:6: there must be a name here"),
    Broken("a key in three quotes", "\"\"\"a\"\"\" = 1", "1:3: there must be = after the name"),
    Broken("a key with an accent", "é = 1", "1:1: there must be a name here"),
    Broken("a colon", "api-key: 'hunter2'", "1:8: there must be = after the name"),
    Broken(
      "a list without an end", "[server]\norigins = ['hunter2'",
      "2:21: there must be , or ] after a value of a list"),
    Broken(
      "a list without commas", "a = ['b' 'hunter2']", "1:10: there must be , or ] after a value of a list"),
    Broken(
      "a list of commas", "a = [,]", "1:6: a value must be a text in quotes, a whole number, true or false"),
    Broken(
      "an inline table over lines", "log = { file = 'a'\n}",
      "1:19: there must be , or } after a member of a table"),
    Broken(
      "an inline table with a comma at its end", "log = { file = 'a', }", "1:21: there must be a name here"),
    Broken("JSON named TOML", "{\"api_key\": \"hunter2\"}", "1:1: there must be a name here"),
    Broken(
      "nested lists", "a = " + String(repeating: "[", count: 1 << 20 - 8),
      "1:36: more than 32 tables and lists within one another"),
    Broken(
      "nested inline tables", "a = " + String(repeating: "{a=", count: 340_000),
      "1:53: more than 32 tables and lists within one another"),
    Broken(
      "a dotted key of many parts", "a" + String(repeating: ".a", count: 500_000) + " = 1",
      "1:66: there must be = after the name"),
    Broken(
      "a header of many parts", "[a" + String(repeating: ".a", count: 500_000) + "]",
      "1:67: the name of a table must end with ]"),
    Broken(
      "dotted keys in inline tables", "a = " + String(repeating: "{a.a.a.a=", count: 100_000),
      "1:68: more than 32 tables and lists within one another"),
  ]

  @Test(arguments: broken) func aBrokenTextIsAnErrorWithItsPlace(_ text: Broken) {
    let error = thrown { () throws(ConfigurationError) in _ = try configuration(text.text, path: "a.toml") }
    #expect(error?.description == "a.toml:\(text.error)")
    #expect(error?.description.contains("hunter2") != true)
  }

  @Test func longFilesAreReadInLinearTime() throws {
    let many = (0..<25_000).map { "[[connector]]\nname = '\($0)'\ntoken = ''" }.joined(separator: "\n")
    #expect(many.utf8.count < ProgramConfiguration.maximumLength)
    #expect(try configuration(many).connectors.count == 25_000)
    let members = (0..<90_000).map { "k\($0)=1" }.joined(separator: "\n")
    #expect(
      thrown { () throws(ConfigurationError) in _ = try configuration(members) }?.place
        == .init(line: 1, column: 1))
  }
}
