import CandidateModel

/// What to give of a search's results.
public struct SearchOptions: Sendable, Hashable {
  /// At most so many hits, from 0.
  public var limit: Int

  /// The order of the hits; nil for the best first.
  public var sort: SearchSort?

  /// Goes on behind a page: its `nextCursor`, with the same query and options.
  public var cursor: String?

  /// The moment from which ages (`30d`) and `today` are counted; the present if nil, or that of the first page.
  public var now: Timestamp?

  /// Whether other forms of words are looked for (nicknames, initials, other spellings, abbreviations of titles), below
  /// everything that matches as it stands.
  public var findsVariants = true

  /// Whether the last word may be the beginning of one, below everything that matches it as it stands.
  public var completesLastWord = true

  /// Whether words that hardly stand anywhere are taken for typing errors, below everything that matches as it stands.
  public var correctsWords = true

  /// Options; ten hits unless told otherwise.
  public init(limit: Int = 10, cursor: String? = nil, now: Timestamp? = nil) {
    (self.limit, self.cursor, self.now) = (limit, cursor, now)
  }

  /// Options that find what was typed and nothing else.
  public static func asTyped(limit: Int = 10, cursor: String? = nil, now: Timestamp? = nil) -> SearchOptions {
    var options = SearchOptions(limit: limit, cursor: cursor, now: now)
    (options.findsVariants, options.completesLastWord, options.correctsWords) = (false, false, false)
    return options
  }
}

/// Who is shown.
public enum Visibility: String, Sendable, Hashable, CaseIterable {
  /// Everybody.
  case all
  /// Those who are not private: in nothing that a search gives can it be told that there are others. Who is not known
  /// to be private is shown.
  case `public`
}
