import ArgumentParser
import CandidateSearch
import CommandSupport

/// `cand-search doctor`: prints what support needs.
struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract:
      "Check the installation: versions, paths, permissions, disk, connectors, and a sample of the index.",
    discussion: """
      Prints no names, no queries, no keys, and no path of your own folder (~ replaces it), so that the output can be sent to \
      others. Names of connectors and of files occur. Nothing is changed.

      Exit: 0 if all is well, 3 for a warning, 4 if something does not work, 2 for a wrong option.
      """)

  @OptionGroup var keys: KeysOptions
  @OptionGroup var scope: ScopeOptions
  @OptionGroup var log: LogFileOption

  @Option(help: "table or json.")
  var format: ReportFormat = .table

  @Argument(help: .hidden)
  var words: [String] = []

  func validate() throws {
    // A title that people search for.
    guard words.isEmpty else {
      throw ValidationError("doctor takes no words; to search for them: cand-search search -- doctor …")
    }
  }

  func run() throws {
    let diagnosis = DoctorCheck.diagnose(try DoctorContext(keys, log, scope))
    try format.print(diagnosis.text, diagnosis.json)
    if diagnosis.severity > .note { throw diagnosis.severity.status }
  }
}
