import AccessKeys
import Foundation
import Testing

/// Files that people edited, or that are none.
@Suite struct MalformedKeyTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: Data
    /// The keys; nil if there is an error.
    let names: [String]?
    var line = 1
    var problem = ""

    init(_ testDescription: String, _ text: String, names: [String]) {
      self.testDescription = testDescription
      self.text = Data(text.utf8)
      self.names = names
    }

    init(_ testDescription: String, _ text: Data, line: Int = 1, _ problem: String) {
      self.testDescription = testDescription
      self.text = text
      self.names = nil
      self.line = line
      self.problem = problem
    }

    init(_ testDescription: String, _ text: String, line: Int = 1, _ problem: String) {
      self.init(testDescription, Data(text.utf8), line: line, problem)
    }
  }

  private static let hash = String(repeating: "0a", count: 32)

  /// A line with a member replaced; by nil, without it.
  private static func line(_ name: String = "a", _ member: String = "", _ value: String? = nil) -> String {
    var members = [
      "name": "\"\(name)\"", "id": #""abcdefgh""#, "hash": "\"\(hash)\"", "rights": #"["search"]"#,
      "created": #""2026-01-01T00:00:00Z""#,
    ]
    if !member.isEmpty { members[member] = value }
    return "{" + members.sorted { $0.key < $1.key }.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
  }

  static let cases = [
    Case("empty", "", names: []),
    Case("blank lines", "\n \t\n\r\n", names: []),
    Case("a key", line(), names: ["a"]),
    Case("blank lines around keys", "\n\(line())\n\n  \(line("b"))  \n", names: ["a", "b"]),
    Case("CRLF", "\(line())\r\n\(line("b"))\r\n", names: ["a", "b"]),
    Case("a date", line("a", "expires", #""2027-01-01""#), names: ["a"]),
    Case("not JSON", "keys", "this is not a JSON object"),
    Case("a list", "[]", "this is not a JSON object"),
    Case("a text", "\"a\"", "this is not a JSON object"),
    Case("a key over two lines", "\(line())\n{\n}", line: 2, "this is not a JSON object"),
    Case("two keys on a line", line() + line("b"), "this is not a JSON object"),
    Case("an empty object", "{}", "hash: it is missing"),
    Case("BOM alone", Data([0xEF, 0xBB, 0xBF]), "this is not a JSON object"),
    Case("not UTF-8", Data([0x7B, 0xFF, 0xFE, 0x7D]), "this is not a JSON object"),
    Case("NUL", Data("\(line())\n".utf8) + [0], line: 2, "this is not a JSON object"),
    Case("nesting", String(repeating: "[", count: 1 << 20), "this is not a JSON object"),
    Case(
      "nesting in a key", line("a", "scope", String(repeating: "{\"a\":", count: 200_000)),
      "this is not a JSON object"),
    Case("an unknown member", line("a", "addresses", "[]"), "a key has no member “addresses”"),
    Case("a secret as a member", line("a", "cs_0123456789", "[]"), "a key has no member “cs_…”"),
    Case(
      "a secret as a right", line("a", "rights", #"[" cs_0123456789"]"#), "rights: there is no right “cs_…”"),
    Case("a name that is a number", line("a", "name", "1"), "name: it must be a text"),
    Case("a name that is null", line("a", "name", "null"), "name: it must be a text"),
    Case(
      "a name with a line break", line("a\\n"),
      "the name of a key cannot be used: it contains a control character"),
    Case("no name", line("a", "name"), "name: it is missing"),
    Case(
      "an id that is too long", line("a", "id", #""abcdefghi""#),
      "id: it must be the first 8 characters of the secret"),
    Case(
      "an id with an escape sequence", line("a", "id", #""abcdef\u001b[""#),
      "id: it must be the first 8 characters of the secret"),
    Case(
      "a short hash", line("a", "hash", "\"\(hash.dropLast())\""), "hash: it must be 64 hexadecimal digits"),
    Case("a long hash", line("a", "hash", "\"\(hash)00\""), "hash: it must be 64 hexadecimal digits"),
    Case(
      "a hash with NUL", line("a", "hash", "\"\(hash.dropLast())\\u0000\""),
      "hash: it must be 64 hexadecimal digits"),
    Case(
      "a hash with a colon", line("a", "hash", "\"0a:\(hash.dropFirst(3))\""),
      "hash: it must be 64 hexadecimal digits"),
    Case("rights that are a text", line("a", "rights", #""search""#), "rights: it must be a list of texts"),
    Case("rights that are numbers", line("a", "rights", "[1]"), "rights: it must be a list of texts"),
    Case("no rights", line("a", "rights", "[]"), "a key has at least one right"),
    Case(
      "a right that is none", line("a", "rights", #"["search","all"]"#), "rights: there is no right “all”"),
    Case("a scope that is a list", line("a", "scope", "[]"), "scope: it must be a text"),
    Case("a scope that is null", line("a", "scope", "null"), "scope: it must be a text"),
    Case(
      "an empty scope", line("a", "scope", #""""#),
      "the scope of a key is empty, which would be all candidates"),
    Case("an end that is no time", line("a", "expires", #""soon""#), "expires: it must be a time"),
    Case("no time of creation", line("a", "created"), "created: it is missing"),
    Case(
      "a rate that is none", line("a", "rate", #""fast""#),
      "rate: it must be a rate such as 50/s or 600/min:1000"),
    Case(
      "a name twice", "\(line())\n\n\(line())", line: 3, "there is a key called “a” already"),
    Case("a good key before a wrong one", "\(line())\nx\n\(line("b"))", line: 2, "this is not a JSON object"),
  ]

  @Test(arguments: cases) func aFileIsReadOrItsLineNamed(_ file: Case) throws {
    let test = try TestFolder()
    try test.write(file.text)
    var names: [String]?
    let error = thrown { () throws(AccessKeyError) in names = try test.keys.list().map(\.name) }
    #expect(names == file.names)
    let expected =
      file.names == nil
      ? AccessKeyError.malformed(path: test.path, line: file.line, problem: file.problem) : nil
    #expect(error == expected)
    #expect(thrown { () throws(AccessKeyError) in _ = try test.keys.key(for: "cs_") } == expected)
    // A file that cannot be read is not replaced.
    if expected != nil {
      #expect(thrown { () throws(AccessKeyError) in _ = try test.keys.add(name: "new") } == expected)
      #expect(FileManager.default.contents(atPath: test.path) == file.text)
    }
  }

  @Test func aFileHasALimit() throws {
    let test = try TestFolder()
    let lines = (0..<AccessKeyFile.maximumKeys).map { Self.line("k\($0)") + "\n" }
    try test.write(Data(lines.joined().utf8))
    #expect(try test.keys.list().count == AccessKeyFile.maximumKeys)
    let full = AccessKeyError.tooManyKeys(path: test.path)
    #expect(thrown { () throws(AccessKeyError) in _ = try test.keys.add(name: "more") } == full)
    try test.write(Data((lines + [Self.line("more")]).joined().utf8))
    #expect(thrown { () throws(AccessKeyError) in _ = try test.keys.list() } == full)
    try test.write(Data(count: AccessKeyFile.maximumLength + 1))
    #expect(
      thrown { () throws(AccessKeyError) in _ = try test.keys.list() }
        == .notReadable(path: test.path, reason: "it has more than 16777216 bytes"))
  }
}
