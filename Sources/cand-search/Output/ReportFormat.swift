import ArgumentParser
import CandidateJSON
import CommandSupport

/// A format of a report on the installation.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
  case table, json

  /// Prints a report: its text, or its JSON on one line.
  func print(_ text: @autoclosure () -> String, _ json: @autoclosure () -> JSONValue) throws {
    var output = StandardOutput()
    switch self {
    case .table: try output.write(text())
    case .json: try output.write(json().text + "\n")
    }
    try output.flush()
  }
}
