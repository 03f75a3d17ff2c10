import Foundation

/// Where the entries of a log are. A store knows no rule of the log: what is hashed, erased, kept and found is decided above
/// it.
///
/// Safe to use from many threads and several processes at once.
package protocol LogStore: Sendable {
  /// The path of the file, or the address of the server without a password.
  var location: String { get }
  /// Whether the log was opened for appending.
  var isWritable: Bool { get }

  /// Checks that a change would find the log.
  /// - Throws: `SearchLogError` if the log was opened for reading, or if its file was removed or replaced.
  func checkIsWritable() throws(SearchLogError)

  /// Calls `body` with one state of the log.
  /// - Throws: `SearchLogError`, and what `body` throws.
  func read<T>(_ body: (any LogSnapshot) throws -> T) throws -> T

  /// Calls `body` in a transaction, which is on the disk when the call returns. Transactions run one after another. After an
  /// error nothing of it is stored, unless the connection was lost while it was committed.
  /// - Throws: `SearchLogError`, and what `body` throws.
  func change<T>(_ body: (any LogTransaction) throws -> T) throws -> T

  /// Erases the bytes of what transactions have erased: after it no byte is in the store. Returns where bytes may be
  /// nevertheless; nil for nowhere. With `ifPending`, only what an interrupted erasure has left.
  /// - Throws: `SearchLogError`.
  func finishErasure(ifPending: Bool) throws -> String?
}

extension LogStore {
  package func checkIsWritable() throws(SearchLogError) {
    if !isWritable { throw .notWritable(path: location, reason: "it was opened for reading") }
  }
}

/// Which entries are read, and in which order.
package struct LogSelection: Sendable {
  /// The name of the key.
  package var key: String?
  /// The kind.
  package var kind: String?
  /// The first moment, in microseconds since 1970.
  package var since: Int64?
  /// The moment after the last, in microseconds since 1970.
  package var until: Int64?
  /// The number after which the entries are; nil for all.
  package var after: Int64?
  /// Whether the newest entry comes first.
  package var isNewestFirst = false

  init() {}
}

/// One state of a log.
package protocol LogSnapshot {
  /// The ends of the chain; nil if they were removed. In a transaction, keeps other transactions out.
  func chain() throws -> LogChain?

  /// Calls `body` with one entry after another until it returns false. `body` may call the other functions.
  func visitEntries(_ selection: LogSelection, _ body: (StoredEntry) throws -> Bool) throws

  /// The entries with these numbers, in the order of the numbers, without those that are not there.
  func entries(numbered numbers: [Int64]) throws -> [StoredEntry]

  /// The candidates that these entries showed, in order, by the numbers of the entries.
  func candidates(of numbers: [Int64]) throws -> [Int64: [StoredEntry.Candidate]]

  /// The number of candidates of all entries.
  func candidateCount() throws -> Int

  /// The entries that showed a candidate with one of these hashes, the newest first, with its connector.
  func shown(withHashes hashes: [Data]) throws -> [(entry: Int64, connector: Data)]

  /// Calls `body` with each candidate whose id is not erased of the entries after a number.
  func visitShownIDs(after number: Int64, _ body: (StoredEntry.ShownID) -> Void) throws
}

/// A transaction that changes a log.
package protocol LogTransaction: LogSnapshot {
  /// Stores the ends of the chain.
  func store(_ chain: LogChain) throws

  /// Adds entries after the last one.
  func append(_ entries: [ChainedEntry]) throws

  /// Removes ids; returns how many were there.
  func eraseIDs(_ ids: [StoredEntry.Place]) throws -> Int

  /// Removes the texts of a column from entries, with their salts; returns how many were there.
  func eraseTexts(_ column: StoredEntry.TextColumn, of entries: [Int64]) throws -> Int

  /// Notes that bytes are to be erased by `finishErasure`.
  func beginErasure() throws

  /// Removes the entries up to a number, which is not after the anchor.
  func removeEntries(through last: Int64) throws
}
