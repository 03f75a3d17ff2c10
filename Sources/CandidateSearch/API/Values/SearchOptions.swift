import CandidateModel

/// The options of a search: what it returns, and which words it expands.
public struct SearchOptions: Sendable, Hashable {
  /// The maximum number of hits, from 0.
  public var limit: Int

  /// The order of the hits; nil for the best first (see `Tier`).
  public var sort: SearchSort?

  /// Continues after a page: its `nextCursor`, with the same query and options.
  public var cursor: String?

  /// The moment from which ages (`30d`) and `today` are counted; the present if nil, or that of the first page.
  public var now: Timestamp?

  /// Whether other forms of words are searched: synonyms of the index (see `Synonyms`), then nicknames, initials, other
  /// spellings and abbreviations of titles, in tiers after all matches as typed.
  public var findsVariants = true

  /// Whether the last word may be the prefix of a word, in a tier after all matches as typed.
  public var completesLastWord = true

  /// Whether rare words are corrected as typing errors, in a tier after all matches as typed.
  public var correctsWords = true

  /// What the relaxed tiers contribute where nothing else is found (see `Relaxed`); by default nothing.
  public var relaxed = Relaxed.never

  /// Whether `SearchResults.hits` is computed. If not, `SearchResults.identities` is, for which no record is read.
  public var includesRecords = true

  /// Whether `SearchResults.count` is computed. Its cost grows with the number of hits (about 35 ms for a million).
  public var includesCount = false

  /// The facets to count over all hits. The cost grows with the number of hits: about twice that of `includesCount` for
  /// one facet, once two calls have read the values.
  public var facets: [Facet] = []

  /// The maximum number of values of a facet, from 0.
  public var facetLimit = 10

  /// Whether `SearchResults.diagnosis` is computed where nothing is found. Its cost grows with what each part of the
  /// query finds alone (about 0.1 µs for each candidate), up to five million candidates; beyond, no part is counted.
  public var diagnosesEmptyResult = false

  /// Whether `SearchResults.freshness` is read: one statement, and in a scope with a filter a query for each connector after a
  /// change of the index.
  public var includesFreshness = false

  /// Whether the answer may leave out parts of the index that cannot be reached, or that are being brought up to date
  /// (`SearchResults.missingParts`). If not, the call throws `IndexError.partsMissing` then. A search without some parts uses
  /// no caches and takes longer.
  public var allowsMissingParts = false

  /// Whether `SearchResults.explanation` is returned.
  public var explains = false

  /// Options; ten hits by default.
  public init(limit: Int = 10, cursor: String? = nil, now: Timestamp? = nil) {
    self.limit = limit
    self.cursor = cursor
    self.now = now
  }

  /// Options that find what was typed and nothing else.
  public static func asTyped(limit: Int = 10, cursor: String? = nil, now: Timestamp? = nil) -> SearchOptions {
    var options = SearchOptions(limit: limit, cursor: cursor, now: now)
    (options.findsVariants, options.completesLastWord, options.correctsWords) = (false, false, false)
    return options
  }
}

/// Where candidates appear that do not match the query, nor a variant or a correction of it, but are similar
/// (`Tier.isRelaxed`). They are searched only if nothing else is found, and at most 500 of them.
public enum Relaxed: String, Sendable, Hashable, CaseIterable {
  /// Nowhere.
  case never
  /// In `SearchResults.hits`, but neither in the count nor in facets.
  case hits
  /// In hits, count and facets.
  case always
}

/// A cursor that does not continue this search.
public enum CursorError: Error, Hashable, Sendable, CustomStringConvertible {
  /// This index did not issue it.
  case forged
  /// It belongs to another query or to other options.
  case foreign

  /// The problem.
  public var description: String {
    switch self {
    case .forged: "this cursor was not issued by this index"
    case .foreign: "the cursor belongs to another query, or to other options"
    }
  }
}
