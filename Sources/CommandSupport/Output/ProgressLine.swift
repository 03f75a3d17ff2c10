import CandidateSearch
import Foundation

/// One line on a terminal that shows the progress of an ingest; nothing in a pipe.
package final class ProgressLine {
  private let isShown = Terminal.isError

  package init() {}

  package func show(_ summary: IngestSummary, _ reader: RecordReader) {
    guard isShown else { return }
    let read = Self.megabytes(reader.consumedBytes)
    let of = reader.totalBytes.map { " of " + Self.megabytes($0) } ?? ""
    put("\(summary.records) records, \(Int(summary.rate)) records/s, \(read)\(of) MB")
  }

  package func show(records: Int) { show("\(records) records") }

  package func show(_ text: String) {
    if isShown { put(text) }
  }

  /// Makes room for a line of something else.
  package func clear() { if isShown { put("") } }

  private func put(_ text: String) {
    try? FileDescriptor.write(Array("\r\u{1B}[K\(TerminalText.safe(text))".utf8), to: STDERR_FILENO)
  }

  private static func megabytes(_ bytes: Int) -> String { String(bytes / 1_000_000) }
}
