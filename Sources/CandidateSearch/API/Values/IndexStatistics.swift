import CandidateModel
import TextAnalysis

/// What an index contains. For the public it counts candidates that are not private, and contains nothing that depends
/// on private ones.
public struct IndexStatistics: Sendable {
  /// All candidates.
  public let candidates: Int
  /// Those that are private; nil for the public.
  public let privateCandidates: Int?
  /// Those that may be e-mailed; unknown is not counted.
  public let emailable: Int
  /// Candidates by connector, in the order of the connectors' names; for the public without connectors of none.
  public let byConnector: [ConnectorCount]
  /// The last sync of each connector from the API, in the order of their names.
  public let syncs: [SyncStatus]
  /// Those whose sync is going on.
  public let syncing: Set<String>
  /// The size of the database file and its companions, in bytes; nil for the public.
  public let fileBytes: Int?
  /// The size of what is in the file by part, in bytes, the largest first; empty for the public.
  public let parts: [StoragePart]
  /// The version of the tables.
  public let schemaVersion: Int
  /// The version of the rules by which text is prepared.
  public let documentVersion: Int
  /// The version of Unicode with which the text was prepared; nil where it is unknown.
  public let unicodeVersion: UnicodeVersion?
  /// The software that stores the index.
  public let engine: EngineVersion
  /// The time of the most recent candidate; nil if none has a time.
  public let newest: Timestamp?
  /// The time of the least recent candidate that has one.
  public let oldest: Timestamp?
}

/// The software that stores an index.
public struct EngineVersion: Sendable, Hashable {
  /// Its name: `SQLite`.
  public let name: String
  /// Its version.
  public let version: String
}

/// The candidates of one connector.
public struct ConnectorCount: Sendable, Hashable {
  /// The connector's name.
  public let name: String
  /// How many candidates of it there are.
  public let candidates: Int
}

/// A part of the storage.
public struct StoragePart: Sendable, Hashable {
  /// What it contains.
  public let name: String
  /// Its size in bytes.
  public let bytes: Int
}
