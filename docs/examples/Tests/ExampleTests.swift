import Foundation
import TestSupport
import Testing

/// The examples, run as a reader would run them.
@Suite struct ExampleTests {
  private let folder: TemporaryFolder
  private var index: String { folder.file("candidates.db") }

  init() throws {
    folder = try TemporaryFolder()
    let run = try CommandRun("load-records", [index])
    #expect(run.exit == 0 && run.output == "added 2, updated 0, unchanged 0\n", "\(run.error)")
  }

  @Test func recordsAreLoadedOnce() throws {
    let run = try CommandRun("load-records", [index])
    #expect(run.output == "added 0, updated 0, unchanged 2\n")
  }

  @Test func candidatesAreFound() throws {
    let nurses = try CommandRun("find-candidates", [index, "fairwether nurse"])
    #expect(nurses.exit == 0, "\(nurses.error)")
    #expect(nurses.lines.first == "Zoë Fairweather, Registered Nurse (corrected)", "\(nurses.output)")
    let engineers = try CommandRun("find-candidates", [index, "山田"])
    #expect(engineers.lines == ["山田 太郎, Software Engineer (fields, may not be e-mailed)"])
    #expect(try CommandRun("find-candidates", [index, "zzzz"]).exit == 1)
    let wrong = try CommandRun("find-candidates", [index, "salary:high"])
    #expect(wrong.exit == 2 && wrong.output.contains("there is no field"), "\(wrong.output)")
  }

  @Test func aPageHasHitsACountAndFacets() throws {
    struct Page: Decodable {
      struct Row: Decodable {
        let name: String
        let found: [String: String]
      }
      struct Count: Decodable, Equatable {
        let value: String
        let count: Int
      }
      let total: Int
      let rows: [Row]
      let tags: [Count]
      let cursor: String?
    }
    let run = try CommandRun("search-page", [index, "nurse OR engineer"])
    #expect(run.exit == 0, "\(run.error)")
    let page = try JSONDecoder().decode(Page.self, from: Data(run.output.utf8))
    #expect(page.total == 2)
    #expect(page.rows.map(\.name) == ["Zoë Fairweather", "山田 太郎"])
    #expect(page.rows.first?.found == ["title": "Registered «Nurse»"])
    #expect(page.tags == [.init(value: "JUNIOR", count: 1)] && page.cursor == nil)
  }
}
