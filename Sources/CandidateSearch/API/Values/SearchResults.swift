import CandidateModel
import CandidateQuery

/// The results of a search, from one snapshot of the index.
public struct SearchResults: Sendable {
  /// The hits, the best first; empty unless `SearchOptions.includesRecords`.
  public let hits: [Hit]
  /// The identities of the hits, in their order; empty if `SearchOptions.includesRecords`.
  public let identities: [HitIdentity]
  /// Notes on how the query was read. The last ones state the corrections and the relaxed tiers; each hit of a relaxed tier
  /// states it, too (`Tier.isRelaxed`, `Hit.reason`).
  public let notices: [QueryNotice]
  /// The words that were taken for typing errors, in the order of the query; empty unless a hit of this page was found by
  /// their corrections.
  public let corrections: [Correction]
  /// The exact number of hits on all pages together; nil unless `SearchOptions.includesCount`.
  public let count: Int?
  /// The counts of `SearchOptions.facets`, in their order.
  public let facets: [FacetCounts]
  /// The diagnosis of an empty result; nil for any other, and unless `SearchOptions.diagnosesEmptyResult`.
  public let diagnosis: SearchDiagnosis?
  /// The evaluated queries; nil unless `SearchOptions.explains`.
  public let explanation: SearchExplanation?
  /// How old the data of each connector is that was synced and that the scope shows, in the order of names; empty unless
  /// `SearchOptions.includesFreshness`.
  public let freshness: [ConnectorFreshness]
  /// The names of the servers whose parts of the index these results leave out: hits, count, facets and diagnosis. Empty for
  /// complete results, and unless `SearchOptions.allowsMissingParts`.
  public let missingParts: [String]
  /// The generation of the snapshot (`CandidateIndex.generation()`). It must not be shown to those who may see the scope
  /// alone.
  public let generation: Int
  private let cursor: (@Sendable () -> String)?
  private let query: @Sendable () -> String

  /// The query in its canonical form, which means the same. Made at each call.
  public var canonicalQuery: String { query() }

  /// `SearchOptions.cursor` of the next page; nil on the last page. Encoded and signed at each call: some microseconds.
  public var nextCursor: String? { cursor?() }

  init(
    query: @escaping @Sendable () -> String, hits: [Hit], identities: [HitIdentity],
    cursor: (@Sendable () -> String)?, notices: [QueryNotice], corrections: [Correction],
    count: Int?,
    facets: [FacetCounts], diagnosis: SearchDiagnosis?, explanation: SearchExplanation?,
    freshness: [ConnectorFreshness], missingParts: [String], generation: Int
  ) {
    self.query = query
    self.hits = hits
    self.identities = identities
    self.cursor = cursor
    self.notices = notices
    self.corrections = corrections
    self.count = count
    self.facets = facets
    self.diagnosis = diagnosis
    self.explanation = explanation
    self.freshness = freshness
    self.missingParts = missingParts
    self.generation = generation
  }
}

/// A word that was taken for a typing error, and what it was taken for. `SearchOptions.correctsWords` turns corrections
/// off.
public struct Correction: Sendable, Hashable {
  /// The typed word, as words are compared: in lower case, without accents.
  public let typed: String
  /// The words of the index that it was taken for, the likeliest first; never empty. In lower case, without accents.
  public let words: [String]
}

/// Candidates that were looked up by their ids, from one snapshot of the index.
public struct FoundCandidates: Sendable, Hashable {
  /// The candidates of each id, in the order of the ids: one for each connector that has one.
  public let hits: [[Hit]]
  /// The generation of the snapshot (`CandidateIndex.generation()`). It must not be shown to those who may see the scope
  /// alone.
  public let generation: Int
}

/// The identity of a candidate that a search found.
public struct HitIdentity: Sendable, Hashable {
  /// The record's id, unique within a connector.
  public let id: String
  /// The name of the connector that the record comes from; empty if it has none.
  public let connector: String
  /// The tier that found the candidate.
  public let tier: Tier
}

extension Candidate {
  /// The values of a field as text: flags as `true` or `false`, times in ISO 8601. A field that belongs to no
  /// candidate, as the connector, has none.
  public func values(of field: Field.ID) -> [String] { IndexSchema[field].values.texts(of: self) }
}

extension Field {
  /// The fields that CSV contains, in the order of its columns.
  package static let csvColumns = IndexSchema.csvColumns.compactMap { id in Field.all.first { $0.id == id } }
}
