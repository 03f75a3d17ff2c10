import CandidateSearch
import CommandSupport

/// What `--explain` tells.
enum ExplanationText {
  static func lines(of results: SearchResults) -> [String] {
    let explanation = results.explanation
    var lines = ["query: \(explanation.tree)"]
    for step in explanation.steps {
      lines.append("\(step.tier): \(step.rows) rows, \(step.microseconds) µs, \(step.source)")
      lines.append("  " + step.expression.replacing("\u{E000}", with: "·"))
    }
    lines += results.hits.map { hit in
      let fields = hit.highlights.map { "\($0.field.rawValue): \(words($0, hit.candidate))" }
      return "\(hit.candidate.id): \(hit.tier)"
        + (fields.isEmpty ? "" : "; " + fields.joined(separator: "; "))
    }
    return lines
  }

  /// The words that matched, as they stand in the candidate.
  private static func words(_ highlight: Highlight, _ candidate: Candidate) -> String {
    let bytes = Array(highlight.text(in: candidate).utf8)
    return highlight.ranges.map { String(decoding: bytes[$0.clamped(to: 0..<bytes.count)], as: UTF8.self) }
      .joined(separator: ", ")
  }
}

/// What is said where nobody was found.
enum DiagnosisText {
  static func lines(of diagnosis: SearchDiagnosis) -> [String] {
    guard diagnosis.clauses.count > 1 else { return [] }
    var lines = ["nobody matches all of:"]
    lines += diagnosis.clauses.map { "  \($0.text)  \($0.count)" }
    if let clause = diagnosis.smallestToDrop {
      lines.append("without \(clause.text): \(clause.countWithout)")
    }
    return lines
  }
}
