import ArgumentParser
import CandidateJSON
import CandidateSearch
import CommandSupport
import Foundation

/// `cand-search stats`: prints the statistics of the index.
struct Stats: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats", abstract: "Print what the index contains.")

  @OptionGroup var index: IndexOptions
  @OptionGroup var scope: ScopeOptions

  @Option(help: "text or json.")
  var format: SummaryFormat = .text

  func run() throws {
    let settings = try index.settings(scope)
    let statistics = try settings.openForReading().statistics()
    let path = settings.location.path
    try StandardOutput.print(
      format == .json
        ? JSONValue.object([("index", .string(path))] + statistics.jsonMembers).text + "\n"
        : text(statistics, path))
    if let note = UnicodeNote.text(statistics.unicodeVersion) { StandardError.write(note) }
  }

  private func text(_ statistics: IndexStatistics, _ path: String) -> String {
    var rows = [
      ("index", path),
      ("candidates", "\(statistics.candidates)"),
    ]
    rows += statistics.privateCandidates.map { [("private", "\($0)")] } ?? []
    rows.append(("emailable", "\(statistics.emailable)"))
    for connector in statistics.byConnector {
      rows.append(
        ("connector \(connector.name.isEmpty ? "(none)" : connector.name)", "\(connector.candidates)"))
    }
    rows += statistics.syncs.map { ("sync \($0.connector)", SyncText.text($0, statistics.syncing)) }
    rows += [
      ("newest", statistics.newest?.description ?? "none has a time"),
      ("oldest", statistics.oldest?.description ?? "none has a time"),
    ]
    rows += statistics.fileBytes.map { [("file", "\($0) bytes")] } ?? []
    rows += statistics.parts.map { part in
      ("  \(part.name)", "\(part.bytes) bytes\(perCandidate(part, statistics, " (%.1f a candidate)"))")
    }
    rows += statistics.compressesRecords.map { [("compressed", compression($0, statistics))] } ?? []
    rows += [
      ("versions", statistics.versionsText)
    ]
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { "\(TerminalText.safe($0).padding(to: width + 2))\(TerminalText.safe($1))\n" }.joined()
  }

  /// The size of a part for each candidate; empty where there are no candidates.
  private func perCandidate(_ part: StoragePart, _ statistics: IndexStatistics, _ format: String) -> String {
    statistics.candidates == 0
      ? "" : String(format: format, part.bytes(perCandidateOf: statistics.candidates))
  }

  private func compression(_ isEnabled: Bool, _ statistics: IndexStatistics) -> String {
    guard isEnabled else { return "no" }
    return statistics.dictionaryBytes.map { "with a dictionary of \($0) bytes" } ?? "from 1000 records on"
  }
}
