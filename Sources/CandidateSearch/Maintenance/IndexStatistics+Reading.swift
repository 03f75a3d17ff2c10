import CandidateModel
import TextAnalysis

extension IndexStatistics {
  /// The statistics of a snapshot, within a scope.
  ///
  /// - Parameters:
  ///   - filter: The query that the candidates of the scope match.
  ///   - syncs: The syncs that the scope shows.
  init(
    _ snapshot: any IndexSnapshot, of engine: any IndexEngine, scope: Scope, filter: IndexQuery,
    syncs: [SyncStatus], cancellation: Cancellation
  ) throws {
    let isFull = scope.isFull
    try cancellation.check()
    candidates = try snapshot.candidateCount(of: filter)
    try cancellation.check()
    privateCandidates = isFull ? try snapshot.count(of: .term(.flag(.isPrivate, true))) : nil
    emailable = try snapshot.count(of: .all([.term(.flag(.canEmail, true)), filter]))
    try cancellation.check()
    byConnector = try snapshot.countsByConnector(of: filter).filter {
      scope.containsAllCandidates || $0.candidates > 0
    }
    try cancellation.check()
    self.syncs = syncs
    syncing =
      engine.runningSyncs(of: syncs.map(\.connector)).map { Set($0.map(\.text)) }
      ?? Set(syncs.filter { $0.endedAt == nil }.map(\.connector))
    fileBytes = isFull ? try engine.storedBytes() : nil
    parts = isFull ? try snapshot.storageParts() : []
    try cancellation.check()
    let compression = isFull ? try snapshot.compression() : nil
    compressesRecords = compression?.isEnabled
    dictionaryBytes = compression?.dictionaryBytes
    schemaVersion = try snapshot.tableVersion()
    self.engine = try snapshot.engineVersion()
    documentVersion = try snapshot.value(of: .documentVersion) ?? 0
    unicodeVersion = try snapshot.value(of: .unicodeVersion).map(UnicodeVersion.init)
    (newest, oldest) = try snapshot.recencies(of: filter)
  }
}
