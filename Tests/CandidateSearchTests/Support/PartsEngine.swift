import Synchronization

@testable import CandidateSearch

/// An engine for tests whose index is on two servers, `db1` and `db2`. The second one can be down.
final class PartsEngine: IndexEngine {
  private let complete: SQLiteEngine
  private let withoutSecond: SQLiteEngine
  private let isDown = Mutex(false)

  /// An index of records in JSON, those of each server.
  init(first: [String], second: [String]) throws {
    complete = try Self.engine(first + second)
    withoutSecond = try Self.engine(first)
  }

  private static func engine(_ records: [String]) throws -> SQLiteEngine {
    let engine = try SQLiteEngine()
    try CandidateIndex(engine).ingest(records.map { try CandidateDecoder().decode(json: $0) })
    return engine
  }

  /// Whether the second server is down.
  var isSecondDown: Bool {
    get { isDown.withLock { $0 } }
    set { isDown.withLock { $0 = newValue } }
  }

  func read<T>(allowingMissingParts: Bool, _ body: (any IndexSnapshot) throws -> T) throws -> T {
    guard isSecondDown else { return try complete.read(body) }
    guard allowingMissingParts else { throw IndexError.partsMissing(location: location, parts: ["db2"]) }
    return try withoutSecond.read { try body(Self.partial($0)) }
  }

  func read<T: Sendable>(
    allowingMissingParts: Bool,
    cancellable body: @escaping @Sendable (any IndexSnapshot, Cancellation) throws -> T
  ) async throws -> T {
    guard isSecondDown else { return try await complete.read(cancellable: body) }
    guard allowingMissingParts else { throw IndexError.partsMissing(location: location, parts: ["db2"]) }
    return try await withoutSecond.read { try body(Self.partial($0), $1) }
  }

  private static func partial(_ snapshot: any IndexSnapshot) throws -> any IndexSnapshot {
    guard let snapshot = snapshot as? SQLiteSnapshot else { throw InconsistentIndex(problem: "no SQLite") }
    return SQLiteSnapshot(snapshot.db, missingParts: ["db2"])
  }

  // MARK: As the complete index

  var location: String { complete.location }
  var isDetached: Bool { complete.isDetached }
  var companions: [String] { complete.companions }
  func storedBytes() -> Int { complete.storedBytes() }
  func read<T>(_ body: (any IndexSnapshot) throws -> T) throws -> T {
    try read(allowingMissingParts: false, body)
  }
  func read<T: Sendable>(
    cancellable body: @escaping @Sendable (any IndexSnapshot, Cancellation) throws -> T
  ) async throws -> T {
    try await read(allowingMissingParts: false, cancellable: body)
  }
  var servesManyReaders: Bool { complete.servesManyReaders }
  func write<T>(_ body: (any IndexTransaction) throws -> T) throws -> T { try complete.write(body) }
  func checkIsWritable() throws { try complete.checkIsWritable() }
  func optimize() throws { try complete.optimize() }
  func compact() throws { try complete.compact() }
  func finishErasure() throws -> String? { try complete.finishErasure() }
  func releaseMemory() { complete.releaseMemory() }
  func backup(to path: String) throws { try complete.backup(to: path) }
  func backup(into folder: String, keeping maximum: Int) throws -> RotationSummary {
    try complete.backup(into: folder, keeping: maximum)
  }
  func lockSync(of connector: String) throws -> SyncLock? { try complete.lockSync(of: connector) }
  func runningSyncs(of connectors: [String]) -> Set<ExactText>? { complete.runningSyncs(of: connectors) }
  func storageProblems() throws -> [String] { try complete.storageProblems() }
}
