import CandidateModel

/// Stores one index: records, postings, term statistics, and what else outlives a process.
///
/// Planning, ingest and maintenance are written against this protocol alone. An engine translates it to the language of
/// its database, and is the only place that knows that language.
package protocol IndexEngine: Sendable {
  /// The location of the index, for messages: an absolute path, or `:memory:`.
  var location: String { get }
  /// Whether another file, or none, is at the path of the index since it was opened.
  var isDetached: Bool { get }
  /// The paths of the files that belong to the index; empty where it has none. No other program may write to them.
  var companions: [String] { get }
  /// The size of these files, or of the tables on a server, in bytes.
  /// - Throws: The errors of the database.
  func storedBytes() throws -> Int

  /// Calls `body` with a snapshot: all of its answers are of one state of the index, whatever others commit meanwhile.
  /// The snapshot must not outlive the call. Readers do not wait for writers.
  /// - Throws: `IndexError`, and what `body` throws.
  func read<T>(_ body: (any IndexSnapshot) throws -> T) throws -> T

  /// Reads as `read` does, without blocking the calling thread. Cancelling the task interrupts the running statement
  /// and sets `Cancellation` for loops of `body`; the call then throws `CancellationError`.
  func read<T: Sendable>(
    cancellable body: @escaping @Sendable (any IndexSnapshot, Cancellation) throws -> T
  ) async throws -> T

  /// Reads as `read` does. If `allowingMissingParts` is false, whatever needs a part of the index that cannot be read fails
  /// with `IndexError.partsMissing`; else the snapshot is without these parts, and names them (`IndexSnapshot.missingParts`).
  func read<T>(allowingMissingParts: Bool, _ body: (any IndexSnapshot) throws -> T) throws -> T

  /// Reads as `read(allowingMissingParts:_:)` does, without blocking the calling thread, and can be cancelled.
  func read<T: Sendable>(
    allowingMissingParts: Bool,
    cancellable body: @escaping @Sendable (any IndexSnapshot, Cancellation) throws -> T
  ) async throws -> T

  /// Whether several calls can read at once.
  var servesManyReaders: Bool { get }

  /// Calls `body` with a transaction. All of its changes are committed together when `body` returns, and none if it
  /// throws. Transactions wait for one another, and each sees what those before it have committed.
  /// - Throws: `IndexError`, and what `body` throws.
  func write<T>(_ body: (any IndexTransaction) throws -> T) throws -> T

  /// The number of transactions that write candidates of one connector at once, from 1. Each has the candidates of one
  /// lane (`Lane`).
  var laneCount: Int { get }

  /// Writes as `write` does, in a transaction that changes the candidates of one lane of a connector alone. Those of
  /// different lanes need not wait for one another. `body` may be called again, if its changes met those of another
  /// transaction.
  func write<T>(
    ofConnector connector: String, lane: Lane, _ body: (any IndexTransaction) throws -> T
  ) throws -> T

  /// Whether the postings are in this process, so that reading many of them is as fast as memory.
  var readsPostingsInProcess: Bool { get }

  /// - Throws: `IndexError` if the index was opened for reading only.
  func checkIsWritable() throws

  /// Optimises the storage for searches, after a load: does the merging that the load deferred, and finishes an erasure
  /// that was interrupted. May take as long as writing the index once.
  func optimize() throws

  /// Frees unused storage, after records were converted. The cost is that of writing the index once.
  func compact() throws

  /// Removes every byte of candidates that were removed, if an erasure is pending (`Setting.erasurePending`): from the
  /// index, from logs and from temporary files. The cost is that of writing the index once. Returns what the storage keeps
  /// of them nevertheless, and until when (`ForgetSummary.horizon`); nil if nothing.
  func finishErasure() throws -> String?
  /// Frees what the connections for changes have cached, when their running calls have ended. Does not wait for them.
  func releaseMemory()

  /// Writes a consistent copy to a file that does not exist yet, and checks the copy.
  func backup(to path: String) throws
  /// Writes a copy into a folder, and checks it. Then removes the oldest of those that it wrote there beyond `maximum`.
  func backup(into folder: String, keeping maximum: Int) throws -> RotationSummary

  /// Takes the lock of a connector's sync; nil if another sync has it, in this process or in another. The lock ends
  /// with the process that has it.
  /// - Throws: `IndexError` if the storage that has the locks cannot be reached.
  func lockSync(of connector: String) throws -> SyncLock?
  /// The connectors whose syncs are running; nil where that cannot be looked up, as on a replica alone.
  func runningSyncs(of connectors: [String]) -> Set<ExactText>?

  /// The problems of the storage itself, a sentence each: of its files, and of the structures of the postings. The cost
  /// is that of reading the index.
  /// - Throws: `IndexError.busy` if another process writes to the index for too long.
  func storageProblems() throws -> [String]
}

extension IndexEngine {
  // An engine whose index is in one place has no parts that can be missing.
  package func read<T>(
    allowingMissingParts: Bool, _ body: (any IndexSnapshot) throws -> T
  ) throws -> T {
    try read(body)
  }
  package func read<T: Sendable>(
    allowingMissingParts: Bool,
    cancellable body: @escaping @Sendable (any IndexSnapshot, Cancellation) throws -> T
  ) async throws -> T {
    try await read(cancellable: body)
  }
  package var laneCount: Int { 1 }
  package func write<T>(
    ofConnector connector: String, lane: Lane, _ body: (any IndexTransaction) throws -> T
  ) throws -> T {
    try write(body)
  }
  package var readsPostingsInProcess: Bool { true }
}
