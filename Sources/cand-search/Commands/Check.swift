import ArgumentParser
import CandidateSearch
import CommandSupport

/// `cand-search check`: whether the index is sound.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check that the index is sound, and repair it.",
    discussion: "Exit: 0 if all is well, 3 if something is wrong.")

  @OptionGroup var index: IndexOptions
  @OptionGroup var scope: ScopeOptions

  @Flag(name: .customLong("full"), help: "Compare every candidate with its postings, not a thousand of them.")
  var isFull = false

  @Flag(help: "Rebuild what is derived from the stored records where something is wrong.")
  var repair = false

  func run() throws {
    try scope.expectAll()
    let index = try index.openExisting()
    var report = try index.check(isFull: isFull)
    tell(report)
    if repair, !report.isSound {
      let lost = try index.repair()
      if lost > 0 {
        StandardError.write("took out \(lost) whose records cannot be read; index their source again")
      }
      report = try index.check(isFull: isFull)
      StandardError.write(report.isSound ? "repaired" : "after rebuilding:")
      if !report.isSound { tell(report) }
    }
    guard report.isSound else { throw ExitStatus.refused }
    StandardError.write(
      "sound: \(report.candidates) candidates, \(report.compared) compared with their postings")
  }

  private func tell(_ report: CheckReport) {
    for problem in report.problems { StandardError.write(problem) }
    if report.isErasurePending {
      StandardError.write("note: what was forgotten is not erased yet; index, or forget, once more")
    }
    if let note = UnicodeNote.text(report.unicodeVersion) { StandardError.write(note) }
    if !report.isSound, !repair {
      StandardError.write(
        "cand-search: the index is damaged; cand-search check --repair rebuilds it from its records")
    }
  }
}
