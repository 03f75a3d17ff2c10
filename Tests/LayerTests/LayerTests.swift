import Foundation
import TestSupport
import Testing

/// Dependencies point down only, between targets and between the folders of `CandidateSearch`.
@Suite struct LayerTests {
  private static let library = Result { try rules("CandidateSearch") }

  private static func rules(_ target: String) throws -> LayerRules {
    LayerRules(
      target: target,
      files: try SourceFile.files(in: Fixture.root.appendingPathComponent("Sources/\(target)")))
  }

  /// Names each violation as an issue of its own.
  private static func expectNone(_ violations: [String]) {
    for violation in violations { Issue.record("\(violation)") }
  }

  @Test func everyTargetIsInTheTable() throws {
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: Fixture.root.appendingPathComponent("Sources").path)
    #expect(Set(folders) == Layers.libraries.union(Layers.targets.keys))
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

  @Test func onlyTheEngineImportsSQLite() throws {
    Self.expectNone(try Self.library.get().engineImports())
  }

  @Test func onlyTheEngineContainsSQL() throws {
    Self.expectNone(try Self.library.get().sqlOutsideOfEngine())
  }

  @Test(arguments: Set(Layers.targets.keys).subtracting(Layers.targetsWithSQL).sorted())
  func otherTargetsContainNoSQL(_ target: String) throws {
    Self.expectNone(try Self.rules(target).sqlOutsideOfEngine())
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
      Self.sample.sqlOutsideOfEngine() == [
        "Sources/CandidateSearch/Planning/Plan.swift:7: only SQLiteEngine contains SQL, found “SELECT”"
      ])
  }
}
