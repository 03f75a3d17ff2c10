import ArgumentParser
import CandidateCSV
import CandidateJSON
import CandidateModel
import CandidateSearch
import CommandSupport

/// A format of hits.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case table, json, ndjson, csv, ids

  /// The default: a table on a terminal, otherwise NDJSON.
  static var standard: OutputFormat { Terminal.isOutput ? .table : .ndjson }

  func printer(endWithNUL: Bool) -> any HitPrinter {
    switch self {
    case .table: TablePrinter(columns: Terminal.columns, usesColor: Terminal.usesColor)
    case .json: JSONPrinter(isList: true)
    case .ndjson: JSONPrinter(isList: false)
    case .csv: CSVPrinter()
    case .ids: IDPrinter(endWithNUL: endWithNUL)
    }
  }
}

/// Prints hits in a format.
protocol HitPrinter {
  func print(_ results: SearchResults, to output: inout StandardOutput) throws
}

/// Prints one id a line, or each id with a NUL after it. It needs no records.
struct IDPrinter: HitPrinter {
  let endWithNUL: Bool

  func print(_ results: SearchResults, to output: inout StandardOutput) throws {
    for id in results.identities.map(\.id) + results.hits.map(\.candidate.id) {
      // An index of an older version may contain ids with line breaks: their lines would be other candidates' ids.
      if !endWithNUL, id.unicodeScalars.contains(where: \.isControlOrBidi) {
        StandardError.write("note: left out \(id), whose id does not fit on a line; -0 prints it")
        continue
      }
      try output.write(id + (endWithNUL ? "\0" : "\n"))
    }
  }
}

/// Prints the stored records, each with an additional `_match` object: one a line, or all in a list.
struct JSONPrinter: HitPrinter {
  let isList: Bool

  func print(_ results: SearchResults, to output: inout StandardOutput) throws {
    let hits = results.hits
    if isList { try output.write("[") }
    for (i, hit) in hits.enumerated() {
      if isList { try output.write(i == 0 ? "\n" : ",\n") }
      try output.write(record(hit))
      if !isList { try output.write("\n") }
    }
    if isList { try output.write(hits.isEmpty ? "]\n" : "\n]\n") }
  }

  private func record(_ hit: Hit) -> [UInt8] {
    hit.json(record: Terminal.isOutput ? JSONValue.terminalSafe(hit.candidate.jsonBytes) : nil)
  }
}

/// Prints comma-separated values with a header line.
struct CSVPrinter: HitPrinter {
  func print(_ results: SearchResults, to output: inout StandardOutput) throws {
    let csv = CandidateCSV()
    try output.write(csv.header)
    for hit in results.hits { try output.write(csv.line(of: hit)) }
  }
}
