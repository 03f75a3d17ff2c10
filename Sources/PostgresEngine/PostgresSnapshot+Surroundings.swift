import CandidateModel
import CandidateSearch
import Foundation

/// What an index stores besides candidates: who is forgotten, syncs, and files that contain candidates.
extension PostgresSnapshot {
  func forgottenHashes() throws -> [ForgottenHash] {
    try rows("SELECT hash, kind, origin FROM forgotten") { row in
      ForgottenHash.Kind(rawValue: Int(row.integer(orZero: 1))).map {
        ForgottenHash(
          hash: Data(row.bytes(0)), kind: $0, origin: row.isNull(2) ? nil : Data(row.bytes(2)))
      }
    }.compactMap(\.self)
  }

  func syncs() throws -> [SyncStatus] {
    let refused = Dictionary(
      try rows("SELECT connector, count(*) FROM refused GROUP BY connector") {
        ($0.text(0), Int($0.integer(orZero: 1)))
      }
    ) { first, _ in first }
    return try rows(
      """
      SELECT connector, kind, begun_at, ended_at, ending, mark, fresh_at, added, updated, unchanged, refused, removed \
      FROM sync ORDER BY connector
      """
    ) { row in
      func time(_ column: Int32) -> Timestamp? { row.integer(column).map(Timestamp.init(microseconds:)) }
      func number(_ column: Int32) -> Int? { row.integer(column).map(Int.init) }
      guard let kind = SyncStatus.Kind(rawValue: row.text(1)) else {
        throw PostgresError(kind: .damaged, message: "the kind of a sync is unknown")
      }
      var status = SyncStatus(
        connector: row.text(0), kind: kind, begunAt: Timestamp(microseconds: row.integer(orZero: 2)))
      status.endedAt = time(3)
      status.outcome = row.optionalText(4).map(SyncStatus.Outcome.init(description:))
      status.mark = time(5)
      status.freshAt = time(6)
      status.added = number(7)
      status.updated = number(8)
      status.unchanged = number(9)
      status.refused = number(10)
      status.removed = number(11)
      status.toRequestAgain = refused[status.connector] ?? 0
      return status
    }
  }

  func freshness() throws -> [ConnectorFreshness] {
    try rows("SELECT connector, fresh_at FROM sync ORDER BY connector") {
      ConnectorFreshness(
        connector: $0.text(0), freshAt: $0.integer(1).map(Timestamp.init(microseconds:)))
    }
  }

  func refusedIDs(connector: String) throws -> [String] {
    try rows("SELECT id FROM refused WHERE connector = $1 ORDER BY id", [.text(connector)]) { $0.text(0) }
  }

  func knownCopies() throws -> [KnownCopy] {
    try rows("SELECT path, kind, written_at FROM known_copy ORDER BY path") { row in
      KnownCopy.Kind(rawValue: row.text(1)).map {
        KnownCopy(path: row.text(0), kind: $0, writtenAt: Timestamp(microseconds: row.integer(orZero: 2)))
      }
    }.compactMap(\.self)
  }

  func backupLimits() throws -> [ExactText: Int] { [:] }
}
