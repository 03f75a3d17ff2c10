import CandidateModel
import CandidateQuery
import TextAnalysis

/// What results state of the synonyms that found them.
enum SynonymText {
  /// The maximum number of phrases that are listed.
  private static let maximumListed = 3

  /// The phrases that occur in a candidate in place of what was typed; nil if there are none.
  static func reason(_ runs: [SynonymRun], in candidate: Candidate) -> String? {
    var found: [[Word]] = []
    for run in runs {
      for phrase in run.replacements where !found.contains(phrase) {
        if !Highlighter(run.query(of: phrase)).highlights(in: candidate).isEmpty { found.append(phrase) }
      }
    }
    return found.isEmpty ? nil : "by your synonym: \(list(found))"
  }

  /// The phrases that replace a run of words.
  static func notice(_ run: SynonymRun) -> QueryNotice {
    QueryNotice("by your synonym: \(list(run.replacements)) (typed \(run.typed.usualForm))")
  }

  private static func list(_ phrases: [[Word]]) -> String {
    let listed = phrases.prefix(maximumListed).map(\.usualForm).joined(separator: ", ")
    return phrases.count > maximumListed ? listed + ", …" : listed
  }
}
