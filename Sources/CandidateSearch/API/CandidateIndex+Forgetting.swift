import CandidateModel
import Foundation
import TextAnalysis

extension CandidateIndex {
  /// Removes candidates; a later ingest may bring them back. An id that no candidate has removes the candidate with it in
  /// lower case. Returns the ids that were in the index.
  /// - Throws: `ScopeError`, `IndexError`.
  public func delete(ids: [String], connector: String? = nil) throws -> [String] {
    try change { transaction in
      let numbers = try ids.flatMap { try Self.numbers(id: $0, connector: connector, transaction) }
      return try Remover(transaction: transaction).remove(numbers)
    }.map(\.stored.candidate.id)
  }

  /// The candidates with exactly this id; if there are none, those with it in lower case.
  private static func numbers(
    id: String, connector: String?, _ transaction: any IndexTransaction
  ) throws -> [Int64] {
    let found = try transaction.numbers(id: id, connector: connector)
    let exact = try found.filter {
      try transaction.state(number: $0)?.id.utf8.elementsEqual(id.utf8) ?? false
    }
    return exact.isEmpty ? found : exact
  }

  /// Removes candidates for good: no byte of them stays in the file, its WAL or a temporary file. No later ingest
  /// brings them back, under the id in any case or, from the same connector, under another id with the same
  /// `remote_id`. Only keyed hashes are kept. The cost is that of writing the whole file once and reading it twice.
  /// - Throws: `ScopeError`; `IndexError`, then the same call must be made again.
  public func forget(ids: [String], connector: String? = nil) throws -> ForgetSummary {
    let requests = ids.map { ForgetRequest(subject: .id($0), connector: connector) }
    var summary = try forget(requests)
    let removed = Set(summary.removed.map { ExactText($0.lowercased()) })
    summary.unknown = ids.filter { !removed.contains(ExactText($0.lowercased())) }
    return summary
  }

  /// Removes all candidates with an e-mail address for good, as `forget(ids:connector:)` does. No later ingest brings
  /// back a record with this address or with the id of one of these candidates.
  /// - Throws: `ScopeError`; `IndexError`, then the same call must be made again.
  public func forget(email: String, connector: String? = nil) throws -> ForgetSummary {
    try forget([ForgetRequest(subject: .email(email), connector: connector)])
  }

  /// The candidates that `forget(email:connector:)` would erase: those with an e-mail address, in any case, within
  /// the scope.
  /// - Throws: `IndexError`; `ScopeError` in a scope without contacts.
  public func candidates(email: String, connector: String? = nil) throws -> [Hit] {
    if !scope.includesContacts { throw ScopeError(scope) }
    return try hits(of: [ForgetRequest(subject: .email(email), connector: connector)], tier: .email)
  }

  /// The candidates that `forget(ids:connector:)` would erase: those with one of the ids, in any case, within the scope.
  /// - Throws: `IndexError`.
  public func candidates(idsInAnyCase ids: [String], connector: String? = nil) throws -> [Hit] {
    try hits(of: ids.map { ForgetRequest(subject: .id($0), connector: connector) }, tier: .id)
  }

  private func hits(of requests: [ForgetRequest], tier: Tier) throws -> [Hit] {
    try engine.read { snapshot in
      try hits(
        requests.flatMap { try Self.numbers($0, snapshot) }.compactMap { try snapshot.record(number: $0) },
        tier,
        in: snapshot)
    }
  }

  private func forget(_ requests: [ForgetRequest]) throws -> ForgetSummary {
    try checkIsWritable()
    let removed = try change { transaction in
      let removed = try requests.flatMap { try Self.remove($0, transaction) }
      // Also if no candidate was removed: `delete` does not erase bytes.
      try transaction.beginErasure()
      return removed
    }
    var summary = ForgetSummary(removed: removed.map(\.stored.candidate.id))
    summary.horizon = try engine.finishErasure()
    try engine.read { snapshot in
      let verification = ErasureVerification(removed, in: snapshot)
      summary.problems = try verification.problems()
      summary.leftovers = try verification.leftovers()
      let copies = try snapshot.knownCopies().filter { FileManager.default.fileExists(atPath: $0.path) }
      summary.copies = KnownCopy.withRemovals(copies, limits: try snapshot.backupLimits())
    }
    return summary
  }

  private static func remove(
    _ request: ForgetRequest, _ transaction: any IndexTransaction
  ) throws -> [RemovedCandidate] {
    let removed = try Remover(transaction: transaction).remove(numbers(request, transaction))
    let store = ForgottenStore(transaction: transaction)
    switch request.subject {
    case .id(let id):
      try store.add(id: id, connector: request.connector)
      try transaction.removeRefusedID(id, connector: request.connector)
    case .email(let address): try store.add(email: address, connector: request.connector)
    }
    for candidate in removed {
      let (candidate, connector) = (candidate.stored.candidate, candidate.stored.connector)
      try store.add(candidate, connector: connector, requestedBy: request)
      try transaction.removeRefusedID(candidate.id, connector: connector)
    }
    return removed
  }

  /// The numbers of the candidates of a request. An id matches in any case, which takes about 0.3 s for a million
  /// candidates.
  private static func numbers(_ request: ForgetRequest, _ snapshot: any IndexSnapshot) throws -> [Int64] {
    switch request.subject {
    case .id(let id): return try snapshot.numbers(idInAnyCase: id, connector: request.connector)
    case .email(let address):
      let docids = try snapshot.docids(of: .term(FilterTerm(.email, address)), from: .min, limit: .max)
      let stored = try snapshot.records(docids)
      let connector = request.connector.map(ExactText.init)
      return docids.compactMap { stored[$0] }
        .filter { connector == nil || connector == ExactText($0.connector) }
        .map(\.number)
    }
  }

  /// The number of ids and addresses that are kept out.
  /// - Throws: `ScopeError`, `IndexError`.
  public func forgottenCount() throws -> Int {
    try expectFullScope()
    return try engine.read { try $0.forgottenHashes().count { $0.origin == nil } }
  }

  /// Admits the records with these ids again. Returns the ids that were kept out.
  /// - Throws: `ScopeError`, `IndexError`.
  public func undoForget(ids: [String], connector: String? = nil) throws -> [String] {
    try change { transaction in
      try ids.filter {
        try ForgottenStore(transaction: transaction)
          .remove(ForgetRequest(subject: .id($0), connector: connector))
      }
    }
  }

  /// Admits records with an e-mail address again, and the candidates that were forgotten by it. Returns whether the
  /// address was kept out.
  /// - Throws: `ScopeError`, `IndexError`.
  public func undoForget(email: String, connector: String? = nil) throws -> Bool {
    try change {
      try ForgottenStore(transaction: $0).remove(ForgetRequest(subject: .email(email), connector: connector))
    }
  }

  /// Stores that a file contains candidates of the index, so that `forget` can name it.
  /// - Throws: `ScopeError`, `IndexError`.
  public func noteCopy(_ kind: KnownCopy.Kind, path: String) throws {
    let copy = KnownCopy(path: URL(fileURLWithPath: path).path, kind: kind, writtenAt: .now)
    try change { try $0.noteCopy(copy) }
  }

  /// Stores which backups of a rotation exist, so that `forget` can name them and state when they will be removed.
  /// - Throws: `ScopeError`, `IndexError`.
  public func noteRotation(_ rotation: RotationSummary) throws {
    let folder = URL(fileURLWithPath: rotation.path).deletingLastPathComponent().path
    try change { transaction in
      for path in rotation.removed { try transaction.removeCopy(path: path) }
      for copy in rotation.remaining { try transaction.noteCopy(copy) }
      try transaction.storeBackupLimit(rotation.maximum, folder: folder)
    }
  }
}

extension Candidate {
  /// The texts that name the person: ids, the full name, the last name, e-mail addresses, phone numbers and web pages.
  /// Logs that `forget` does not know of are searched for them.
  public var namingTexts: [String] {
    ([id, remoteID, fullName, lastName].compactMap(\.self) + emailAddresses + phoneNumbers
      + urls.map(\.address))
      .filter { !$0.isBlank }
  }
}
