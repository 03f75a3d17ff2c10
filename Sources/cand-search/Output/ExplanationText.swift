import CandidateSearch
import CommandSupport

/// The output of `--explain`: the queries, what each tier of a hit means in a sentence, and why each hit was found.
enum ExplanationText {
  static func lines(of explanation: SearchExplanation, _ hits: [Hit]) -> [String] {
    var lines = ["query: \(explanation.tree)"]
    for step in explanation.steps {
      lines.append("\(step.tier): \(step.rows) rows, \(step.microseconds) µs, \(step.source)")
      lines.append("  " + step.expression.replacing("\u{E000}", with: "·"))
    }
    lines += Tier.allCases.filter { tier in hits.contains { $0.tier == tier } }
      .map { "\($0): \($0.rule)" }
    lines += hits.map { hit in
      let fields = hit.highlights.map { "\($0.field.rawValue): \(words($0, hit.candidate))" }
      return "\(hit.candidate.id): \(hit.tier)" + (hit.reason.map { " (\($0))" } ?? "")
        + (fields.isEmpty ? "" : "; " + fields.joined(separator: "; "))
    }
    return lines
  }

  /// The matching words, as the candidate contains them.
  private static func words(_ highlight: Highlight, _ candidate: Candidate) -> String {
    let bytes = Array(highlight.text(in: candidate).utf8)
    return highlight.ranges.map { String(decoding: bytes[$0.clamped(to: 0..<bytes.count)], as: UTF8.self) }
      .joined(separator: ", ")
  }
}

/// The output of the diagnosis of an empty result.
enum DiagnosisText {
  /// The maximum number of parts that are shown; of more, those with the fewest matches.
  private static let maximumParts = 12

  static func lines(of diagnosis: SearchDiagnosis) -> [String] {
    let clauses = diagnosis.clauses
    guard diagnosis.clauseCount > 1 else { return [] }
    guard !clauses.isEmpty else {
      return ["no candidate matches all \(diagnosis.clauseCount) parts of the query"]
    }
    var lines = ["no candidate matches all of:"]
    let shown = clauses.indices.sorted { (clauses[$0].count, $0) < (clauses[$1].count, $1) }
      .prefix(maximumParts).sorted()
    lines += shown.map { "  \(clauses[$0].text)  \(clauses[$0].count)" }
    if shown.count < clauses.count { lines.append("  and \(clauses.count - shown.count) more") }
    if let clause = diagnosis.smallestToDrop {
      lines.append("without \(clause.text): \(clause.countWithout)")
    }
    return lines
  }
}
