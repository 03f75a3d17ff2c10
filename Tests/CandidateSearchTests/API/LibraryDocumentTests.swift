import CandidateSearch
import Foundation
import TestSupport
import Testing

/// The programs of `docs/library.md` work.
@Suite struct LibraryDocumentTests {
  @Test func theLibrarysExampleWorks() throws {
    let example = try Fixture.text("Tests/CandidateSearchTests/API/LibraryExample.swift")
    #expect(try Fixture.text("docs/library.md").contains("```swift\n\(example)```"))
    let folder = try TemporaryFolder()
    #expect(
      try recentJuniorEngineers(syncedFrom: Fixture.example, into: folder.file("i.db")) == [
        "John Doe, SOFTWARE ENGINEER"
      ])
  }

  @Test func theAsynchronousOneDoesToo() async throws {
    let example = try Fixture.text("Tests/CandidateSearchTests/API/LibraryAsyncExample.swift")
    let body = example.replacing("import CandidateSearch\n\n", with: "")
    #expect(try Fixture.text("docs/library.md").contains("```swift\n\(body)```"))
    let index = try CandidateIndex.holding(
      #"{"id":"a","title":"Engineer","tags":["JUNIOR"]}"#,
      #"{"id":"b","title":"Engineer","locations":["Berlin"],"is_private":true}"#,
      #"{"id":"c","title":"Engineer"}"#)
    #expect(try await newestEngineers(in: index).hits.map(\.candidate.id) == ["a"])
  }
}
