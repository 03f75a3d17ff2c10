import CandidateModel
import CandidateQuery

extension CandidateIndex {
  /// What the index contains, within its scope. Counts every candidate and the pages of the file: about a second for a
  /// million.
  /// - Throws: `IndexError`.
  public func statistics() throws -> IndexStatistics {
    try engine.read { try IndexStatistics($0, of: engine, in: scope) }
  }

  /// Makes custom fields searchable, besides those that are. Where the index contains records, all of them are indexed
  /// anew, which takes about as long as loading them did.
  /// - Throws: `ScopeError`, `IndexError`.
  public func addCustomFields(_ fields: Set<CustomField>) throws {
    try change { transaction in
      let known = try transaction.customFields()
      if !fields.isSubset(of: known) {
        try Rebuild(transaction: transaction).run(customFields: known.union(fields))
      }
    }
    try engine.settle()
  }

  /// Derives everything anew from the stored records, by the rules of this version. Readers see the old index until it
  /// is done; interrupted, the old index stays whole. Takes about as long as loading the records did. Returns the number
  /// of records, and calls `onProgress` with it after each 10,000.
  /// - Throws: `ScopeError`, `IndexError`.
  @discardableResult
  public func rebuild(onProgress: @escaping (Int) -> Void = { _ in }) throws -> Int {
    let count = try change { transaction in
      try Rebuild(transaction: transaction, onProgress: onProgress)
        .run(customFields: transaction.customFields())
    }
    try engine.settle()
    return count
  }

  /// Rebuilds as `rebuild` does, after removing the candidates whose records are lost or cannot be decoded: the next
  /// ingest brings them in again. Returns the number of these candidates.
  /// - Throws: `ScopeError`, `IndexError`.
  public func repair() throws -> Int {
    let lost = try change { transaction in
      let lost = try transaction.removeUnreadable()
      try Rebuild(transaction: transaction)
        .run(customFields: transaction.customFields(), assigningDocids: true)
      return lost
    }
    try engine.settle()
    return lost
  }

  /// Checks the file, the structures of the postings, that the tables agree, and that candidates are indexed as they
  /// should be: a sample of a thousand, or all of them (about as long as loading them took).
  /// - Throws: `ScopeError`; `IndexError` if the file cannot be opened. What is wrong inside it is in the report.
  public func check(isFull: Bool = false) throws -> CheckReport {
    try checkIsWritable()
    return try IndexCheck.run(engine, isFull: isFull)
  }

  /// Writes a consistent copy of the index to a file while others read and write, and checks it. The file must not exist
  /// yet, and has its name only when it is complete.
  /// - Throws: `ScopeError`, `IndexError`.
  public func backup(to path: String) throws {
    try expectFullScope()
    try engine.backup(to: path)
  }

  /// Replaces the contents of the index at a path with those of a backup, while others use it; creates the index if there
  /// is none. Whoever is forgotten in the index stays forgotten. Readers see the old index until it is done; interrupted,
  /// the old index is left whole.
  ///
  /// Checks the backup first; one of an older version is rebuilt. Takes about as long as checking it, and twice its size
  /// on the disk meanwhile.
  /// - Throws: `IndexError`, with the path of the file that cannot be used.
  @discardableResult
  public static func restore(from backup: String, to path: String) throws -> RestoreSummary {
    try Restore(backup: IndexFile(path: backup), target: IndexFile(path: path), steps: .standard).run()
  }
}

extension RestoreSteps {
  /// What this version does to a draft.
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
      try transaction.forEachRecord(ofEvery: 1) { stored, _ in
        if filter.contains(CandidateIdentity(stored.candidate), connector: stored.connector) {
          numbers.append(stored.number)
        }
      }
      return try Remover(transaction: transaction).remove(numbers).count
    })
}
