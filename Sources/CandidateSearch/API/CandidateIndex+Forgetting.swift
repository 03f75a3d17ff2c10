import CandidateModel
import Foundation
import GRDB
import TextAnalysis

/// What `forget` did.
public struct ForgetSummary: Sendable, Hashable {
  /// The ids whose records were in the index and are gone.
  public var removed: [String] = []
  /// The ids that were not in the index; they are kept out from now on all the same.
  public var unknown: [String] = []
  /// Texts of the people that are still in the file; empty where the verification found nothing.
  public var leftovers: [String] = []
  /// Damages of the index because of which the erasure cannot be verified, one sentence each.
  public var problems: [String] = []
  /// Copies that the index knows of and that may hold the people: they are not erased.
  public var copies: [KnownCopy] = []

  /// Whether it was verified that nothing is left in the file.
  public var isVerified: Bool { leftovers.isEmpty && problems.isEmpty }
}

/// A file with candidates outside the index, of which the index knows.
public struct KnownCopy: Sendable, Hashable {
  /// What the file is.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// A copy of the index.
    case backup
    /// Records that were refused.
    case rejects
  }

  /// The absolute path.
  public let path: String
  /// What the file is.
  public let kind: Kind
  /// When it was last written.
  public let writtenAt: Timestamp
}

extension CandidateIndex {
  /// Removes candidates; a later ingest may bring them back. Returns the ids that were in the index.
  /// - Throws: `IndexError`.
  public func delete(ids: [String], connector: String? = nil) throws -> [String] {
    try write { db in
      let numbers = try ids.flatMap { try CandidatePlace.all(id: $0, connector: connector, db) }.map(\.number)
      return try Remover(db).remove(numbers)
    }.map(\.stored.candidate.id)
  }

  /// Removes candidates for good: no byte of them stays in the file, its WAL or a temporary file, and no later ingest
  /// brings them back, under the id in any case or, from the same connector, under another id with the same `remote_id`.
  /// Only keyed hashes are kept. Its cost is that of writing the whole file anew and reading it twice.
  /// - Throws: `IndexError`; then the same call must be made again.
  public func forget(ids: [String], connector: String? = nil) throws -> ForgetSummary {
    let requests = ids.map { ForgetRequest(subject: .id($0), connector: connector) }
    var summary = try forget(requests)
    let removed = Set(summary.removed.map { ExactID($0.lowercased()) })
    summary.unknown = ids.filter { !removed.contains(ExactID($0.lowercased())) }
    return summary
  }

  /// Removes everyone with an e-mail address for good, as `forget(ids:connector:)` does. No later ingest brings a record
  /// with this address back, nor one of these people's ids.
  /// - Throws: `IndexError`; then the same call must be made again.
  public func forget(email: String, connector: String? = nil) throws -> ForgetSummary {
    try forget([ForgetRequest(subject: .email(email), connector: connector)])
  }

  /// The candidates that `forget(email:connector:)` would erase: those with an e-mail address, in any case. Throws
  /// `IndexError`.
  public func candidates(email: String, connector: String? = nil) throws -> [Hit] {
    try read { db in
      let request = ForgetRequest(subject: .email(email), connector: connector)
      return try Self.numbers(request, db).compactMap { try RecordLoader(db).load(number: $0) }
        .filter { visibility == .all || $0.candidate.isPrivate != true }
        .map { Hit(candidate: $0.candidate, connector: $0.connector, tier: "email") }
    }
  }

  private func forget(_ requests: [ForgetRequest]) throws -> ForgetSummary {
    let erasure = Erasure(writer: try writable(), path: path)
    let removed = try write { db in
      let removed = try requests.flatMap { try Self.remove($0, db) }
      // Also where nobody was in the index any more: `delete` leaves bytes behind.
      try Erasure.begin(db)
      return removed
    }
    var summary = ForgetSummary(removed: removed.map(\.stored.candidate.id))
    try explained { try erasure.finishIfPending() }
    try read { db in
      let verification = ErasureVerification(removed, db)
      summary.problems = try verification.problems()
      summary.leftovers = try verification.leftovers()
      summary.copies = try KnownCopyStore(db: db).existing()
    }
    return summary
  }

  private static func remove(_ request: ForgetRequest, _ db: Database) throws -> [RemovedCandidate] {
    let removed = try Remover(db).remove(numbers(request, db))
    let store = ForgottenStore(db: db)
    switch request.subject {
    case .id(let id):
      try store.add(id: id, connector: request.connector)
      try RefusedStore(db: db).remove(id: id, connector: request.connector)
    case .email(let address): try store.add(email: address, connector: request.connector)
    }
    for candidate in removed {
      let (candidate, connector) = (candidate.stored.candidate, candidate.stored.connector)
      try store.add(candidate, connector: connector, requestedBy: request)
      try RefusedStore(db: db).remove(id: candidate.id, connector: connector)
    }
    return removed
  }

  /// The candidates that a request means: for an id, those with it in any case, which takes about 0.3 s for a million
  /// candidates.
  private static func numbers(_ request: ForgetRequest, _ db: Database) throws -> [Int64] {
    switch request.subject {
    case .id(let id):
      let folded = Array(id.lowercased().utf8)
      var numbers: [Int64] = []
      try RawStatement(
        db,
        """
        SELECT c.number, c.id FROM candidate c JOIN connector n ON n.number = c.connector
        WHERE ?1 IS NULL OR n.name = ?1
        """, arguments: [request.connector]
      ).forEach { row in
        if row.text(1).count == id.utf8.count || !ASCII.isASCII(row.text(1).bindMemory(to: UInt8.self)),
          row.string(1)?.lowercased().utf8.elementsEqual(folded) == true
        {
          numbers.append(row.integer(orZero: 0))
        }
      }
      return numbers
    case .email(let address):
      let key = FilterTerm(.email, address)
      let docids = try SearchStatement(.term(key)).docids(limit: .max, db)
      let stored = try RecordLoader(db).load(docids.map(Docid.init(value:)))
      return docids.compactMap { stored[Docid(value: $0)] }
        .filter { request.connector == nil || request.connector == $0.connector }
        .map(\.number)
    }
  }

  /// How many ids and addresses are kept out. Throws `IndexError`.
  public func forgottenCount() throws -> Int {
    try expectFullVisibility()
    return try read { try ForgottenStore(db: $0).count() }
  }

  /// Lets records in again that were kept out. Returns the ids that were.
  /// - Throws: `IndexError`.
  public func undoForget(ids: [String], connector: String? = nil) throws -> [String] {
    try write { db in
      try ids.filter {
        try ForgottenStore(db: db).remove(ForgetRequest(subject: .id($0), connector: connector))
      }
    }
  }

  /// Lets records with an e-mail address in again that were kept out, and the people who were forgotten by it. Returns
  /// whether they were kept out.
  /// - Throws: `IndexError`.
  public func undoForget(email: String, connector: String? = nil) throws -> Bool {
    try write {
      try ForgottenStore(db: $0).remove(ForgetRequest(subject: .email(email), connector: connector))
    }
  }

  /// Stores that a file holds candidates of the index, so that `forget` can name it. Throws `IndexError`.
  public func noteCopy(_ kind: KnownCopy.Kind, path: String) throws {
    try write { try KnownCopyStore(db: $0).add(kind, path: path) }
  }
}
