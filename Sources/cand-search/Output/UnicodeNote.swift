import CandidateSearch
import TextAnalysis

/// What is said of an index whose text was prepared by another version of Unicode than queries are.
enum UnicodeNote {
  static func text(_ version: UnicodeVersion?) -> String? {
    guard version != .current else { return nil }
    let other = version.map { "Unicode \($0)" } ?? "an unknown version of Unicode"
    return
      "note: the text of the index was prepared with \(other), queries are with \(UnicodeVersion.current); "
      + "cand-search reindex renews it"
  }
}
