import Foundation
import TestSupport
import Testing

/// Dependencies point down only, between targets and between the folders of `CandidateSearch`.
@Suite struct LayerTests {
  private static let library = Result { try rules("CandidateSearch") }

  private static func rules(_ target: String) throws -> LayerRules {
    LayerRules(
      target: target,
      files: try SourceFile.files(in: Fixture.root.appendingPathComponent(Layers.folder(of: target))))
  }

  /// Names each violation as an issue of its own.
  private static func expectNone(_ violations: [String]) {
    for violation in violations { Issue.record("\(violation)") }
  }

  @Test func everyTargetIsInTheTable() throws {
    let folders = try Layers.sources.flatMap { sources in
      try FileManager.default.contentsOfDirectory(atPath: Fixture.path(sources)).map { "\(sources)/\($0)" }
    }
    let known = Layers.libraries.union(Layers.targets.keys)
    #expect(Set(folders) == Set(known.map(Layers.folder)))
  }

  @Test(arguments: Layers.targets.keys.sorted()) func targetsImportOnlyLowerOnes(_ target: String) throws {
    Self.expectNone(try Self.rules(target).wrongImports(allowed: Layers.targets[target] ?? []))
  }

  @Test(arguments: [Layers.targets, Layers.folders]) func nothingIsBelowItself(
    _ layers: [String: Set<String>]
  ) {
    for (name, lower) in layers {
      var (reachable, next) = (lower, lower)
      repeat {
        reachable = next
        next.formUnion(reachable.flatMap { layers[$0] ?? [] })
      } while next != reachable
      #expect(!reachable.contains(name), "\(name)")
    }
  }

  @Test(arguments: Layers.targets.keys.sorted()) func onlyThePlacesWithSQLImportSQLite(
    _ target: String
  ) throws {
    Self.expectNone(try Self.rules(target).engineImports())
  }

  @Test(arguments: Layers.targets.keys.sorted()) func onlyThePlacesWithSQLContainSQL(
    _ target: String
  ) throws {
    Self.expectNone(try Self.rules(target).wrongSQL())
  }

  @Test func foldersUseOnlyLowerOnes() throws {
    Self.expectNone(try Self.library.get().wrongReferences())
  }

  // MARK: - The rules themselves

  private static let sample = LayerRules(
    target: "CandidateSearch",
    files: [
      SourceFile(
        path: "Planning/Plan.swift",
        text: """
          import GRDB
          import TextAnalysis

          /// A comment may name Searcher, and "SELECT" too.
          struct Plan {
            struct Step {}
            let text = #"a "quoted" \\(not code) SELECT"#
            let found = "the \\(Searcher.self) finds"
          }
          """),
      SourceFile(
        path: "Execution/Searcher.swift", text: "final class Searcher { let step = Step(), plan: Plan }"),
      SourceFile(
        path: "SQLiteEngine/Step.swift", text: "import GRDB\npublic enum Step { case \"SELECT 1\" }"),
      SourceFile(path: "API/Values/Options.swift", text: "struct Options {}"),
      SourceFile(path: "IndexLanguage/Term.swift", text: "struct Term { let options: Options }"),
      SourceFile(path: "New/New.swift", text: "struct New {}"),
    ])

  @Test func anUpwardReferenceIsNamed() {
    #expect(
      Self.sample.wrongReferences() == [
        "Sources/CandidateSearch/Planning/Plan.swift:8: Planning → Execution by Searcher is not in Layers.folders",
        "Sources/CandidateSearch/Execution/Searcher.swift:1: Execution → SQLiteEngine by Step is not in "
          + "Layers.folders",
        "New/New.swift: the folder is not in Layers.folders",
      ])
  }

  @Test func anImportOfSQLiteIsNamed() {
    #expect(
      Self.sample.engineImports() == [
        "Sources/CandidateSearch/Planning/Plan.swift:1: only SQLiteEngine imports GRDB"
      ])
    #expect(
      Self.sample.wrongImports(allowed: ["GRDB"]) == [
        "Sources/CandidateSearch/Planning/Plan.swift:2: CandidateSearch → TextAnalysis is not in Layers.targets"
      ])
  }

  @Test func sqlIsNamed() {
    #expect(
      Self.sample.wrongSQL() == [
        "Sources/CandidateSearch/Planning/Plan.swift:7: only SQLiteEngine contains SQL, found “SELECT”"
      ])
  }
  /// SQL and SQLite in the server, in a file beside the one that may have them.
  @Test func sqlOfTheServerIsNamed() {
    let text = "import GRDB\nlet text = \"SELECT 1\""
    let rules = LayerRules(
      target: "CandidateServer",
      files: ["Webhooks/EventStore.swift", "Webhooks/EventStore.swift.swift", "Server.swift"].map {
        SourceFile(path: $0, text: text)
      })
    let places = ["Webhooks/EventStore.swift.swift", "Server.swift"].map {
      "server/Sources/CandidateServer/\($0)"
    }
    #expect(
      rules.engineImports() == places.map { "\($0):1: only Webhooks/EventStore.swift imports GRDB" })
    #expect(
      rules.wrongSQL()
        == places.map { "\($0):2: only Webhooks/EventStore.swift contains SQL, found “SELECT”" })
  }
}
