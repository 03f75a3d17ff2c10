import CandidateModel
import TextAnalysis

/// Checks an index, part by part. A part that cannot be read is a problem.
struct IndexCheck {
  let snapshot: any IndexSnapshot
  /// Whether every candidate is compared, or a sample.
  let isFull: Bool

  /// The maximum number of reported problems of a kind.
  private static let maximumProblems = 5
  /// The number of candidates that are compared, unless all are.
  private static let sampleSize = 1_000

  /// Checks the structures of the postings, and everything else in one snapshot.
  static func run(_ engine: any IndexEngine, isFull: Bool) throws -> CheckReport {
    let postings = try engine.storageProblems()
    var report = try engine.read { IndexCheck(snapshot: $0, isFull: isFull).contents() }
    report.problems = postings + report.problems
    return report
  }

  /// Checks all but the structures of the postings.
  func contents() -> CheckReport {
    run([
      ("the file", checkFile), ("the tables", checkTables), ("the docids", checkDocids),
      ("the candidates", checkCandidates),
    ])
  }

  /// Checks that the tables and the postings contain the same candidates. The cost is linear in their number: about
  /// half a second for a million.
  func structure() -> CheckReport { run([("the tables", checkTables), ("the docids", checkDocids)]) }

  private func run(_ checks: [(String, (inout CheckReport) throws -> Void)]) -> CheckReport {
    var report = CheckReport()
    for (subject, check) in checks {
      do {
        try check(&report)
      } catch {
        report.problems.append("\(subject): cannot be read: \(snapshot.problem(of: error))")
      }
    }
    return report
  }

  private func checkFile(_ report: inout CheckReport) throws {
    report.isErasurePending = try snapshot.value(of: .erasurePending) == 1
    report.unicodeVersion = try snapshot.value(of: .unicodeVersion).map(UnicodeVersion.init)
    report.problems += try snapshot.fileProblems(limit: Self.maximumProblems)
    report.problems += SynonymParser(Array((try snapshot.text(.synonyms) ?? "").utf8), file: "").problems
      .prefix(Self.maximumProblems).map { "the synonyms: line \($0.line) is no rule: \($0.kind.problem)" }
  }

  private func checkTables(_ report: inout CheckReport) throws {
    report.candidates = try snapshot.candidateCount(in: .all)
    let counted = try snapshot.countedCandidates(in: .all)
    if counted != report.candidates {
      report.problems.append("the term statistics count \(counted) candidates, not \(report.candidates)")
    }
    report.problems += try snapshot.tableProblems(limit: Self.maximumProblems)
  }

  /// Checks that the postings contain each candidate's docid, and no others.
  private func checkDocids(_ report: inout CheckReport) throws {
    report.problems += try snapshot.docidProblems(limit: Self.maximumProblems)
  }

  private func checkCandidates(_ report: inout CheckReport) throws {
    let comparison = try DocumentComparison(snapshot)
    if isFull { try comparison.sumPostings() }
    var problems: [String] = []
    let step = isFull ? 1 : max(1, report.candidates / Self.sampleSize)
    try snapshot.forEachRecord(ofEvery: step) { stored, derived in
      report.compared += 1
      if let problem = try comparison.problem(with: stored, derived, isFull: isFull),
        problems.count < Self.maximumProblems
      {
        problems.append("candidate \(stored.candidate.id): \(problem)")
      }
    }
    if isFull {
      problems += try snapshot.differences(from: comparison.statistics).prefix(Self.maximumProblems)
    }
    report.problems += problems
  }
}
