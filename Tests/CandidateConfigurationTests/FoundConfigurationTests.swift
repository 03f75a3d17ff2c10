import CandidateConfiguration
import Foundation
import TestSupport
import Testing

/// Which file is read, and what applies where the file and the environment state something.
@Suite struct FoundConfigurationTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("c.toml")
  }

  private func found(
    _ text: String, _ environment: [String: String] = [:]
  ) throws -> FoundConfiguration {
    try folder.write(text, to: "c.toml")
    return try FoundConfiguration(option: path, environment: environment, standardPath: "/nonexistent/c")
  }

  // MARK: - The file

  struct FileCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var option: String?
    var variable: String?
    var standard = "standard.toml"
    /// The index that is named; nil for none.
    let index: String?
    let source: ConfigurationSource
  }

  static let files = [
    FileCase(
      testDescription: "an option", option: "option.toml", variable: "variable.toml", index: "o",
      source: .option("--config")),
    FileCase(
      testDescription: "a variable", variable: "variable.toml", index: "v",
      source: .variable("CAND_SEARCH_CONFIG")),
    FileCase(testDescription: "an empty variable", variable: "", index: "s", source: .standard),
    FileCase(testDescription: "the standard file", index: "s", source: .standard),
    FileCase(
      testDescription: "no standard file", standard: "none.toml", index: nil, source: .standard),
    FileCase(
      testDescription: "no standard folder", standard: "none/c.toml", index: nil, source: .standard),
    FileCase(
      testDescription: "a folder that is a file", standard: "standard.toml/c.toml", index: nil,
      source: .standard),
    FileCase(testDescription: "none by an option", option: "none", index: nil, source: .option("--config")),
    FileCase(
      testDescription: "none by a variable", variable: "none", index: nil,
      source: .variable("CAND_SEARCH_CONFIG")),
  ]

  @Test(arguments: files) func oneFileIsRead(_ file: FileCase) throws {
    for name in ["option", "variable", "standard"] {
      try folder.write("index = '/\(name.prefix(1))'", to: "\(name).toml")
    }
    func place(_ name: String?) -> String? {
      name.map { $0.isEmpty || $0 == "none" ? $0 : folder.file($0) }
    }
    let found = try FoundConfiguration(
      option: place(file.option), environment: ["CAND_SEARCH_CONFIG": place(file.variable) ?? ""],
      standardPath: folder.file(file.standard))
    #expect(found.settings.index == file.index.map { "/\($0)" } && found.pathSource == file.source)
    #expect((found.path == nil) == (file.index == nil))
  }

  /// A file that may state a scope is never passed over.
  @Test func aFileThatCannotBeReadIsAnError() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    let link = folder.file("link")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: link)
    let unreadable = [
      (option: path, variable: "", standard: "/nonexistent"), (folder.file("none"), "", "/nonexistent"),
      ("", "", "/nonexistent"), (nil, path, "/nonexistent"), (nil, folder.file("none"), "/nonexistent"),
      (nil, "", path), (nil, "", link),
    ]
    for (option, variable, standard) in unreadable {
      let error = thrown { () throws(ConfigurationError) in
        _ = try FoundConfiguration(
          option: option, environment: ["CAND_SEARCH_CONFIG": variable], standardPath: standard)
      }
      #expect(
        error?.description.contains("cannot be read") == true, "\(option ?? "-") \(variable) \(standard)")
    }
  }

  // MARK: - What applies

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let environment: [String: String]
    /// The paths of members, each with its value and its source. `FILE` is the path of the file.
    let entries: [String]

    init(_ testDescription: String, _ text: String, _ environment: [String: String], _ entries: [String]) {
      self.testDescription = testDescription
      self.text = text
      self.environment = environment
      self.entries = entries
    }
  }

  private static let connector = "[[connector]]\nname = 'a'\n"

  static let cases = [
    Case(
      "the file", "index = '/f'\nkeys = '/k'\nlog.file = '/l'", [:],
      ["index \"/f\" FILE:1", "keys \"/k\" FILE:2", "log.file \"/l\" FILE:3"]),
    Case(
      "the environment", "",
      ["CAND_SEARCH_INDEX": "v", "CAND_SEARCH_KEYS": "k", "CAND_SEARCH_LOG": "l"],
      [
        "index \"v\" variable CAND_SEARCH_INDEX", "keys \"k\" variable CAND_SEARCH_KEYS",
        "log.file \"l\" variable CAND_SEARCH_LOG",
      ]),
    Case(
      "the environment before the file", "index = '/f'\n[log]\nfile = '/l'\nkeep = '1d'",
      ["CAND_SEARCH_INDEX": "v", "CAND_SEARCH_LOG": "l"],
      [
        "index \"v\" variable CAND_SEARCH_INDEX", "log.file \"l\" variable CAND_SEARCH_LOG",
        "log.keep \"1d\" FILE:4",
      ]),
    Case("an empty variable", "index = '/f'", ["CAND_SEARCH_INDEX": ""], ["index \"/f\" FILE:1"]),
    Case("nothing", "", [:], ["index - default", "visibility \"all\" default", "scope - default"]),
    Case("public by the file", "visibility = 'public'", [:], ["visibility \"public\" FILE:1"]),
    Case(
      "public by the variable", "visibility = 'all'", ["CAND_SEARCH_VISIBILITY": "public"],
      ["visibility \"public\" variable CAND_SEARCH_VISIBILITY"]),
    Case(
      "public by the file, not widened by the variable", "visibility = 'public'",
      ["CAND_SEARCH_VISIBILITY": "all"], ["visibility \"public\" FILE:1"]),
    Case(
      "both filters", "scope = 'tag:a'", ["CAND_SEARCH_SCOPE": "tag:b"],
      ["scope \"tag:a\" FILE:1", "scope \"tag:b\" variable CAND_SEARCH_SCOPE"]),
    Case(
      "an empty variable lifts no filter", "scope = 'tag:a'", ["CAND_SEARCH_SCOPE": ""],
      ["scope \"tag:a\" FILE:1"]),
    Case(
      "a key in the environment", "", ["BINDBEE_API_KEY": "hunter2"],
      ["api-key (a secret) variable BINDBEE_API_KEY"]),
    Case(
      "a key in the file before the environment", "api-key-file = 'k'", ["BINDBEE_API_KEY": "hunter2"],
      ["api-key-file \"FOLDER/k\" FILE:1"]),
    Case(
      "a token", connector + "token = 'hunter2'", [:],
      ["connector a.name \"a\" FILE:2", "connector a.token (a secret) FILE:3"]),
    Case(
      "a token by a variable, whose content is not shown", connector + "token-variable = 'T'",
      ["T": "hunter2"], ["connector a.token-variable \"T\" FILE:3"]),
    Case(
      "a region before an address of the environment", connector + "token = 'hunter2'\nregion = 'eu'",
      ["BINDBEE_BASE_URL": "https://b"], ["connector a.region \"eu\" FILE:4"]),
    Case(
      "an address of the environment", connector + "token = 'hunter2'", ["BINDBEE_BASE_URL": "https://b"],
      ["connector a.base-address \"https://b\" variable BINDBEE_BASE_URL"]),
    Case(
      "a password in an address", connector + "token = 'x'\nbase-address = 'https://u:hunter2@b'", [:],
      ["connector a.base-address (a secret) FILE:4"]),
    Case(
      "a password in an address of the environment", connector + "token = 'x'",
      ["BINDBEE_BASE_URL": "https://u:hunter2@b"],
      ["connector a.base-address (a secret) variable BINDBEE_BASE_URL"]),
    Case(
      "keys of webhooks", "webhook.keys = [{ key = 'hunter2' }, { key-file = '/w' }]", [:],
      ["webhook key 1.key (a secret) FILE:1", "webhook key 2.key-file \"/w\" FILE:1"]),
    Case(
      "numbers and lists", "[server]\nqueue = 0\norigins = ['https://a']", [:],
      ["server.queue 0 FILE:2", "server.origins [\"https://a\"] FILE:3"]),
  ]

  @Test(arguments: cases) func eachValueHasItsSource(_ case: Case) throws {
    let found = try found(`case`.text, `case`.environment)
    let lines = found.entries.map { "\($0.path) \($0.value?.description ?? "-") \($0.source)" }
    for entry in `case`.entries {
      let line = entry.replacing("FILE", with: path).replacing("FOLDER", with: folder.path)
      #expect(lines.contains(line), "\(line): \(lines)")
    }
    #expect(!lines.joined().contains("hunter2"))
    // A member is listed once for each place that states it.
    for name in ["index", "visibility", "log.file", "api-key"] {
      #expect(lines.count { $0.hasPrefix(name + " ") } <= 1, "\(name)")
    }
  }

  @Test func everyMemberIsListedOnce() throws {
    let members = ConfigurationMember.all.filter { !$0.section.hasPrefix("[[") }
    let paths = try found("").entries.map(\.path)
    for member in members where !member.name.hasSuffix("-variable") && !member.name.hasSuffix("-file") {
      let section = member.section.filter { $0 != "[" && $0 != "]" }
      #expect(
        paths.count { $0 == (section.isEmpty ? "" : section + ".") + member.name } == 1, "\(member.name)")
    }
  }

  /// A variable and the error; each is named, and not its value.
  static let wrong = [
    ("CAND_SEARCH_VISIBILITY", "pubic", "it must be one of \"all\", \"public\""),
    ("CAND_SEARCH_VISIBILITY", " public", "it must be one of \"all\", \"public\""),
  ]

  @Test(arguments: wrong) func aWrongVariableIsNamed(_ name: String, _ value: String, _ problem: String)
    throws
  {
    let error = #expect(throws: ConfigurationError.self) { try found("", [name: value]) }
    #expect(error?.description == "\(name): \(problem)")
  }
}
