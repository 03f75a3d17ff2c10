@_exported import CandidateModel
@_exported import CandidateQuery
import Foundation
import GRDB

/// An index of candidates in one SQLite file.
///
/// ```swift
/// let index = try CandidateIndex(path: "candidates.db")
/// for hit in try index.search("engineer tag:JUNIOR").hits {
///   print(hit.candidate.fullName)
/// }
/// ```
/// Safe to use from many tasks and threads at once; each call sees a consistent snapshot. Readers never block the
/// writer, nor the writer readers; writers wait for one another.
public final class CandidateIndex: Sendable {
  /// What an index is opened for.
  public enum Access: Sendable, Hashable {
    /// Searching; so many calls may read at once, from 1.
    case reading(readers: Int = 4)
    /// Searching and changing; the file is made if it is not there.
    case writing
    /// As `writing`, but a file of an older version is opened too: `rebuild` must come before anything else.
    case rebuilding
  }

  private let file: IndexFile
  /// Of an index that is read where nothing can be written.
  private let frozen: FrozenFile?
  let reader: any DatabaseReader
  private let writer: (any DatabaseWriter)?
  /// Who is shown.
  public let visibility: Visibility
  let caches: SearchCaches

  /// Opens the index at a path. Throws `IndexError`.
  public convenience init(path: String, access: Access = .reading(), visibility: Visibility = .all) throws {
    try self.init(path: path, access: access, visibility: visibility, caches: SearchCaches())
  }

  init(path: String, access: Access = .reading(), visibility: Visibility, caches: SearchCaches) throws {
    file = IndexFile(path: path)
    (self.visibility, self.caches) = (visibility, caches)
    switch access {
    case .reading(let readers):
      (reader, frozen) = try file.openForReading(readers: max(1, readers))
      writer = nil
    case .writing, .rebuilding:
      let pool = try file.openForWriting(allowsOlder: access == .rebuilding)
      (reader, writer, frozen) = (pool, pool, nil)
    }
  }

  /// An empty index in memory, for tests and previews. Throws `IndexError`.
  public static func inMemory() throws -> CandidateIndex {
    let queue = try DatabaseQueue()
    try Schema.migrator.migrate(queue)
    return CandidateIndex(queue, visibility: .all)
  }

  private init(_ queue: DatabaseQueue, visibility: Visibility) {
    (file, caches, frozen) = (IndexFile.memory, SearchCaches(), nil)
    (reader, writer, self.visibility) = (queue, queue, visibility)
  }

  /// The same index in memory, as others see it.
  func inMemory(visibility: Visibility) -> CandidateIndex? {
    (writer as? DatabaseQueue).map { CandidateIndex($0, visibility: visibility) }
  }

  /// What the index contains, as far as its visibility shows it. Counts every candidate and the pages of the file: about
  /// a second for a million.
  /// - Throws: `IndexError`.
  public func statistics() throws -> IndexStatistics {
    try read { try IndexStatistics($0, path: file.path, visibility) }
  }

  // MARK: - Changing

  /// Makes custom fields searchable besides those that are already. Where the index holds records, all of them are
  /// indexed anew, which takes about as long as bringing them in did. Throws `IndexError`.
  public func addCustomFields(_ fields: Set<CustomField>) throws {
    try write { db in
      let known = try CustomFieldStore(db: db).all()
      if !fields.isSubset(of: known) { try Rebuild(db: db).run(customFields: known.union(fields)) }
    }
    try explained { try Maintenance(writer: writable(), path: path).settle() }
  }

  /// Brings records in: `body` names the inputs, and when this returns, all of their records are in the index. What
  /// was read before `body` throws is kept as well. Its cost grows with the number of records (see `benchmarks/`).
  /// Throws `IndexError`, `ConnectorNameError`, and what `body` throws.
  @discardableResult
  public func ingest(connector: String = "", _ body: (Ingest) throws -> Void) throws -> IngestSummary {
    try explained { try ingest(connector, notesSeen: false, isDryRun: false, body).summary }
  }

  /// Makes the candidates of a connector those of some inputs, which `body` names: brings them in, then removes what
  /// did not come. Nothing is removed unless every input was read to its end and nothing was refused, nor more than
  /// the guard allows. A dry run changes nothing. Throws `IndexError`, `ConnectorNameError`, and what `body` throws.
  public func replace(
    connector: String = "", guard removalGuard: RemovalGuard = .init(), isDryRun: Bool = false,
    _ body: (Ingest) throws -> Void
  ) throws -> (summary: IngestSummary, removal: Removal) {
    var parts = try IngestSession(self, connector: connector, noting: .whoComes, isDryRun: isDryRun)
    try parts.add(body)
    return (parts.summary, try parts.removeWhoDidNotCome(removalGuard))
  }

  func ingest(
    _ connector: String, notesSeen: Bool, isDryRun: Bool, _ body: (Ingest) throws -> Void
  ) throws -> (summary: IngestSummary, seen: SeenNumbers?) {
    try ConnectorNameError.check(connector)
    let writer = try writable()
    let customFields = try reader.read { try CustomFieldStore(db: $0).all() }
    let queue = WriteQueue(
      writer: writer, file: file,
      batchWriter: BatchWriter(
        connector: connector, customFields: customFields, isDryRun: isDryRun),
      notesSeen: notesSeen)
    let ingest = Ingest(
      queue: queue, builder: DocumentBuilder(connector: connector, customFields: customFields),
      contents: try UnchangedFilter(reader, connector: connector))
    let result = Result { try body(ingest) }
    try ingest.drain()
    if !isDryRun { try Maintenance(writer: writer, path: file.path).settle() }
    try result.get()
    return (ingest.summary, queue.seen)
  }

  /// Brings candidates in: adds those that are new, and replaces those that have changed. Throws `IndexError`
  /// or `ConnectorNameError`.
  @discardableResult
  public func ingest(_ candidates: some Sequence<Candidate>, connector: String = "") throws -> IngestSummary {
    try ingest(connector: connector) { try $0.add(candidates) }
  }

  /// Makes everything that is derived from the stored records anew, by the rules of this version. Readers see the old
  /// index until it is done; interrupted, the old index stays whole. Takes about as long as bringing the records in
  /// did. Gives the number of records, and calls `onProgress` with it now and then. Throws `IndexError`.
  @discardableResult
  public func rebuild(onProgress: @escaping (Int) -> Void = { _ in }) throws -> Int {
    let count = try write { db in
      try Rebuild(db: db, onProgress: onProgress).run(customFields: CustomFieldStore(db: db).all())
    }
    try explained { try Maintenance(writer: writable(), path: path).settle() }
    return count
  }

  /// Rebuilds what is derived, as `rebuild` does, after taking out the candidates whose records are lost or cannot be
  /// read: the next ingest brings them in again. Gives how many they were. Throws `IndexError`.
  public func repair() throws -> Int {
    let lost = try write { db in
      let lost = try Rebuild(db: db).dropUnreadable()
      try Rebuild(db: db).run(customFields: CustomFieldStore(db: db).all(), assigningDocids: true)
      return lost
    }
    try explained { try Maintenance(writer: writable(), path: path).settle() }
    return lost
  }

  /// Writes a consistent copy of the index to a file while others read and write, and checks it. The file must not exist
  /// yet, and has its name only when it is complete.
  /// - Throws: `IndexError`; `VisibilityError` on an index that is open for the public.
  public func backup(to path: String) throws {
    try expectFullVisibility()
    try explained { try Backup(reader: reader).write(to: path) }
  }

  // MARK: - Access

  /// The file's absolute path; `:memory:` for an index in memory.
  public var path: String { file.path }

  /// The paths of the file and of those beside it that belong to it; nothing else may write to them, and reading them
  /// in this process would drop SQLite's locks.
  package var companions: [String] { file.companions }

  /// - Throws: `VisibilityError` if private candidates are hidden from the caller.
  package func expectFullVisibility() throws(VisibilityError) {
    if visibility == .public { throw VisibilityError() }
  }

  func writable() throws -> any DatabaseWriter {
    try expectFullVisibility()
    guard let writer else {
      throw IndexError.notWritable(path: file.path, reason: "it was opened for reading only")
    }
    return writer
  }

  func write<T>(_ body: (Database) throws -> T) throws -> T {
    let writer = try writable()
    return try file.explained { try writer.write(body) }
  }

  func read<T>(_ body: (Database) throws -> T) throws -> T {
    try unchanged {
      // Readers of a file cannot write; the one connection of an index in memory must be told not to.
      if writer is DatabaseQueue { return try reader.read(body) }
      return try reader.unsafeRead { try Snapshot.read($0, body) }
    }
  }

  /// What a file that is not to change gives, as long as it has not.
  private func unchanged<T>(_ body: () throws -> T) throws -> T {
    let result = Result { try file.explained(body) }
    try frozen?.expectUnchanged()
    return try result.get()
  }

  func readAsync<T: Sendable>(
    _ body: @escaping @Sendable (Database, Cancellation) throws -> T
  ) async throws -> T {
    let flag = CancellationFlag()
    do {
      let value = try await withTaskCancellationHandler {
        try await reader.read { try body($0, flag.cancellation) }
      } onCancel: {
        flag.set()
      }
      try frozen?.expectUnchanged()
      return value
    } catch let error as DatabaseError {
      // GRDB interrupts what runs when a task is cancelled; of statements of ours it learns nothing else.
      if error.resultCode == .SQLITE_INTERRUPT { try Task.checkCancellation() }
      return try file.explained { throw error }
    }
  }

  func explained<T>(_ body: () throws -> T) throws -> T { try file.explained(body) }
}
