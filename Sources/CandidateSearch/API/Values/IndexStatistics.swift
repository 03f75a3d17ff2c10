import CandidateModel
import TextAnalysis

/// The statistics of an index. For the public they count candidates that are not private; nothing in them depends on
/// private ones.
public struct IndexStatistics: Sendable {
  /// The number of candidates.
  public let candidates: Int
  /// The number of private candidates; nil for the public.
  public let privateCandidates: Int?
  /// The number of candidates that may be e-mailed, without those of whom it is unknown.
  public let emailable: Int
  /// The candidates of each connector, in the order of names; without those that have none, unless the scope
  /// contains all candidates.
  public let byConnector: [ConnectorCount]
  /// The last sync of each connector, in the order of names.
  public let syncs: [SyncStatus]
  /// The connectors whose sync is running.
  public let syncing: Set<String>
  /// The size of the database file and its companions, in bytes; nil for the public.
  public let fileBytes: Int?
  /// The size of each part of the database file, in bytes, the largest first; empty for the public. They add up to the
  /// size of the file, without its companions.
  public let parts: [StoragePart]
  /// Whether records are stored compressed; nil for the public.
  public let compressesRecords: Bool?
  /// The size of the dictionary by which records are compressed, in bytes; nil if there is none, and for the public.
  public let dictionaryBytes: Int?
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

  package init(name: String, version: String) {
    self.name = name
    self.version = version
  }
}

/// The candidates of one connector.
public struct ConnectorCount: Sendable, Hashable {
  /// The connector's name.
  public let name: String
  /// The number of its candidates.
  public let candidates: Int

  package init(name: String, candidates: Int) {
    self.name = name
    self.candidates = candidates
  }
}

/// A part of the storage.
public struct StoragePart: Sendable, Hashable {
  /// What it contains.
  public let name: String
  /// Its size in bytes.
  public let bytes: Int

  package init(name: String, bytes: Int) {
    self.name = name
    self.bytes = bytes
  }

  /// Its size in bytes for each of some candidates; 0 for none.
  public func bytes(perCandidateOf candidates: Int) -> Double {
    candidates > 0 ? Double(bytes) / Double(candidates) : 0
  }
}
