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
    try write { db in
      try Remover(db).remove(Self.places(ids, connector, db))
    }.map(\.candidate.id)
  }

  /// Removes candidates for good: no byte of them stays in the file, its WAL or a temporary file, and no later ingest
  /// brings them back. Of their ids only a keyed hash is kept. Its cost is that of writing the whole file anew.
  /// Throws `IndexError`; then the same call must be made again.
  public func forget(ids: [String], connector: String? = nil) throws -> ForgetSummary {
    let erasure = Erasure(writer: try writable(), path: path)
    var summary = ForgetSummary()
    let removed = try write { try forget(ids, connector, $0) }.map(\.candidate)
    summary.removed = removed.map(\.id)
    summary.unknown = ids.filter { id in
      !removed.contains { ExactID($0.id) == ExactID(id) || ExactID($0.id) == ExactID(id.lowercased()) }
    }
    try explained {
      try erasure.finishIfPending()
      let found = try TraceScan(Set(removed.flatMap(Self.traces))).found(in: path)
      summary.leftovers = try read { try Self.unshared(found, $0) }.sorted()
    }
    return summary
  }

  /// Each candidate once, however often it is named.
  private static func places(_ ids: [String], _ connector: String?, _ db: Database) throws -> [CandidatePlace]
  {
    var seen: Set<Int64> = []
    return try ids.flatMap { try CandidatePlace.all(id: $0, connector: connector, db) }
      .filter { seen.insert($0.number).inserted }
  }

  private func forget(
    _ ids: [String], _ connector: String?, _ db: Database
  ) throws -> [RecordLoader.Stored] {
    let removed = try Remover(db).remove(Self.places(ids, connector, db))
    for id in ids + removed.map(\.candidate.id) {
      try ForgottenStore(db: db).add(id: id, connector: connector)
    }
    // Also for who is not in the index any more: `delete` leaves bytes behind.
    try Erasure.begin(db)
    return removed
  }

  /// How many ids are kept out. Throws `IndexError`.
  public func forgottenCount() throws -> Int { try read { try ForgottenStore(db: $0).count() } }

  /// Lets records in again that were kept out; gives the ids that were. Throws `IndexError`.
  public func undoForget(ids: [String], connector: String? = nil) throws -> [String] {
    try write { db in
      try ids.filter { try ForgottenStore(db: db).remove(id: $0, connector: connector) }
    }
  }

  /// What would give a candidate away, as it stands in the record.
  private static func traces(of candidate: Candidate) -> [String] {
    [candidate.id, candidate.fullName, candidate.json] + candidate.emailAddresses + candidate.phoneNumbers
      + candidate.urls.map(\.address)
  }

  /// Those texts that stand in nobody else's record: a namesake's name may stay, and a family's telephone.
  private static func unshared(_ texts: Set<String>, _ db: Database) throws -> [String] {
    try texts.filter { text in
      try Bool.fetchOne(
        db, sql: "SELECT NOT EXISTS (SELECT 1 FROM record WHERE instr(lower(json), lower(?)))",
        arguments: [text])
        ?? true
    }
  }
}
