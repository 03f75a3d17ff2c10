/// Stores one index: records, postings, term statistics, and what else outlives a process.
///
/// Planning, ingest and maintenance are written against this protocol alone. An engine translates it to the language of
/// its database, and is the only place that knows that language.
protocol IndexEngine: Sendable {
  /// Where the index is, for messages: an absolute path, or `:memory:`.
  var location: String { get }
  /// The paths of the files that belong to the index; empty where it has none. No other program may write to them.
  var companions: [String] { get }
  /// The size of these files, in bytes.
  var storedBytes: Int { get }

  /// Calls `body` with a snapshot: whatever others commit meanwhile, all of its answers are of one state of the index.
  /// The snapshot must not outlive the call. Readers do not wait for writers.
  /// - Throws: `IndexError`, and what `body` throws.
  func read<T>(_ body: (any IndexSnapshot) throws -> T) throws -> T

  /// As `read`, without blocking the calling thread. Where the task is cancelled, the running statement is interrupted,
  /// `Cancellation` is set for loops of `body`, and the call throws `CancellationError`.
  func read<T: Sendable>(
    cancellable body: @escaping @Sendable (any IndexSnapshot, Cancellation) throws -> T
  ) async throws -> T

  /// Calls `body` with a transaction. All of its changes are committed together when `body` returns, and none if it
  /// throws. Transactions wait for one another, and each sees what those before it have committed.
  /// - Throws: `IndexError`, and what `body` throws.
  func write<T>(_ body: (any IndexTransaction) throws -> T) throws -> T

  /// - Throws: `IndexError` if the index was opened for reading only.
  func checkIsWritable() throws

  /// Brings the storage into the state in which searches are fastest, after a load: merges what the load has put off,
  /// and finishes an erasure that an interrupted process has left. May take as long as writing the index once.
  func settle() throws

  /// Removes every byte of candidates that were removed, if an erasure is pending (`Setting.erasurePending`): from the
  /// index, from logs and from temporary files. Its cost is that of writing the index anew.
  func finishErasure() throws

  /// Writes a consistent copy to a file that does not exist yet, and checks the copy.
  func backup(to path: String) throws

  /// Takes the lock of a connector's sync; nil if another sync has it, in this process or in another. The lock ends with
  /// the process that has it.
  func lockSync(of connector: String) -> SyncLock?
  /// Whether a sync of a connector is running.
  func isSyncing(_ connector: String) -> Bool

  /// The problems of the storage itself, a sentence each: of its files, and of the postings' own structures. Its cost is
  /// that of reading the index.
  func storageProblems() throws -> [String]
}

/// A named number that an index stores about itself.
enum Setting: String {
  /// The version of the rules by which documents were made (`Document.version`).
  case documentVersion = "document_version"
  /// The version of Unicode by which documents were made. An index of another one can be searched.
  case unicodeVersion = "unicode_version"
  /// Increases with every change of the postings.
  case generation
  /// 1 while bytes of candidates who were erased may still be in the storage.
  case erasurePending = "erasure_pending"
}

/// A random key that an index stores.
enum StoredKey: String {
  /// Signs cursors.
  case cursor = "cursor_key"
  /// The key of the hashes of who is forgotten.
  case forgotten = "forgotten_key"
}

/// A lock that keeps two syncs of one connector apart.
package struct SyncLock: Sendable {
  private let unlock: @Sendable () -> Void

  init(_ unlock: @escaping @Sendable () -> Void) { self.unlock = unlock }

  /// Releases the lock, once.
  package func release() { unlock() }
}

/// What a restore does to the draft that becomes the index, on the layers above an engine.
struct RestoreSteps: Sendable {
  /// Lifts a draft of an older version to this one.
  let upgrade: @Sendable (any IndexTransaction) throws -> Void
  /// Whether the draft is sound.
  let isSound: @Sendable (any IndexEngine) throws -> Bool
  /// Removes the candidates who are forgotten; returns their number.
  let removeForgotten: @Sendable (any IndexTransaction) throws -> Int
}

/// Parts of an index contradict one another.
struct InconsistentIndex: Error, CustomStringConvertible {
  let problem: String

  var description: String { problem }
}

/// A candidate without a record.
struct RecordMissing: Error {}
