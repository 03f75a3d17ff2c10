import CandidateSearch

extension IndexStatistics {
  /// The versions of what the index was written with, in a line.
  var versionsText: String {
    [
      "tables \(schemaVersion)", "text \(documentVersion)",
      "Unicode \(unicodeVersion?.description ?? "unknown")", "\(engine.name) \(engine.version)",
    ].joined(separator: ", ")
  }
}
