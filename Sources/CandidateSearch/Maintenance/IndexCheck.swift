import CandidateModel
import Dispatch
import Synchronization
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

  /// Checks everything. A full check takes two threads where the engine serves them: one compares the candidates, the
  /// other checks the rest and adds up the postings, each in a snapshot of its own.
  static func run(_ engine: any IndexEngine, isFull: Bool) throws -> CheckReport {
    let isConcurrent = isFull && engine.servesManyReaders
    let storage = Background { try Storage(engine, sumsPostings: isConcurrent) }
    if isConcurrent { storage.start() }
    let candidates = try engine.read { snapshot in
      let check = IndexCheck(snapshot: snapshot, isFull: isFull)
      return check.run([("the candidates", { try check.checkCandidates(&$0, isConcurrent ? storage : nil) })])
    }
    var report = try storage.value().report
    report.problems += candidates.problems
    report.compared = candidates.compared
    return report
  }

  /// What is checked apart from the candidates.
  private struct Storage {
    let report: CheckReport
    /// Nil if they were not added up, or could not be read.
    let sums: PostingSums?

    init(_ engine: any IndexEngine, sumsPostings: Bool) throws {
      let postings = try engine.storageProblems()
      (report, sums) = try engine.read { snapshot in
        let check = IndexCheck(snapshot: snapshot, isFull: false)
        var report = check.run([
          ("the file", check.checkFile), ("the tables", check.checkTables), ("the docids", check.checkDocids),
        ])
        report.problems = postings + report.problems
        return (report, sumsPostings ? try? PostingSums(snapshot) : nil)
      }
    }
  }

  /// Checks that the tables and the postings contain the same candidates. The cost is linear in their number: about
  /// half a second for a million.
  func structure() -> CheckReport { run([("the tables", checkTables), ("the docids", checkDocids)]) }

  /// The structure, the settings, and a sample of candidates.
  func sample() -> CheckReport {
    run([
      ("the settings", checkSettings), ("the tables", checkTables), ("the docids", checkDocids),
      ("the candidates", { try checkCandidates(&$0, nil) }),
    ])
  }

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

  private func checkSettings(_ report: inout CheckReport) throws {
    report.isErasurePending = try snapshot.value(of: .erasurePending) == 1
    report.unicodeVersion = try snapshot.value(of: .unicodeVersion).map(UnicodeVersion.init)
  }

  private func checkFile(_ report: inout CheckReport) throws {
    try checkSettings(&report)
    report.problems += try snapshot.fileProblems(limit: Self.maximumProblems)
    report.problems += SynonymParser(Array((try snapshot.text(.synonyms) ?? "").utf8), file: "").problems
      .prefix(Self.maximumProblems).map { "the synonyms: line \($0.line) is no rule: \($0.kind.problem)" }
  }

  private func checkTables(_ report: inout CheckReport) throws {
    report.candidates = try snapshot.candidateCount(of: .everything)
    let counted = try snapshot.countedCandidates()
    if counted != report.candidates {
      report.problems.append("the term statistics count \(counted) candidates, not \(report.candidates)")
    }
    report.problems += try snapshot.tableProblems(limit: Self.maximumProblems)
  }

  /// Checks that the postings contain each candidate's docid, and no others.
  private func checkDocids(_ report: inout CheckReport) throws {
    report.problems += try snapshot.docidProblems(limit: Self.maximumProblems)
  }

  private func checkCandidates(_ report: inout CheckReport, _ storage: Background<Storage>?) throws {
    let candidates = try snapshot.candidateCount(of: .everything)
    let comparison = try DocumentComparison(snapshot, expected: isFull ? candidates : 0)
    var problems: [String] = []
    let step = isFull ? 1 : max(1, candidates / Self.sampleSize)
    try snapshot.forEachRecord(ofEvery: step) { stored, derived in
      report.compared += 1
      if let problem = try comparison.problem(with: stored, derived, isFull: isFull),
        problems.count < Self.maximumProblems
      {
        problems.append("candidate \(stored.candidate.id): \(problem)")
      }
    }
    report.problems += problems
    if isFull {
      let missing = comparison.unindexed(by: try sums(storage)).prefix(Self.maximumProblems - problems.count)
      let records = try snapshot.identities(Array(missing))
      report.problems += missing.compactMap { records[$0] }.map {
        "candidate \($0.id): \(DocumentComparison.notIndexed)"
      }
      report.problems += try snapshot.differences(from: comparison.statistics).prefix(Self.maximumProblems)
    }
  }

  /// The sums of the postings of this snapshot: those of the other thread, unless another process has changed the index
  /// between the two snapshots.
  private func sums(_ storage: Background<Storage>?) throws -> PostingSums {
    if let sums = try storage?.value().sums, sums.generation == (try snapshot.generation()) { return sums }
    return try PostingSums(snapshot)
  }
}

/// A value that another thread computes.
private final class Background<Value: Sendable>: Sendable {
  private let make: @Sendable () throws -> Value
  private let result = Mutex<Result<Value, any Error>?>(nil)
  private let group = DispatchGroup()

  init(_ make: @escaping @Sendable () throws -> Value) { self.make = make }

  /// Begins to compute it on another thread.
  func start() { DispatchQueue.global().async(group: group) { [self] in compute() } }

  /// The value, once it is computed; computed now if `start` was not called.
  func value() throws -> Value {
    group.wait()
    compute()
    return try result.withLock { try $0?.get() ?? make() }
  }

  private func compute() {
    result.withLock { result in
      if result == nil { result = Result { try make() } }
    }
  }
}
