import Foundation
import TestSupport
import Testing

/// Help texts are shown as they are, whatever they contain.
@Suite(.enabled(if: ManualCheck.isInstalled, "man or mandoc is not installed: the manual was not checked"))
struct HostileHelpTests {
  struct Text: CustomTestStringConvertible {
    let name: String
    let text: String
    var testDescription: String { name }

    init(_ name: String, _ text: String) {
      self.name = name
      self.text = text
    }
  }

  static let texts = [
    Text("plain", "Find candidates."),
    Text("a request", ".SH INJECTED"),
    Text("a request in a line", "Ends in a point. .so /etc/passwd"),
    Text("a control of an apostrophe", "'br"),
    Text("a wrapped request", String(repeating: "word ", count: 14) + ".ND .ND .ND .ND .ND .ND .ND"),
    Text("escapes", #"\fBbold\fR \n(.. \" \& \e \*(lq \X'ps: exec' \\"#),
    Text("a backslash at the end", #"C:\"#),
    Text("quotes", #"It's "quoted" `code` ^caret ~tilde 'single'"#),
    Text("options", "-n --limit -- - --no-variants"),
    Text("other scripts", "Müller Ŝ 山田 🔥 محمد é"),
    Text("only a point", "."),
    Text("a long word", String(repeating: "x", count: 300)),
    Text("a long word of escapes", String(repeating: "-", count: 300)),
    Text("many words", String(repeating: "word ", count: 2_000) + "end"),
  ]

  /// The page of a program whose help contains the text, as its source's path.
  private func page(_ text: String, in folder: TemporaryFolder) throws -> String {
    let argument: [String: Any] = [
      "kind": "option", "abstract": text, "isOptional": true, "isRepeating": false, "valueName": text,
      "shouldDisplay": true, "names": [["kind": "long", "name": text]],
      "preferredName": ["kind": "long", "name": text],
    ]
    let command: [String: Any] = [
      "commandName": "made-up", "abstract": text, "arguments": [argument],
      "discussion": "First.\n\n\(text)\n\nExit: 0 \(text), 1 \(text)",
    ]
    let dump = try JSONSerialization.data(withJSONObject: ["command": command, "serializationVersion": 0])
    let path = try folder.write(String(decoding: dump, as: UTF8.self), to: "dump.json")
    let run = try generate(program: "cat '\(path)'", in: folder)
    #expect(run.exit == 0, "\(run.error)")
    return folder.file("man/man1/made-up.1")
  }

  private func generate(program script: String, in folder: TemporaryFolder) throws -> CommandRun {
    let program = try folder.write("#!/bin/sh\n\(script)\n", to: "program")
    chmod(program, 0o755)
    return try CommandRun(
      "cand-search-manual", ["--output", folder.file("man"), "--date", "2026-11-26", program])
  }

  @Test(arguments: texts) func isShownAsItIs(_ text: Text) throws {
    let folder = try TemporaryFolder()
    let page = try page(text.text, in: folder)
    #expect(
      try ManualCheck.complaints(page).split(separator: "\n").filter { !$0.contains("can't break line") }
        == [])
    let source = try String(contentsOfFile: page, encoding: .utf8)
    #expect(source.utf8.allSatisfy { $0 < 0x80 })
    let words = try ManualCheck.text(page).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let expected = text.text.precomposedStringWithCanonicalMapping.split(separator: " ").joined(
      separator: " ")
    #expect(words.precomposedStringWithCanonicalMapping.contains("First. \(expected)"), "\(words)")
  }

  struct Failing: CustomTestStringConvertible {
    let name: String
    let script: String
    let message: String
    var testDescription: String { name }
  }

  @Test(arguments: [
    Failing(name: "fails", script: "exit 3", message: "--experimental-dump-help failed"),
    Failing(name: "is killed", script: "kill -9 $$", message: "--experimental-dump-help failed"),
    Failing(name: "prints nothing", script: ":", message: "does not describe itself"),
    Failing(name: "prints text", script: "echo usage", message: "does not describe itself"),
    Failing(name: "prints other JSON", script: "echo '{}'", message: "does not describe itself"),
  ]) func aProgramThatDoesNotDescribeItselfIsNamed(_ program: Failing) throws {
    let folder = try TemporaryFolder()
    let run = try generate(program: program.script, in: folder)
    #expect(run.exit != 0)
    #expect(run.error.contains("\(folder.file("program"))") && run.error.contains(program.message))
    #expect(!FileManager.default.fileExists(atPath: folder.file("man")))
  }
}
