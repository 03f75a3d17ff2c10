/// How a hit was found. Hits of a search come tier by tier, from strict to relaxed, and the most recent first within a
/// tier; a hit belongs to the first tier that finds it.
public enum Tier: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
  case exact, phrase, together, initials, fields, anywhere
  case synonym, variant, occupation, corrected
  /// Relaxed tiers, which are searched only if all tiers before them find nothing (`SearchOptions.relaxed`).
  case wholeName = "whole-name", sound, similar, dropped
  /// A hit of a query that is an OR of texts.
  case alternatives
  /// A hit of a query without text to rank by.
  case recent
  /// A hit of a search in another order.
  case sorted
  /// A candidate that was looked up by its id.
  case id
  /// A candidate that was looked up by an e-mail address.
  case email

  /// Whether it finds other forms of what was typed, by rules that `Hit.reason` states.
  package var isOfVariants: Bool { self == .variant || self == .initials }
  /// Whether the tier is searched only where all others find nothing.
  public var isRelaxed: Bool { self == .wholeName || self == .sound || self == .similar || self == .dropped }

  /// Its name, as output and documentation show it.
  public var description: String { rawValue }

  /// What it finds, in a sentence.
  public var rule: String {
    switch self {
    case .exact: "a whole field (name, title, company, tag, e-mail or id) is what was typed"
    case .phrase: "the words follow one another in one field"
    case .together: "all words occur in one field"
    case .initials: "a single letter is the initial of a first name: `J Smith` finds John Smith"
    case .fields: "every word occurs in the field that it most often means in this index"
    case .anywhere: "every word occurs somewhere"
    case .synonym:
      """
      a word or a phrase is replaced by one of your synonyms; every other word, or another form of it, occurs somewhere
      """
    case .variant:
      """
      every word, or another form of it, occurs somewhere: a nickname, an initial, another spelling, an abbreviation of \
      a title, an inflection in titles and tags, another name of a place, a longer last word; words such as Dr, of and \
      Ltd may be missing
      """
    case .occupation:
      "the title contains another title of the same occupation, and every other word, or a form of it, occurs somewhere"
    case .corrected:
      """
      words that hardly occur are taken for typing errors of others, and, last, names among them for initials
      """
    case .wholeName: "some of the words are the whole name of a candidate; the others need not occur"
    case .sound: "every word occurs, or a name that sounds the same, or a short form of it"
    case .similar:
      "every word occurs, or a name or a word that begins with it or is spelled or sounds almost the same"
    case .dropped: "all words but one occur, or are similar"
    case .alternatives: "several alternatives of OR: the more the better, then the rarer"
    case .recent: "everything that the query allows"
    case .sorted: "everything that the query allows, in the requested order"
    case .id: "the candidate has this id"
    case .email: "the candidate has this e-mail address"
    }
  }
}
