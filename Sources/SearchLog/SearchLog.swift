import Foundation
import Synchronization

/// A log of searches, opened records and exports: a SQLite file of its own, or tables beside an index on a PostgreSQL server
/// (`init(url:access:)` of the product `PostgresEngine`).
///
/// ```swift
/// let log = try SearchLog(path: "searches.log.db")
/// var entry = SearchLogEntry(.search, key: "recruiting", candidates: [.init(connector: "greenhouse", id: "c-1")])
/// entry.query = "engineer tag:JUNIOR"
/// try log.append(entry)
/// ```
/// Entries are appended and never changed: each has a digest that depends on all entries before it, so that `verify`
/// finds a change. `forget` erases texts and ids, of which the digests depend only through salted digests and keyed
/// hashes, so that the chain stays valid. Safe to use from many threads and several processes at once.
public final class SearchLog: Sendable {
  /// How a log is opened.
  public enum Access: Sendable, Hashable {
    /// For everything. Creates the file if it does not exist; only its owner can read it.
    case appending
    /// For verifying and searching a log that exists.
    case reading
  }

  /// The maximum number of entries that one transaction writes.
  static let maximumBatch = 500
  /// The maximum number of entries that wait to be written. Beyond, `append` waits for the writer.
  public static let maximumPending = 10_000
  /// The maximum time that an entry waits to be written, in seconds.
  private static let interval = 0.1
  /// The time after which a failed write is tried again, in seconds.
  private static let retryInterval = 1.0

  private struct Pending {
    var entries: [SearchLogEntry] = []
    var isScheduled = false
    var failure: SearchLogError?
    var lastAttempt: Attempt?
  }

  /// A batch whose transaction has ended with an error: the connection may have been lost after it was committed.
  private struct Attempt {
    let head: LogHead
    let count: Int
  }

  package let store: any LogStore
  private let pending = Mutex(Pending())
  /// Writes the batches, one after another.
  private let queue = DispatchQueue(label: "cand-search log")

  /// Opens the log in a file at a path.
  /// - Throws: `SearchLogError`.
  public convenience init(path: String, access: Access = .appending) throws {
    try self.init(SQLiteLogStore(LogFile(path: path), access: access))
  }

  /// Opens the log in a store.
  /// - Throws: `SearchLogError`.
  package init(_ store: any LogStore) throws {
    self.store = store
    if store.isWritable { _ = try store.finishErasure(ifPending: true) }
  }

  /// Writes what is pending. A program that must know of a failure calls `flush` before.
  deinit { try? writePending() }

  /// The absolute path of the file, or the address of the server without a password.
  public var path: String { store.location }

  /// The present, to the microsecond.
  public static func present() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
  }

  // MARK: - Appending

  /// Appends an entry. Returns before it is stored: entries are written together, at most 500 in one transaction and
  /// at most 100 ms later, or by `flush`. If the process is killed, the entries of this time are lost. Takes some
  /// microseconds, and waits for one transaction if `maximumPending` entries have not been written yet.
  /// - Throws: `SearchLogError` if the log was opened for reading, if its file was removed or replaced, or if the queue is full
  ///   and cannot be written; then the entry is not appended.
  public func append(_ entry: SearchLogEntry) throws {
    try checkIsWritable()
    while !enqueue(entry) { try queue.sync { _ = try writeBatch() } }
  }

  /// Checks that entries can be appended, as far as it is known without writing.
  /// - Throws: `SearchLogError` if the log was opened for reading, or if its file was removed or replaced.
  public func checkIsWritable() throws { try store.checkIsWritable() }

  /// Returns once all entries that were appended before are stored, and on the disk.
  /// - Throws: `SearchLogError`; then the entries stay in the queue, and are written as soon as it is possible.
  public func flush() throws { try queue.sync { try writePending() } }

  /// Why entries could not be written; nil if the last write succeeded. They are written as soon as it is possible.
  public var failure: SearchLogError? { pending.withLock { $0.failure } }

  /// Puts an entry in the queue, and sees to it that it is written; returns false if the queue is full.
  private func enqueue(_ entry: SearchLogEntry) -> Bool {
    let (isAdded, isFirst, isBatch) = pending.withLock { pending in
      guard pending.entries.count < Self.maximumPending else { return (false, false, false) }
      pending.entries.append(entry)
      let isFirst = !pending.isScheduled
      pending.isScheduled = true
      return (true, isFirst, pending.entries.count == Self.maximumBatch)
    }
    if isFirst { schedule(after: Self.interval) }
    if isBatch { schedule(after: 0) }
    return isAdded
  }

  private func schedule(after seconds: Double) {
    queue.asyncAfter(deadline: .now() + seconds) { [weak self] in
      guard let self else { return }
      pending.withLock { $0.isScheduled = false }
      do {
        try writePending()
      } catch {
        pending.withLock { $0.isScheduled = true }
        schedule(after: Self.retryInterval)
      }
    }
  }

  /// Writes what is in the queue now, in batches. Others may append meanwhile.
  private func writePending() throws {
    var rest = pending.withLock { $0.entries.count }
    while rest > 0 { rest -= try writeBatch() }
  }

  /// Writes the first entries of the queue; returns their number. An entry leaves the queue when it is stored.
  private func writeBatch() throws -> Int {
    let batch = pending.withLock { Array($0.entries.prefix(Self.maximumBatch)) }
    if batch.isEmpty { return 0 }
    do {
      let count = try write(batch)
      pending.withLock { pending in
        pending.entries.removeFirst(count)
        pending.lastAttempt = nil
        pending.failure = nil
      }
      return count
    } catch {
      pending.withLock { $0.failure = error as? SearchLogError }
      throw error
    }
  }

  /// Writes entries, or finds that the last attempt has written some of them; returns how many of them are stored.
  private func write(_ batch: [SearchLogEntry]) throws -> Int {
    let rows = batch.map { (StoredEntry($0), $0.candidates) }
    let lastAttempt = pending.withLock(\.lastAttempt)
    return try change { transaction, chain in
      if let lastAttempt {
        let last = try transaction.entries(numbered: [Int64(lastAttempt.head.number)]).first
        // No other entry has this digest: it depends on all before, and on random salts.
        if last?.digest == lastAttempt.head.digest { return lastAttempt.count }
      }
      let entries = rows.map { row, candidates in
        var row = row
        row.number = Int64(chain.head.number &+ 1)
        let stored = candidates.enumerated().map { place, candidate in
          StoredEntry.Candidate(
            place: Int64(place), connector: Data(candidate.connector.utf8), id: Data(candidate.id.utf8),
            hash: LogDigest.keyed(Data(candidate.id.utf8), key: chain.key))
        }
        let digest = row.chainedDigest(stored, after: chain.head.digest, key: chain.key)
        chain.head = LogHead(number: Int(row.number), digest: digest)
        return ChainedEntry(entry: row, candidates: stored, digest: digest)
      }
      pending.withLock { $0.lastAttempt = Attempt(head: chain.head, count: batch.count) }
      try transaction.append(entries)
      return batch.count
    }
  }

  // MARK: - Transactions

  /// Calls `body` in a transaction that writes, and stores the ends of the chain that it leaves.
  /// - Throws: `SearchLogError`.
  func change<T>(_ body: (any LogTransaction, inout LogChain) throws -> T) throws -> T {
    try store.change { transaction in
      guard var chain = try transaction.chain() else { throw SearchLogError.damaged(path: path) }
      let result = try body(transaction, &chain)
      try transaction.store(chain)
      return result
    }
  }

  /// Calls `body` with one state of the log.
  /// - Throws: `SearchLogError`.
  func read<T>(_ body: (any LogSnapshot) throws -> T) throws -> T { try store.read(body) }
}
