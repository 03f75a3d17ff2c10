import AccessKeys
import Foundation
import TestSupport
import Testing

/// `cand-search keys`, as an administrator or a script runs it.
@Suite struct KeysCommandTests {
  private let folder: TemporaryFolder
  private var path: String { folder.file("keys.ndjson") }

  init() throws { folder = try TemporaryFolder() }

  private func keys(_ arguments: String..., environment: [String: String] = [:]) throws -> CommandRun {
    let file = ["CAND_SEARCH_KEYS": path]
    return try CommandRun("cand-search", ["keys"] + arguments, environment: file.merging(environment) { $1 })
  }

  @Test func aKeyIsPrintedOnceListedAndRevoked() throws {
    let added = try keys(
      "add", "careers page", "--scope", "-is:private connector:greenhouse", "--rights", "search, contacts",
      "--expires", "2099-01-01", "--rate", "600/min:1000")
    #expect(added.exit == 0 && added.output.wholeMatch(of: /cs_[A-Za-z0-9_-]{43}\n/) != nil)
    let secret = String(added.output.dropLast())
    #expect(
      !added.error.contains(secret)
        && added.error.hasPrefix("added careers page (\(secret.dropFirst(3).prefix(8)))"))
    let key = try #require(try AccessKeyFile(path: path).key(for: secret))
    #expect(key.scope == "-is:private connector:greenhouse" && key.rights == [.search, .contacts])
    #expect(key.expiresAt?.description == "2099-01-01T00:00:00Z" && key.rate == RequestRate("600/min:1000"))

    #expect(try keys("add", "ops", "--rights", "log,metrics").exit == 0)
    let list = try keys("list")
    #expect(list.exit == 0 && list.error == "" && list.lines.count == 3)
    #expect(list.lines[1].hasPrefix("careers page  ") && list.lines[1].hasSuffix("  600/min:1000"))
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(keys("list", "--json").output.utf8)) as? [[String: Any]])
    #expect(json.map { $0["name"] as? String } == ["careers page", "ops"])
    #expect(json.map { $0["rights"] as? [String] } == [["search", "contacts"], ["log", "metrics"]])
    #expect(!list.output.contains(secret) && !"\(json)".contains(secret))

    let revoked = try keys("revoke", "careers page")
    #expect(revoked.exit == 0 && revoked.output == "" && revoked.error.hasPrefix("revoked careers page ("))
    #expect(try AccessKeyFile(path: path).key(for: secret) == nil)
    #expect(try keys("revoke", "ops").exit == 0)
    let none = try keys("list", "--json")
    #expect(none.exit == 1 && none.output == "[]\n")
  }

  @Test func theFileIsBesideTheIndexUnlessItIsNamed() throws {
    let index = folder.file("new/candidates.db")
    let named = folder.file("named.ndjson")
    #expect(try keys("add", "a", "--index", index, environment: ["CAND_SEARCH_KEYS": ""]).exit == 0)
    #expect(try AccessKeyFile(path: folder.file("new/keys.ndjson")).list().map(\.name) == ["a"])
    #expect(try keys("add", "b", "--index", index).exit == 0)
    #expect(try AccessKeyFile(path: path).list().map(\.name) == ["b"])
    #expect(try keys("add", "c", "--keys", named).exit == 0)
    #expect(try AccessKeyFile(path: named).list().map(\.name) == ["c"])
    #expect(!FileManager.default.fileExists(atPath: index))
  }

  /// Arguments, the exit status, and what standard error contains. No key is added.
  struct Wrong: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    let exit: Int32
    let error: String
    var testDescription: String { arguments.joined(separator: " ") }

    init(_ arguments: String..., exit: Int32 = 2, error: String) {
      self.arguments = arguments
      self.exit = exit
      self.error = error
    }
  }

  static let wrong = [
    Wrong("add", error: "Missing expected argument '<name>'"),
    Wrong("add", "", error: "the name of a key cannot be used: it is empty"),
    Wrong("add", "a\nb", error: "the name of a key cannot be used: it contains a control character"),
    Wrong(
      "add", "taken", error: "there is a key called “taken” already; name another, or revoke that one first"),
    Wrong(
      "add", "a", "--scope", "skills:java", error: "there is no field “skills”\n  skills:java\n  ^^^^^^^^^^^"),
    Wrong("add", "a", "--scope", "is:purple", error: "is:purple"),
    Wrong("add", "a", "--scope", "", error: "the scope of a key is empty"),
    Wrong(
      "add", "a", "--scope", "tag:x", "--rights", "search,write,log",
      error: "a key with a scope may not have: write, log"),
    Wrong("add", "a", "--rights", "all", error: "'all' is invalid for '--rights <rights>'"),
    Wrong("add", "a", "--rights", "", error: "invalid for '--rights <rights>'"),
    Wrong("add", "a", "--rights", "search,", error: "invalid for '--rights <rights>'"),
    Wrong("add", "a", "--expires", "soon", error: "'soon' is invalid for '--expires <expires>'"),
    Wrong("add", "a", "--expires", "0d", error: "'0d' is invalid for '--expires <expires>'"),
    Wrong("add", "a", "--expires", "2020-01-01", error: "--expires: the time must be in the future"),
    Wrong("add", "a", "--expires", "9000y", error: "--expires: the time must be in the future"),
    Wrong("add", "a", "--rate", "fast", error: "'fast' is invalid for '--rate <rate>'"),
    Wrong("add", "a", "--keys", "/dev/null/x", exit: 4, error: "/dev/null/x: cannot be written"),
    Wrong(
      "list", "--keys", "/nonexistent/keys", exit: 1,
      error: "/nonexistent/keys: there are no keys here; add one"),
    Wrong(
      "list", "--keys", "/dev/null", exit: 4, error: "/dev/null: cannot be read: it is not a regular file"),
    Wrong("revoke", "nobody", exit: 1, error: "there is no key called “nobody”"),
    Wrong(
      "revoke", "a", "--keys", "/nonexistent/keys", exit: 1,
      error: "/nonexistent/keys: there are no keys here"),
    Wrong("rotate", error: "Error: "),
  ]

  @Test(arguments: wrong) func whatCannotBeDoneIsSaid(_ wrong: Wrong) throws {
    #expect(try keys("add", "taken").exit == 0)
    let run = try CommandRun(
      "cand-search", ["keys"] + wrong.arguments, environment: ["CAND_SEARCH_KEYS": path])
    #expect(run.exit == wrong.exit && run.output == "", "\(run.output)")
    #expect(run.error.contains(wrong.error), "\(run.error)")
    #expect(try AccessKeyFile(path: path).list().map(\.name) == ["taken"])
  }

  /// The output, which cannot be written.
  @Test(arguments: ["> /dev/full", "| true"]) func aKeyThatCannotBePrintedIsRevoked(_ output: String) throws {
    #expect(try keys("add", "a").exit == 0)
    let run = try folder.shell(
      #"(sleep 0.3; exec "$CAND" keys add b) \#(output); exit ${PIPESTATUS[0]}"#, ["CAND_SEARCH_KEYS": path])
    #expect(run.exit == 4, "\(run.error)")
    #expect(run.error.contains("the key could not be printed, and is revoked: b ("), "\(run.error)")
    #expect(try AccessKeyFile(path: path).list().map(\.name) == ["a"])
  }

  @Test func aSharedFileIsListedWithAWarningAndNotChanged() throws {
    #expect(try keys("add", "a").exit == 0)
    chmod(path, 0o640)
    let list = try keys("list")
    #expect(list.exit == 0 && list.lines.count == 2)
    #expect(
      list.error == "warning: \(path): others can read or write it; make it yours alone: chmod 600 \(path)\n")
    let added = try keys("add", "b")
    #expect(
      added.exit == 4 && added.output == "" && added.error.contains("other users can read or write the keys"))
    try "{\n".write(toFile: path, atomically: false, encoding: .utf8)
    chmod(path, 0o600)
    let damaged = try keys("list")
    #expect(damaged.exit == 4 && damaged.error.hasPrefix("cand-search: \(path):1: this is not a JSON object"))
  }

  @Test func twoProcessesThatAddAtOnceLoseNoKey() throws {
    let script = """
      for name in "$@"; do "$CAND" keys add "$name" >>"$DIR/$1.secrets" 2>/dev/null || exit; done
      """
    let names = ["a", "b"].map { prefix in (0..<12).map { "\(prefix)\($0)" } }
    let variables = [
      "CAND": CommandRun.binary("cand-search").path, "DIR": folder.path, "CAND_SEARCH_KEYS": path,
    ]
    let processes = try names.map { names in
      let process = try CommandRun.process("", ["-c", script, "sh"] + names, environment: variables)
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      try process.run()
      return process
    }
    for process in processes {
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
    let file = AccessKeyFile(path: path)
    #expect(try file.list().map(\.name).sorted() == names.joined().sorted())
    for names in names {
      let secrets = try String(contentsOfFile: folder.file("\(names[0]).secrets"), encoding: .utf8)
      let found = try secrets.split(separator: "\n").map { try file.key(for: String($0))?.name }
      #expect(found == names)
    }
  }

  @Test func helpOfASubcommandOfASubcommand() throws {
    let help = try CommandRun("cand-search", ["help", "keys", "add"])
    #expect(help.exit == 0)
    #expect(try help.output == CommandRun("cand-search", ["keys", "add", "--help"]).output)
    let wrong = try CommandRun("cand-search", ["help", "keys", "adds"])
    #expect(wrong.exit == 2)
    #expect(wrong.error.contains("there is no help on “keys adds”"))
  }

  @Test func helpListsTheRights() throws {
    let help = try CommandRun("cand-search", ["help", "keys"]).output
    for right in AccessRight.allCases { #expect(help.contains("\n\(right.rawValue): ")) }
    #expect(try CommandRun("cand-search", ["help"]).output.contains("\n  keys "))
  }
}
