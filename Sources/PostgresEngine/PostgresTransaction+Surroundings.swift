import CandidateModel
import CandidateSearch
import Foundation

/// Changes of what an index stores besides candidates.
extension PostgresTransaction {
  func beginErasure() throws { try store(1, as: .erasurePending) }
  func addForgotten(_ hash: ForgottenHash) throws {
    try execute(
      """
      INSERT INTO forgotten (hash, kind, origin) VALUES ($1, $2::int, $3) \
      ON CONFLICT (hash) DO UPDATE SET origin = NULL WHERE excluded.origin IS NULL
      """,
      [
        .bytes(Array(hash.hash)), .integer(Int64(hash.kind.rawValue)),
        hash.origin.map { .bytes(Array($0)) } ?? .null,
      ])
  }
  func removeForgotten(_ hash: Data) throws -> Bool {
    let removed = try rows("DELETE FROM forgotten WHERE hash = $1 RETURNING 1", [.bytes(Array(hash))]) { _ in
      true
    }
    try execute("DELETE FROM forgotten WHERE origin = $1", [.bytes(Array(hash))])
    return !removed.isEmpty
  }
  func store(_ status: SyncStatus) throws {
    func number(_ value: Int?) -> PostgresValue { value.map { .integer(Int64($0)) } ?? .null }
    func time(_ value: Timestamp?) -> PostgresValue { value.map { .integer($0.microseconds) } ?? .null }
    let columns = [
      "kind", "begun_at", "ended_at", "ending", "mark", "fresh_at", "added", "updated", "unchanged",
      "refused", "removed",
    ]
    try execute(
      """
      INSERT INTO sync (connector, \(columns.joined(separator: ", "))) \
      VALUES ($1, \((2...(columns.count + 1)).map { "$\($0)" }.joined(separator: ", "))) \
      ON CONFLICT (connector) DO UPDATE SET \(columns.map { "\($0) = excluded.\($0)" }.joined(separator: ", "))
      """,
      [
        .text(status.connector), .text(status.kind.rawValue), time(status.begunAt), time(status.endedAt),
        status.outcome.map { .text($0.description) } ?? .null, time(status.mark), time(status.freshAt),
        number(status.added), number(status.updated), number(status.unchanged), number(status.refused),
        number(status.removed),
      ])
  }
  func replaceRefusedIDs(with ids: [String], connector: String) throws {
    try execute("DELETE FROM refused WHERE connector = $1", [.text(connector)])
    for id in ids {
      try execute(
        "INSERT INTO refused (connector, id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        [.text(connector), .text(id)])
    }
  }
  func removeRefusedID(_ id: String, connector: String?) throws {
    // No stored id contains it, and no text of PostgreSQL can.
    if id.utf8.contains(0) { return }
    // What `lower` folds depends on the locale of the database.
    let folded = ExactText(id.lowercased())
    let stored = try rows(
      "SELECT connector, id FROM refused WHERE $1::text IS NULL OR connector = $1::text",
      [connector.map { .text($0) } ?? .null]
    ) { (connector: $0.text(0), id: $0.text(1)) }
    for (connector, id) in stored where ExactText(id.lowercased()) == folded {
      try execute("DELETE FROM refused WHERE connector = $1 AND id = $2", [.text(connector), .text(id)])
    }
  }
  func noteCopy(_ copy: KnownCopy) throws {
    try execute(
      """
      INSERT INTO known_copy (path, kind, written_at) VALUES ($1, $2, $3) \
      ON CONFLICT (path) DO UPDATE SET kind = excluded.kind, written_at = excluded.written_at
      """, [.text(copy.path), .text(copy.kind.rawValue), .integer(copy.writtenAt.microseconds)])
  }

  func removeCopy(path: String) throws {
    try execute("DELETE FROM known_copy WHERE path = $1", [.text(path)])
  }
  func storeBackupLimit(_ limit: Int, folder: String) throws {}
}
