import CandidateModel
import GRDB

/// How many of a connector's candidates may be removed because an export no longer holds them. A permission lost
/// upstream looks just like thousands of deletions.
public struct RemovalGuard: Sendable, Hashable {
  /// The share of the connector's candidates that may go, from 0 to 1.
  public var share: Double
  /// So many may go whatever their share.
  public var always: Int

  /// A guard; a tenth, or a hundred, unless told otherwise.
  public init(share: Double = 0.1, always: Int = 100) {
    (self.share, self.always) = (share, always)
  }

  func allows(_ removals: Int, of candidates: Int) -> Bool {
    removals <= always || Double(removals) <= share * Double(candidates)
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

/// Removes the candidates of a connector that did not come.
struct Replacement: Sendable {
  let writer: any DatabaseWriter
  let connector: String
  /// The highest number when the ingest began: whoever came in later did so by another's hand.
  let highestNumber: Int64

  private static let exampleCount = 3
  /// So many are removed in one transaction.
  private static let batch = 5_000

  init(writer: any DatabaseWriter, connector: String) throws {
    (self.writer, self.connector) = (writer, connector)
    highestNumber = try writer.read { try RecordStore($0).highestNumber() }
  }

  func finish(_ seen: SeenNumbers, _ removalGuard: RemovalGuard, isDryRun: Bool) throws -> Removal {
    let (missing, total) = try writer.read { try self.missing(seen, $0) }
    let examples = missing.prefix(Self.exampleCount).map(\.id)
    guard removalGuard.allows(missing.count, of: total) else {
      return .guarded(missing.count, of: total, examples: examples)
    }
    if isDryRun { return .wouldRemove(missing.count, examples: examples) }
    for start in stride(from: 0, to: missing.count, by: Self.batch) {
      let part = Array(missing[start..<min(start + Self.batch, missing.count)])
      try writer.write { db in _ = try Remover(db).remove(part) }
    }
    return .removed(missing.count)
  }

  private func missing(_ seen: SeenNumbers, _ db: Database) throws -> ([CandidatePlace], total: Int) {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT c.number, c.docid, c.id FROM candidate c JOIN connector n ON n.number = c.connector WHERE n.name = ?
        """, arguments: [connector])
    var missing: [CandidatePlace] = []
    var total = 0
    while let row = try rows.next() {
      total += 1
      let number: Int64 = row[0]
      if number <= highestNumber, !seen.contains(number) { missing.append(CandidatePlace(row)) }
    }
    return (missing, total)
  }
}
