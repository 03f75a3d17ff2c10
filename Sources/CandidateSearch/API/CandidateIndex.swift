@_exported import CandidateModel
@_exported import CandidateQuery

/// An index of candidates in one SQLite file; with the module `PostgresEngine`, also in a PostgreSQL database.
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
  /// How an index is opened.
  public enum Access: Sendable, Hashable {
    /// For searches only. At most `readers` calls read at once; at least 1.
    case reading(readers: Int = 4)
    /// For searches and changes. Creates the file if it does not exist.
    case writing
    /// As `writing`, but also opens a file of an older version. `rebuild` must be the first call.
    case rebuilding
  }

  let engine: any IndexEngine
  /// The candidates that exist for the caller.
  public let scope: Scope
  let caches: SearchCaches

  /// Opens the index at a path.
  /// - Throws: `IndexError`.
  public convenience init(path: String, access: Access = .reading(), scope: Scope = .all) throws {
    let engine =
      switch access {
      case .reading(let readers): try SQLiteEngine(reading: path, readers: readers)
      case .writing: try SQLiteEngine(writing: path)
      case .rebuilding: try SQLiteEngine(writing: path, allowsOlder: true)
      }
    self.init(engine, scope: scope)
  }

  /// Creates an empty index in memory, for tests and previews.
  /// - Throws: `IndexError`.
  public static func inMemory() throws -> CandidateIndex { CandidateIndex(try SQLiteEngine()) }

  /// Creates an index on an open engine. Several indexes on one engine may have different scopes.
  package convenience init(_ engine: any IndexEngine, scope: Scope = .all) {
    self.init(
      engine, scope: scope,
      caches: SearchCaches(costs: engine.readsPostingsInProcess ? .standard : .withoutPostings))
  }

  init(_ engine: any IndexEngine, scope: Scope = .all, caches: SearchCaches) {
    self.engine = engine
    self.scope = scope
    self.caches = caches
  }

  // MARK: - Scopes

  /// The same index as it is seen in a scope, and in the scope of this index. It shares the open file and all caches with
  /// this one, so that a program can make one for each call.
  public func scoped(to scope: Scope) -> CandidateIndex {
    CandidateIndex(engine, scope: self.scope.intersection(scope), caches: caches)
  }

  // MARK: - Changing

  /// Adds and updates candidates. `body` adds the inputs to the session; when this returns, all of their records are in
  /// the index. What was added before `body` throws is kept. The cost grows with the number of records (see
  /// `benchmarks/`).
  ///
  /// - Throws: `IndexError`, `ConnectorNameError`, and what `body` throws.
  @discardableResult
  public func ingest(
    connector: String = "", _ body: (IngestSession) throws -> Void
  ) throws -> IngestSummary {
    let session = try ingestSession(connector: connector)
    try session.finish(after: body)
    return session.summary
  }

  /// Makes the candidates of a connector equal to those of some inputs: adds and updates them, then removes the
  /// candidates that the inputs do not contain. `body` adds the inputs to the session. Nothing is removed if an input
  /// was not read to its end, if anything was refused, or if the guard does not allow it. A dry run changes nothing.
  ///
  /// - Throws: `IndexError`, `ConnectorNameError`, and what `body` throws.
  public func replace(
    connector: String = "", guard removalGuard: RemovalGuard = .init(), isDryRun: Bool = false,
    _ body: (IngestSession) throws -> Void
  ) throws -> ReplacementSummary {
    let session = try ingestSession(connector: connector, tracksSeen: true, isDryRun: isDryRun)
    let removal = try session.finish { session in
      try body(session)
      try session.commit()
      return try session.removeUnseen(removalGuard)
    }
    return ReplacementSummary(records: session.summary, removal: removal)
  }

  /// Adds the candidates that are new, and updates those that have changed.
  ///
  /// - Throws: `IndexError` or `ConnectorNameError`.
  @discardableResult
  public func ingest(_ candidates: some Sequence<Candidate>, connector: String = "") throws -> IngestSummary {
    try ingest(connector: connector) { try $0.add(candidates) }
  }

  /// Opens a session for the records of a connector. The caller must end it with `IngestSession.finish`.
  /// - Throws: `ScopeError`, `IndexError`, `ConnectorNameError`.
  package func ingestSession(
    connector: String, tracksSeen: Bool = false, isDryRun: Bool = false
  ) throws -> IngestSession {
    try expectFullScope()
    return try IngestSession(engine, connector: connector, tracksSeen: tracksSeen, isDryRun: isDryRun)
  }

  // MARK: - Access

  /// The file's absolute path; `:memory:` for an index in memory; the address of an index on a server.
  public var path: String { engine.location }

  /// Whether the file was removed, or another one was moved to its path, since the index was opened: then the index is that of
  /// the old file, which other programs cannot open any more. Always false for an index in memory or on a server. Takes about
  /// a microsecond.
  public var isDetached: Bool { engine.isDetached }

  /// The paths of the index file and its companions. Nothing else may write to them. Opening and closing them in this
  /// process would drop SQLite's locks.
  package var companions: [String] { engine.companions }

  /// A number that changes with each change of the candidates, whether they are in the scope or not. It must not be shown to
  /// those who may see the scope alone.
  /// - Throws: `IndexError`.
  public func generation() throws -> Int { try engine.read { try $0.generation() } }

  /// Checks that the scope contains all candidates, with their contacts.
  /// - Throws: `ScopeError` if it does not.
  package func expectFullScope() throws(ScopeError) {
    if !scope.isFull { throw ScopeError(scope) }
  }

  /// Checks that the index can be changed.
  /// - Throws: `ScopeError`, or `IndexError` for an index that was opened for reading only.
  func checkIsWritable() throws {
    try expectFullScope()
    try engine.checkIsWritable()
  }

  /// Calls `body` with a transaction, which is committed when it returns.
  /// - Throws: `ScopeError`, `IndexError`.
  func change<T>(_ body: (any IndexTransaction) throws -> T) throws -> T {
    try expectFullScope()
    return try engine.write(body)
  }
}
