import ArgumentParser
import CandidateModel
import CandidateSearch
import CommandSupport

/// How hits are printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case table, json, ndjson, csv, ids

  /// A table for people, a line a candidate for programs.
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
  func print(_ hits: [Hit], to output: inout StandardOutput) throws
}

/// One id a line, or each before a NUL, and nothing else.
struct IDPrinter: HitPrinter {
  let endWithNUL: Bool

  func print(_ hits: [Hit], to output: inout StandardOutput) throws {
    for hit in hits {
      let id = hit.candidate.id
      // An index that an older version made may contain such ids: a line of one would be the id of another candidate.
      if !endWithNUL, id.unicodeScalars.contains(where: \.isControlOrBidi) {
        StandardError.write("note: left out \(id), whose id does not fit on a line; -0 prints it")
        continue
      }
      try output.write(id + (endWithNUL ? "\0" : "\n"))
    }
  }
}

/// The stored records, each with a `_match` object added: one a line, or all in a list.
struct JSONPrinter: HitPrinter {
  let isList: Bool

  func print(_ hits: [Hit], to output: inout StandardOutput) throws {
    if isList { try output.write("[") }
    for (i, hit) in hits.enumerated() {
      if isList { try output.write(i == 0 ? "\n" : ",\n") }
      try output.write(record(hit))
      if !isList { try output.write("\n") }
    }
    if isList { try output.write(hits.isEmpty ? "]\n" : "\n]\n") }
  }

  /// The record on one line: white space between its members, which may be line breaks, is left out of strings'
  /// way and turned into spaces.
  private func record(_ hit: Hit) -> [UInt8] {
    let match = Self.match(hit).text
    var bytes = hit.candidate.jsonBytes
    if Terminal.isOutput { bytes = JSONOutput.terminalSafe(bytes) }
    // A raw line break occurs between members only: inside a string, JSON requires it to be escaped.
    for i in bytes.indices where bytes[i] == 0x0A || bytes[i] == 0x0D { bytes[i] = 0x20 }
    if bytes.last == UInt8(ascii: "}") { bytes.removeLast() }
    return bytes + Array(",\"_match\":\(match)}".utf8)
  }
}

extension JSONPrinter {
  /// Where a hit came from: its tier, and the ranges that matched, in bytes of UTF-8 of each field's value.
  fileprivate static func match(_ hit: Hit) -> JSONOutput {
    let highlights = hit.highlights.map { highlight in
      JSONOutput.object([
        ("field", .string(highlight.field.rawValue)), ("value", .number(highlight.value)),
        ("ranges", .list(highlight.ranges.map { .list([.number($0.lowerBound), .number($0.upperBound)]) })),
      ])
    }
    var fields: [String] = []
    for highlight in hit.highlights where !fields.contains(highlight.field.rawValue) {
      fields.append(highlight.field.rawValue)
    }
    return .object([
      ("tier", .string(hit.tier.rawValue)), ("connector", .string(hit.connector)),
      ("fields", .list(fields.map { .string($0) })), ("highlights", .list(highlights)),
    ])
  }
}

/// Comma-separated values with a header line (RFC 4180), each in quotes; lists are joined with semicolons.
struct CSVPrinter: HitPrinter {
  func print(_ hits: [Hit], to output: inout StandardOutput) throws {
    let fields = Field.csvColumns
    try output.write(Self.line(fields.map(\.recordName)))
    for hit in hits {
      let values = fields.map { hit.candidate.values(of: $0.id).joined(separator: "; ") }
      try output.write(Self.line(values))
    }
  }

  private static func line(_ values: [String]) -> String {
    values.map { CSVCell.text($0) }.joined(separator: ",") + "\r\n"
  }
}
