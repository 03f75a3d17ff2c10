import CandidateModel
import GRDB

/// How many of a connector's candidates may be removed because an export no longer contains them. A permission lost
/// upstream looks the same as thousands of deletions.
public struct RemovalGuard: Sendable, Hashable {
  /// The share of the connector's candidates that may be removed, from 0 to 1.
  public var share: Double
  /// This many may be removed beyond `share`, if they are at most half of the candidates.
  public var always: Int

  /// A guard: the larger of a tenth and, up to half, a hundred by default.
  public init(share: Double = 0.1, always: Int = 100) {
    self.share = share
    self.always = always
  }

  /// A quotient is compared, because it equals the share that `--allow-removals` takes; a product may be rounded below.
  func allows(_ removals: Int, of candidates: Int) -> Bool {
    guard removals > 0 else { return true }
    return Double(removals) / Double(candidates) <= share || removals <= min(always, candidates / 2)
  }
}

/// What became of the candidates that an export did not hold.
public enum Removal: Sendable, Hashable {
  /// So many were removed; 0 where all were still there.
  case removed(Int)
  /// So many would be removed (a dry run); with a few of their ids.
  case wouldRemove(Int, examples: [String])
  /// Something in the input was refused, so that nobody knows what it holds: none was removed.
  case inputIncomplete
  /// The input held no record at all, as one that broke off does: none was removed.
  case inputEmpty
  /// More than the guard allows: none was removed. With a few of their ids.
  case guarded(Int, of: Int, examples: [String])
}

/// Removes the candidates of a connector that did not come. Other processes may write meanwhile: what they have changed
/// since the missing candidates were listed is not removed.
struct UnseenRemoval: Sendable {
  let writer: any DatabaseWriter
  let connector: String
  /// The highest number when the ingest began: candidates with a higher one were brought in by another ingest.
  let highestNumber: Int64
  /// Called before each transaction that removes candidates.
  private let onPause: @Sendable () throws -> Void

  private static let exampleCount = 3
  /// At most this many are removed in one transaction.
  private static let batch = 5_000

  /// A candidate that did not come, in the state in which it was listed.
  private struct Missing {
    let number: Int64
    let id: String
    let content: Hash128?
    let modifiedAt: Int64?
  }

  init(
    writer: any DatabaseWriter, connector: String, onPause: @escaping @Sendable () throws -> Void = {}
  ) throws {
    self.writer = writer
    self.connector = connector
    self.onPause = onPause
    highestNumber = try writer.read { try RecordStore($0).highestNumber() }
  }

  func finish(_ seen: SeenNumbers, _ removalGuard: RemovalGuard, isDryRun: Bool) throws -> Removal {
    let (missing, total) = try writer.read { try self.missing(seen, $0) }
    let examples = missing.prefix(Self.exampleCount).map(\.id)
    guard removalGuard.allows(missing.count, of: total) else {
      return .guarded(missing.count, of: total, examples: examples)
    }
    if isDryRun { return .wouldRemove(missing.count, examples: examples) }
    var removed = 0
    for start in stride(from: 0, to: missing.count, by: Self.batch) {
      try onPause()
      let part = missing[start..<min(start + Self.batch, missing.count)]
      removed += try writer.write { db in
        try Remover(db).remove(part.filter { try isUnchanged($0, db) }.map(\.number)).count
      }
    }
    return .removed(removed)
  }

  private func isUnchanged(_ missing: Missing, _ db: Database) throws -> Bool {
    let statement = try RawStatement(
      cached: "SELECT content, modified_at FROM candidate WHERE number = ?", db)
    statement.bind(1, missing.number)
    return try statement.first { row in
      Hash128(stored: row.blob(0)) == missing.content && row.integer(1) == missing.modifiedAt
    } ?? false
  }

  private func missing(_ seen: SeenNumbers, _ db: Database) throws -> ([Missing], total: Int) {
    let statement = try RawStatement(
      db,
      """
      SELECT c.number, c.id, c.content, c.modified_at
      FROM candidate c JOIN connector n ON n.number = c.connector WHERE n.name = ?
      """, arguments: [connector])
    var missing: [Missing] = []
    var total = 0
    try statement.forEach { row in
      total += 1
      let number = row.integer(orZero: 0)
      guard number <= highestNumber, !seen.contains(number) else { return }
      missing.append(
        Missing(
          number: number, id: row.string(1) ?? "", content: Hash128(stored: row.blob(2)),
          modifiedAt: row.integer(3)))
    }
    return (missing, total)
  }
}
