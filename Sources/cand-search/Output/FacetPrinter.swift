import ArgumentParser
import CandidateCSV
import CandidateJSON
import CandidateSearch
import CommandSupport

extension Facet: ExpressibleByArgument {}

extension OutputFormat {
  /// Prints counts: on a terminal each facet under its name, otherwise comma-separated values, or one JSON object. Its
  /// member `partial` lists the missing parts of the index, if there are any. Counts have no ids.
  func print(
    _ facets: [FacetCounts], without missingParts: [String], to output: inout StandardOutput
  ) throws {
    switch self {
    case .json, .ndjson:
      let partial =
        missingParts.isEmpty ? [] : [("partial", JSONValue.list(missingParts.map { .string($0) }))]
      let members = facets.map { ($0.facet.rawValue, $0.json) } + partial
      try output.write(JSONValue.object(members).text + "\n")
    case .table: for counts in facets { try output.write(Self.table(counts)) }
    case .csv:
      try output.write(FacetCSV.header)
      for counts in facets { try output.write(FacetCSV.lines(of: counts)) }
    case .ids: break
    }
  }

  private static func table(_ counts: FacetCounts) -> String {
    let width = counts.values.map { "\($0.count)".count }.max() ?? 0
    var lines = ["\(counts.facet.rawValue): \(counts.distinct) different, \(counts.missing) without"]
    lines += counts.values.map { value in
      let count = "\(value.count)"
      return "  " + String(repeating: " ", count: width - count.count) + count + "  "
        + TerminalText.safe(value.value)
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
