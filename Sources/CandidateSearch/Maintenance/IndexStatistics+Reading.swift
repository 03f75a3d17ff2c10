import CandidateModel
import TextAnalysis

extension IndexStatistics {
  /// The statistics of a snapshot, within a scope.
  init(_ snapshot: any IndexSnapshot, of engine: any IndexEngine, in scope: Scope) throws {
    let isFull = scope.includesPrivate
    candidates = try snapshot.candidateCount(in: scope)
    privateCandidates = isFull ? try snapshot.count(of: .term(.flag(.isPrivate, true))) : nil
    emailable = try snapshot.count(of: .all([.term(.flag(.canEmail, true)), scope.filter]))
    byConnector = try snapshot.countsByConnector(in: scope).filter { isFull || $0.candidates > 0 }
    let syncs = try snapshot.syncs()
    self.syncs = isFull ? syncs : syncs.map(\.forThePublic)
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
    (newest, oldest) = try snapshot.recencies(in: scope)
  }
}
