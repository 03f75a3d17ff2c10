import Foundation
import TestSupport
import Testing

@Suite struct ReadmeTests {
  @Test func theLibrarysExampleStandsInTheReadmeAndWorks() throws {
    let example = try Fixture.text("Tests/CandidateSearchTests/ReadmeExample.swift")
    #expect(try Fixture.text("README.md").contains("```swift\n\(example)```"))
    let folder = try TemporaryFolder()
    #expect(
      try recentJuniorEngineers(syncedFrom: Fixture.example, into: folder.file("i.db")) == [
        "John Doe, SOFTWARE ENGINEER"
      ])
  }
}
