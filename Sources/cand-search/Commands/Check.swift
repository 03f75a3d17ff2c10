import ArgumentParser
import CandidateSearch
import CommandSupport

/// `cand-search check`: checks the index.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check that the index is sound, and repair it.",
    discussion: "Exit: 0 if the index is sound, 3 if it has a problem.")

  @OptionGroup var index: IndexOptions
  @OptionGroup var scope: ScopeOptions

  @Flag(
    name: .customLong("full"), help: "Compare every candidate with its postings, not a sample of a thousand.")
  var isFull = false

  @Flag(help: "If the index has a problem, rebuild what is derived from the stored records.")
  var repair = false

  func run() throws {
    let location = try index.settings(scope).expectingAll().location
    let index = try location.openExisting()
    var report = try index.check(isFull: isFull)
    printProblems(report)
    if repair, !report.isSound {
      let lost = try index.repair()
      if lost > 0 {
        StandardError.write(
          "removed \(lost) candidates whose records cannot be read; index their source again")
      }
      report = try index.check(isFull: isFull)
      StandardError.write(report.isSound ? "repaired" : "after rebuilding:")
      if !report.isSound { printProblems(report) }
    }
    guard report.isSound else { throw ExitStatus.refused }
    StandardError.write(
      "sound: \(report.candidates) candidates, \(report.compared) compared with their postings")
  }

  private func printProblems(_ report: CheckReport) {
    for problem in report.problems { StandardError.write(problem) }
    if report.isErasurePending {
      StandardError.write(
        "note: forgotten candidates are not erased from the file yet; the next index or forget erases them")
    }
    if let note = UnicodeNote.text(report.unicodeVersion) { StandardError.write(note) }
    if !report.isSound, !repair {
      StandardError.write(
        "cand-search: the index is damaged; cand-search check --repair rebuilds it from its records")
    }
  }
}
