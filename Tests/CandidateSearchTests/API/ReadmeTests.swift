import CandidateSearch
import Foundation
import TestSupport
import Testing

@Suite struct ReadmeTests {
  @Test func theLibrarysExampleStandsInTheReadmeAndWorks() throws {
    let example = try Fixture.text("Tests/CandidateSearchTests/API/ReadmeExample.swift")
    #expect(try Fixture.text("README.md").contains("```swift\n\(example)```"))
    let folder = try TemporaryFolder()
    #expect(
      try recentJuniorEngineers(syncedFrom: Fixture.example, into: folder.file("i.db")) == [
        "John Doe, SOFTWARE ENGINEER"
      ])
  }

  @Test func theAsynchronousOneDoesToo() async throws {
    let example = try Fixture.text("Tests/CandidateSearchTests/API/ReadmeAsyncExample.swift")
    let body = example.replacing("import CandidateSearch\n\n", with: "")
    #expect(try Fixture.text("README.md").contains("```swift\n\(body)```"))
    let index = try CandidateIndex.holding(
      #"{"id":"a","title":"Engineer","tags":["JUNIOR"]}"#,
      #"{"id":"b","title":"Engineer","locations":["Berlin"],"is_private":true}"#,
      #"{"id":"c","title":"Engineer"}"#)
    #expect(try await newestEngineers(in: index).hits.map(\.candidate.id) == ["a"])
  }
}
