@_exported import CandidateModel
@_exported import CandidateQuery

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
    /// Searching; at most `readers` calls read at once, from 1.
    case reading(readers: Int = 4)
    /// Searching and changing; the file is made if it is not there.
    case writing
    /// As `writing`, but a file of an older version is opened too: `rebuild` must come before anything else.
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

  /// An empty index in memory, for tests and previews.
  /// - Throws: `IndexError`.
  public static func inMemory() throws -> CandidateIndex { CandidateIndex(try SQLiteEngine()) }

  /// An index over an engine that is open. Indexes of one engine may have different scopes.
  init(_ engine: any IndexEngine, scope: Scope = .all, caches: SearchCaches = SearchCaches()) {
    self.engine = engine
    self.scope = scope
    self.caches = caches
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

  /// Makes the candidates of a connector equal to those of some inputs: adds and updates them, then removes the candidates
  /// that did not come. `body` adds the inputs to the session. Nothing is removed unless every input was read to its end
  /// and nothing was refused, nor more than the guard allows. A dry run changes nothing.
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

  /// A session for the records of a connector, which ends with `IngestSession.finish`.
  /// - Throws: `ScopeError`, `IndexError`, `ConnectorNameError`.
  package func ingestSession(
    connector: String, tracksSeen: Bool = false, isDryRun: Bool = false
  ) throws -> IngestSession {
    try expectFullScope()
    return try IngestSession(engine, connector: connector, tracksSeen: tracksSeen, isDryRun: isDryRun)
  }

  // MARK: - Access

  /// The file's absolute path; `:memory:` for an index in memory.
  public var path: String { engine.location }

  /// The paths of the file and of those beside it that belong to it; nothing else may write to them, and reading them
  /// in this process would drop SQLite's locks.
  package var companions: [String] { engine.companions }

  /// - Throws: `ScopeError` if private candidates are hidden from the caller.
  package func expectFullScope() throws(ScopeError) {
    if !scope.includesPrivate { throw ScopeError() }
  }

  /// - Throws: `ScopeError`, or `IndexError` for an index that was opened for reading only.
  func checkIsWritable() throws {
    try expectFullScope()
    try engine.checkIsWritable()
  }

  /// Calls `body` with a transaction.
  /// - Throws: `ScopeError`, `IndexError`.
  func change<T>(_ body: (any IndexTransaction) throws -> T) throws -> T {
    try expectFullScope()
    return try engine.write(body)
  }
}
