import CandidateModel
import TextAnalysis

/// What hits can be counted by. Values are told apart as exact filters tell them apart: without case, accents and surplus
/// space; of companies, titles and locations also without punctuation; of long ones by the first 500 bytes.
public enum Facet: String, CaseIterable, Sendable {
  /// Each of a candidate's tags.
  case tag
  /// The company.
  case company
  /// Each of a candidate's locations.
  case location
  /// The title.
  case title
  /// Where the record comes from.
  case connector
  /// Whether the candidate may be e-mailed: `true`, `false` or `unknown`.
  case canEmail = "can_email"
  /// Whether the candidate is restricted: `true`, `false` or `unknown`.
  case isPrivate = "is_private"

  /// The kind of the keys of its values.
  var kind: TermPrefix {
    switch self {
    case .tag: .tag
    case .company: .company
    case .location: .location
    case .title: .title
    case .connector: .connector
    case .canEmail: .canEmail
    case .isPrivate: .isPrivate
    }
  }

  /// A candidate's values as they are written, each with its key. What shows nothing is no value; of companies, titles
  /// and locations, what holds no letter or digit.
  func values(of candidate: Candidate, connector: String) -> [(text: String, key: FilterTerm)] {
    let values: [(text: String, key: FilterTerm)] =
      switch self {
      case .tag: candidate.tags.filter { !$0.isBlank }.map { ($0, FilterTerm(.tag, $0)) }
      case .company: [candidate.company].compactMap(\.self).map(byWords)
      case .location: candidate.locations.map(byWords)
      case .title: [candidate.title].compactMap(\.self).map(byWords)
      case .connector: [(connector, FilterTerm(.connector, connector))]
      case .canEmail: [flag(candidate.canEmail)]
      case .isPrivate: [flag(candidate.isPrivate)]
      }
    return values.filter { $0.key.token.utf8.count > kind.prefix.count }
  }

  private func byWords(_ text: String) -> (text: String, key: FilterTerm) {
    (text, FilterTerm(kind, words: Analyzer.words(of: text)))
  }

  private func flag(_ flag: Bool?) -> (text: String, key: FilterTerm) {
    (flag.map { $0 ? "true" : "false" } ?? "unknown", .flag(kind, flag))
  }
}

/// How often the values of a facet stand in a result.
public struct FacetCounts: Sendable, Hashable {
  /// What was counted by.
  public let facet: Facet
  /// The most frequent values first; those that are equally frequent in the order of their folded spelling.
  public let values: [FacetValue]
  /// How many different values there are, also those beyond the limit.
  public let distinct: Int
  /// How many hits have no value.
  public let missing: Int
}

/// A value of a facet.
public struct FacetValue: Sendable, Hashable {
  /// As the most recent hit that has it writes it.
  public let value: String
  /// How many hits have it.
  public let count: Int
}
