import Foundation
import GRDB

/// What `forget` did.
public struct ForgetSummary: Sendable, Hashable {
  /// The ids whose records were in the index and are gone.
  public var removed: [String] = []
  /// The ids that were not in the index; they are kept out from now on all the same.
  public var unknown: [String] = []
  /// What stands in the file though it should not; empty where the verification found nothing.
  public var leftovers: [String] = []
}

extension CandidateIndex {
  /// Removes candidates; a later ingest may bring them back. Gives the ids that were in the index. Throws
  /// `IndexError`.
  public func delete(ids: [String], connector: String? = nil) throws -> [String] {
    let deleted = try write { db in
      try Remover(db).remove(ids.flatMap { try CandidatePlace.all(id: $0, connector: connector, db) })
    }.map(\.candidate.id)
    return ids.filter(Set(deleted).contains)
  }

  /// Removes candidates for good: no byte of them stays in the file, its WAL or a temporary file, and no later ingest
  /// brings them back. Of their ids only a keyed hash is kept. Its cost is that of writing the whole file anew.
  /// Throws `IndexError`; then the same call must be made again.
  public func forget(ids: [String], connector: String? = nil) throws -> ForgetSummary {
    let erasure = Erasure(writer: try writable(), path: path)
    var summary = ForgetSummary()
    var needles: [String] = []
    for stored in try write({ try forget(ids, connector, $0) }) {
      summary.removed.append(stored.candidate.id)
      needles += Self.needles(of: stored.candidate)
    }
    summary.unknown = ids.filter { !summary.removed.contains($0) }
    try explained {
      try erasure.finishIfPending()
      let others = try read { try Self.sharedTexts(needles, $0) }
      summary.leftovers = try erasure.leftovers(of: needles.filter { !others.contains($0) })
    }
    return summary
  }

  private func forget(
    _ ids: [String], _ connector: String?, _ db: Database
  ) throws -> [RecordLoader.Stored] {
    let removed = try Remover(db).remove(
      ids.flatMap { try CandidatePlace.all(id: $0, connector: connector, db) })
    let known = try String.fetchAll(db, sql: "SELECT name FROM connector")
    let connectors = connector.map { [$0] } ?? (known.isEmpty ? [""] : known)
    for id in ids {
      for connector in connectors { try ForgottenStore(db: db).add(id: id, connector: connector) }
    }
    try Erasure.begin(db)
    return removed
  }

  /// How many ids are kept out, each counted once for every connector. Throws `IndexError`.
  public func forgottenCount() throws -> Int { try read { try ForgottenStore(db: $0).count() } }

  /// Lets records in again that were kept out; gives the ids that were. Throws `IndexError`.
  public func undoForget(ids: [String], connector: String? = nil) throws -> [String] {
    try write { db in
      let known = try String.fetchAll(db, sql: "SELECT name FROM connector")
      return try ids.filter { id in
        try (connector.map { [$0] } ?? known + [""]).map {
          try ForgottenStore(db: db).remove(id: id, connector: $0)
        }.contains(true)
      }
    }
  }

  /// What would give a candidate away.
  private static func needles(of candidate: Candidate) -> [String] {
    [candidate.id, candidate.fullName, candidate.json] + candidate.emailAddresses + candidate.phoneNumbers
      + candidate.urls.map(\.address)
  }

  /// Those texts that stand in other people's records, where they may stay: a namesake, a family's telephone.
  private static func sharedTexts(_ texts: [String], _ db: Database) throws -> Set<String> {
    Set(
      try texts.filter { text in
        try Bool.fetchOne(
          db, sql: "SELECT EXISTS (SELECT 1 FROM record WHERE instr(json, ?))", arguments: [text]) ?? false
      })
  }
}
