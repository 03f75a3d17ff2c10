import CandidateModel
import CandidateQuery
import Foundation

extension CandidateIndex {
  /// The statistics of the index, within its scope. Counts every candidate and the pages of the file: about a second
  /// for a million candidates.
  /// - Throws: `IndexError`.
  public func statistics() throws -> IndexStatistics { try engine.read { try statistics($0, .never) } }

  /// Counts without blocking the calling thread. Cancelling the task ends the call.
  /// - Throws: `IndexError`, `CancellationError`.
  public func statistics() async throws -> IndexStatistics {
    try await engine.read { try self.statistics($0, $1) }
  }

  func statistics(_ snapshot: any IndexSnapshot, _ cancellation: Cancellation) throws -> IndexStatistics {
    try IndexStatistics(
      snapshot, of: engine, scope: scope, filter: resolvedScope(snapshot).filter,
      syncs: visibleSyncs(snapshot, cancellation), cancellation: cancellation)
  }

  /// Makes more custom fields searchable. Rebuilds the postings of all records, which takes about as long as loading
  /// them.
  /// - Throws: `ScopeError`, `IndexError`.
  public func addCustomFields(_ fields: Set<CustomField>) throws {
    try change { transaction in
      let known = try transaction.customFields()
      if !fields.isSubset(of: known) {
        try Rebuild(transaction: transaction, engine: engine).run(customFields: known.union(fields))
      }
    }
    try engine.optimize()
  }

  /// Turns the compression of records on or off: a setting of the index, off by default. Converts the records that it
  /// contains, in one transaction, and frees the space. With compression, records are stored in about three tenths
  /// of their size, in zstd frames with a dictionary that is trained on records of the index: from 1,000 records on, and
  /// again at 10,000, by `rebuild` and by `forget`. A hit takes about a microsecond more. Returns whether records were
  /// converted. The cost is that of writing all records, and then the file once.
  /// - Throws: `ScopeError`, `IndexError`.
  @discardableResult
  public func setRecordCompression(_ isEnabled: Bool) throws -> Bool {
    let isConverted = try change { try $0.setRecordCompression(isEnabled) }
    if isConverted { try engine.compact() }
    return isConverted
  }

  /// Rebuilds everything that is derived from the stored records, by the rules of this version. Returns the number of
  /// records. Readers see the old index until it is done; an interrupted rebuild changes nothing. Takes about as long
  /// as loading the records, on two threads. A dictionary for compressed records is trained again. Calls `onProgress`
  /// with the number of records done, after each 10,000.
  /// - Throws: `ScopeError`, `IndexError`.
  @discardableResult
  public func rebuild(onProgress: @escaping (Int) -> Void = { _ in }) throws -> Int {
    let count = try change { transaction in
      let count = try Rebuild(transaction: transaction, engine: engine, onProgress: onProgress)
        .run(customFields: transaction.customFields())
      try transaction.retrainCompression()
      return count
    }
    try engine.optimize()
    return count
  }

  /// Rebuilds the index after removing the candidates whose records are lost or cannot be decoded. Returns the number
  /// of removed candidates, which the next ingest of their source adds again.
  /// - Throws: `ScopeError`, `IndexError`.
  public func repair() throws -> Int {
    let lost = try change { transaction in
      let lost = try transaction.removeUnreadable()
      try Rebuild(transaction: transaction)
        .run(customFields: transaction.customFields(), assigningDocids: true)
      return lost
    }
    try engine.optimize()
    return lost
  }

  /// Frees the pages and statements that an index opened for writing has cached, up to 64 MB a connection, when its
  /// running calls have ended. Does not wait for them. For a process that stays: a commit of another process makes these
  /// pages useless, and they would stay until the next call. The caches of searches remain.
  public func releaseMemory() { engine.releaseMemory() }

  /// Checks the file, the structures of the postings, the consistency of the tables, and the postings of candidates: of
  /// a sample of a thousand, or of all, which takes about as long as loading them, on two threads.
  /// - Throws: `ScopeError`; `IndexError` if the file cannot be read at all. Other problems are in the report.
  public func check(isFull: Bool = false) throws -> CheckReport {
    try checkIsWritable()
    return try IndexCheck.run(engine, isFull: isFull)
  }

  /// Compares the tables with the postings, and a sample of a thousand candidates with theirs, for reading only: also in an
  /// index that was opened for reading, and while another process writes. It reads neither the pages of the whole file nor
  /// the structures of the postings, as `check` does. The cost is linear in the number of candidates: about half a second
  /// for a million.
  /// - Throws: `ScopeError`; `IndexError` if the file cannot be read at all. Other problems are in the report.
  public func sampledCheck() throws -> CheckReport {
    try expectFullScope()
    return try engine.read { IndexCheck(snapshot: $0, isFull: false).sample() }
  }

  /// Writes a consistent copy of the index to a file, and checks it. Others may read and write meanwhile. The file must
  /// not exist; it gets its name when it is complete.
  /// - Throws: `ScopeError`, `IndexError`.
  public func backup(to path: String) throws {
    try expectFullScope()
    try engine.backup(to: path)
  }

  /// Writes a consistent copy of the index into a folder, under a name with its time, and checks it. Then removes the
  /// oldest of the backups of this index that were written there in this way, so that `maximum` of them remain, the new one
  /// included; a maximum below 1 counts as 1. No other file is touched: a backup is recognised by its name and by a key that
  /// it contains. Links and backups that a program has opened as an index are ignored. `noteRotation` then stores the result
  /// in the index. The cost is that of a backup, and of opening each of those in the folder.
  /// - Throws: `ScopeError`; `IndexError` if no backup was written, then none is removed.
  public func backup(into folder: String, keeping maximum: Int) throws -> RotationSummary {
    try expectFullScope()
    let folder = URL(fileURLWithPath: folder.absolutePath).resolvingSymlinksInPath().path
    return try engine.backup(into: folder, keeping: max(1, maximum))
  }

  /// Replaces the contents of the index at a path with those of a backup. Creates the index if there is none. Others
  /// may use it meanwhile: readers see the old index until it is done. An interrupted restore changes nothing.
  /// Candidates that are forgotten in the index stay forgotten.
  ///
  /// Checks the backup first, and rebuilds one of an older version. Takes about as long as the check, and twice the
  /// size of the backup on the disk.
  /// - Throws: `IndexError`, with the path of the file that cannot be used.
  @discardableResult
  public static func restore(from backup: String, to path: String) throws -> RestoreSummary {
    try Restore(backup: IndexFile(path: backup), target: IndexFile(path: path), steps: .standard).run()
  }
}

extension RestoreSteps {
  /// The steps of this version on a draft.
  static let standard = RestoreSteps(
    upgrade: { transaction in
      if try transaction.value(of: .documentVersion) != Document.version {
        try Rebuild(transaction: transaction).run(customFields: transaction.customFields())
      }
    },
    isSound: { try IndexCheck.run($0, isFull: false).isSound },
    removeForgotten: { transaction in
      guard let filter = try ForgottenFilter(transaction) else { return 0 }
      var numbers: [Int64] = []
      var connectors = Set(try transaction.syncs().map { ExactText($0.connector) })
      try transaction.forEachRecord(ofEvery: 1) { stored, _ in
        connectors.insert(ExactText(stored.connector))
        if filter.contains(CandidateIdentity(stored.candidate), connector: stored.connector) {
          numbers.append(stored.number)
        }
      }
      for connector in connectors.map(\.text) {
        let refused = try transaction.refusedIDs(connector: connector)
        let kept = refused.filter { !filter.contains(id: $0, connector: connector) }
        if kept.count < refused.count { try transaction.replaceRefusedIDs(with: kept, connector: connector) }
      }
      return try Remover(transaction: transaction).remove(numbers).count
    })
}
