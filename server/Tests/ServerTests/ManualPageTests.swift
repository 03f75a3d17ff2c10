import Foundation
import TestSupport
import Testing

/// The page of the server in the manual.
@Suite(.enabled(if: ManualCheck.isInstalled, "man or mandoc is not installed: the manual was not checked"))
struct ManualPageTests {
  @Test func isValidAndNamesThePageOfServe() throws {
    let folder = try TemporaryFolder()
    let programs = ["cand-search", "cand-search-server"].map { CommandRun.binary($0).path }
    let run = try CommandRun(
      "cand-search-manual", ["--output", folder.path, "--date", "2026-11-26"] + programs)
    try #require(run.exit == 0, "\(run.error)")
    let page = folder.file("man1/cand-search-server.1")
    #expect(try ManualCheck.complaints(page) == "")
    #expect(try ManualCheck.text(page).contains(/PROGRAM\n[^#]*serve +cand-search-serve\(1\)/))
  }
}
