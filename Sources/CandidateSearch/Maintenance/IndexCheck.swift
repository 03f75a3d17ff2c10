import CandidateModel
import GRDB
import TextAnalysis

/// What a check of an index has found.
public struct CheckReport: Sendable, Hashable {
  /// What is wrong, a sentence each; at most a few of each kind.
  public internal(set) var problems: [String] = []
  /// How many candidates the index holds.
  public internal(set) var candidates = 0
  /// How many of them were looked for one by one.
  public internal(set) var compared = 0

  /// Whether bytes of somebody who was forgotten may still be in the file, since the process that was to erase them
  /// was interrupted. The next ingest, or `forget`, erases them.
  public internal(set) var isErasurePending = false

  /// The version of Unicode with which the text was prepared; nil where the index does not tell. Where it is another than
  /// `UnicodeVersion.current`, `rebuild` renews it.
  public internal(set) var unicodeVersion: UnicodeVersion?

  /// Whether nothing is wrong.
  public var isSound: Bool { problems.isEmpty }
}

extension CandidateIndex {
  /// Checks the file, FTS5's structures, that the tables agree, and that candidates are indexed as they should be: a
  /// sample of a thousand, or all of them (about as long as bringing them in took). Throws `IndexError` if the file
  /// cannot be opened; whatever is wrong inside it is in the report.
  public func check(isFull: Bool = false) throws -> CheckReport {
    let postings = try writable().writeWithoutTransaction { IndexCheck(db: $0, isFull: isFull).postings() }
    // One state of the index, whatever others write meanwhile.
    var report = try read { IndexCheck(db: $0, isFull: isFull).contents() }
    report.problems = postings.problems + report.problems
    return report
  }
}

/// Runs one check after another; what one cannot read, it reports.
struct IndexCheck {
  let db: Database
  let isFull: Bool

  /// So many problems of a kind are told.
  private static let fewest = 5

  /// Checks everything, on a connection that no other writes beside.
  func run() -> CheckReport {
    var report = contents()
    report.problems = postings().problems + report.problems
    return report
  }

  /// Checks FTS5's own structures. It must be able to write.
  func postings() -> CheckReport { run([("the postings", checkPostings)]) }

  /// Checks all the rest. It only reads.
  func contents() -> CheckReport {
    run([
      ("the file", checkFile), ("the tables", checkTables), ("the docids", checkDocids),
      ("the candidates", checkCandidates),
    ])
  }

  /// Checks that the tables and the postings agree on who is in the index. It only reads, and its cost is linear in the
  /// number of candidates: about half a second for a million.
  func structure() -> CheckReport { run([("the tables", checkTables), ("the docids", checkDocids)]) }

  private func run(_ checks: [(String, (inout CheckReport) throws -> Void)]) -> CheckReport {
    var report = CheckReport()
    for (subject, check) in checks {
      do {
        try check(&report)
      } catch {
        report.problems.append(
          "\(subject): cannot be read: \((error as? DatabaseError)?.message ?? "\(error)")")
      }
    }
    return report
  }

  private func checkFile(_ report: inout CheckReport) throws {
    report.isErasurePending = try Erasure.isPending(db)
    report.unicodeVersion = try Setting.unicodeVersion.fetch(db).map(UnicodeVersion.init)
    let lines = try String.fetchAll(db, sql: "PRAGMA integrity_check(\(Self.fewest))")
    report.problems += lines.filter { $0 != "ok" }.map { "SQLite: \($0)" }
  }

  private func checkPostings(_ report: inout CheckReport) throws {
    do {
      try db.execute(sql: "INSERT INTO posting (posting) VALUES ('integrity-check')")
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
      report.problems.append("FTS5: the postings are damaged")
    }
  }

  private func checkTables(_ report: inout CheckReport) throws {
    report.candidates = try Int.fetchOne(db, sql: "SELECT count(*) FROM candidate") ?? 0
    let counted = try TermStatistics(db: db, isPublic: false).candidateCount()
    if counted != report.candidates {
      report.problems.append("the term statistics count \(counted) candidates, not \(report.candidates)")
    }
    let faults: [(sql: String, problem: String)] = [
      (
        "SELECT number FROM candidate EXCEPT SELECT number FROM record",
        "has a row, but no record"
      ),
      (
        "SELECT number FROM record EXCEPT SELECT number FROM candidate",
        "has a record, but no row"
      ),
      (
        "SELECT number FROM candidate WHERE connector NOT IN (SELECT number FROM connector)",
        "belongs to no connector"
      ),
    ]
    for (sql, problem) in faults {
      let numbers = try Int64.fetchAll(db, sql: sql + " LIMIT \(Self.fewest)")
      report.problems += numbers.map { "candidate number \($0) \(problem)" }
    }
  }

  /// Every candidate is in the postings once, and nobody else.
  private func checkDocids(_ report: inout CheckReport) throws {
    let posted = try Int64.fetchCursor(
      db, sql: "SELECT rowid FROM posting WHERE posting MATCH ? ORDER BY rowid",
      arguments: [IndexQuery.everything.description])
    let stored = try Int64.fetchCursor(db, sql: "SELECT docid FROM candidate ORDER BY docid")
    var problems: [String] = []
    var (a, b) = (try posted.next(), try stored.next())
    while (a != nil || b != nil) && problems.count < Self.fewest {
      if let posted = a, posted < b ?? .max {
        problems.append("docid \(posted) is in the postings, but no candidate has it")
      } else if let stored = b, stored < a ?? .max {
        problems.append("docid \(stored) is a candidate's, but not in the postings")
      }
      let (oldA, oldB) = (a, b)
      if let oldA, oldA <= oldB ?? .max { a = try posted.next() }
      if let oldB, oldB <= oldA ?? .max { b = try stored.next() }
    }
    report.problems += problems
  }

  private func checkCandidates(_ report: inout CheckReport) throws {
    let comparison = try DocumentComparison(db)
    var problems: [String] = []
    let compare: (RecordLoader.Stored, RecordStore.Derived) throws -> Void = { stored, derived in
      report.compared += 1
      if let problem = try comparison.problem(with: stored, derived, isFull: isFull),
        problems.count < Self.fewest
      {
        problems.append("candidate \(stored.candidate.id): \(problem)")
      }
    }
    if isFull {
      try comparison.sumPostings()
      try RecordLoader(db).forEach(compare)
      problems += try TermStatisticsStore(db: db).differences(from: comparison.statistics).prefix(Self.fewest)
    } else {
      try RecordLoader(db).forEach(ofEvery: max(1, report.candidates / Self.sample), compare)
    }
    report.problems += problems
  }

  private static let sample = 1_000
}
