import CandidateSearch
import TextAnalysis

/// The note on an index whose text was analysed with another version of Unicode than queries are.
enum UnicodeNote {
  static func text(_ version: UnicodeVersion?) -> String? {
    guard version != .current else { return nil }
    let other = version.map { "Unicode \($0)" } ?? "an unknown version of Unicode"
    return
      "note: the text of the index was analysed with \(other), queries with \(UnicodeVersion.current); "
      + "cand-search reindex updates it"
  }
}
