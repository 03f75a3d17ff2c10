import CandidateModel
import TextAnalysis

extension IndexStatistics {
  /// The statistics of a snapshot, within a scope.
  ///
  /// - Parameters:
  ///   - isFull: Whether the scope contains all candidates with their contacts.
  ///   - filter: The query that the candidates of the scope match.
  ///   - syncs: The syncs that the scope shows.
  init(
    _ snapshot: any IndexSnapshot, of engine: any IndexEngine, isFull: Bool, filter: IndexQuery,
    syncs: [SyncStatus]
  ) throws {
    candidates = try snapshot.candidateCount(of: filter)
    privateCandidates = isFull ? try snapshot.count(of: .term(.flag(.isPrivate, true))) : nil
    emailable = try snapshot.count(of: .all([.term(.flag(.canEmail, true)), filter]))
    byConnector = try snapshot.countsByConnector(of: filter).filter { isFull || $0.candidates > 0 }
    self.syncs = syncs
    syncing = Set(syncs.map(\.connector).filter(engine.isSyncing))
    fileBytes = isFull ? engine.storedBytes : nil
    parts = isFull ? try snapshot.storageParts() : []
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
