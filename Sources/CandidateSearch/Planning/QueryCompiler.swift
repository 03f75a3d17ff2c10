import CandidateQuery
import TextAnalysis

/// Compiles a query to the query that the index answers.
struct QueryCompiler {
  /// The texts that were compiled.
  private var texts = AnalyzedQueryTexts()
  /// What was left out, each once.
  private var omissions: [String] = []
  private var seen: Set<String> = []

  /// More omissions are only counted.
  private static let maximumNotices = 10

  /// What was left out, for the caller.
  var notices: [QueryNotice] {
    let rest = omissions.count - Self.maximumNotices
    return omissions.prefix(Self.maximumNotices).map { QueryNotice($0) }
      + (rest > 0 ? [QueryNotice("and so with \(rest) more")] : [])
  }

  private mutating func note(_ omission: String) {
    if seen.insert(omission).inserted { omissions.append(omission) }
  }

  /// The analysed form of a text; the same one whenever the text occurs.
  mutating func analyzed(_ text: QueryText) -> AnalyzedQueryText { texts[text] }

  /// Texts with their queries in any field.
  mutating func parts(_ texts: [QueryText]) -> [RankedText.Part] {
    var parts: [RankedText.Part] = []
    for text in texts {
      let analyzed = analyzed(text)
      parts.append(RankedText.Part(text: analyzed, anywhere: anywhere(analyzed)))
    }
    return parts
  }

  /// The query of everything that was typed, in any field and order.
  mutating func match(_ query: Query) -> IndexQuery {
    switch query {
    case .all: .everything
    case .text(let text): .any([anywhere(analyzed(text))] + Self.owners(ofID: text))
    case .words(let field, let text): words(field, text)
    case .whole(let field, let value): whole(field, value)
    case .beginning(let field, let value): beginning(field, value)
    case .present(let presence): .none(of: .term(.missing(presence)))
    case .flag(let field, let flag): self.flag(field, flag)
    case .phone(let number): queryOrNothing(ContactQuery.phone(number), of: .phone, value: number)
    case .url(let address): queryOrNothing(ContactQuery.url(address), of: .url, value: address)
    case .time(let field, let range): TimeQuery.match(field, range)
    case .custom(let field, let text):
      .phrase([FilterTerm.custom(field, text.text).token], isPrefix: text.isPrefix)
    case .customPresent(let field): .term(.custom(field))
    case .and(let parts): .all(matches(parts))
    case .or(let parts): .any(matches(parts))
    case .not(let part): .none(of: match(part))
    }
  }

  private mutating func matches(_ parts: [Query]) -> [IndexQuery] {
    var matches: [IndexQuery] = []
    for part in parts { matches.append(match(part)) }
    return matches
  }

  /// The query without texts that contain no letter or digit, which would match no candidate; nil if nothing
  /// remains.
  mutating func withoutEmptyTexts(_ query: Query) -> Query? {
    switch query {
    case .text(let text):
      guard analyzed(text).isEmpty else { return query }
      note("“\(text.text.cut)” contains no letter or digit and was left out")
      return nil
    case .and(let parts): return combined(parts, Query.and)
    case .or(let parts): return combined(parts, Query.or)
    case .not(let part): return withoutEmptyTexts(part).map { .not($0) }
    default: return query
    }
  }

  private mutating func combined(_ parts: [Query], _ combine: ([Query]) -> Query) -> Query? {
    var kept: [Query] = []
    for part in parts { if let part = withoutEmptyTexts(part) { kept.append(part) } }
    return kept.count > 1 ? combine(kept) : kept.first
  }

  /// A text in any field. A whole e-mail address finds its owner alone.
  private func anywhere(_ text: AnalyzedQueryText) -> IndexQuery {
    if let owner = text.owner { return owner }
    return .any(text.contacts + [TextQuery.match(text, in: .anywhere)].compactMap(\.self))
  }

  /// The queries of the candidates with an id or `remote_id`, for a text that may be one. Beside other texts it is a filter:
  /// `engineer -c-1` must not find the candidate with this id.
  private static func owners(ofID text: QueryText) -> [IndexQuery] {
    text.canBeID ? [.record(.id(text.text)), .term(FilterTerm(.remoteID, text.text))] : []
  }

  /// Words in a field. A filter that cannot match hides every candidate.
  private mutating func words(_ field: Field.ID, _ text: QueryText) -> IndexQuery {
    let analyzed = analyzed(text)
    if field == .email, let address = analyzed.email { return address }
    return queryOrNothing(
      TextTarget(field).flatMap { TextQuery.match(analyzed, in: $0) }, of: field, value: text.text)
  }

  /// A filter without a query finds nothing, and the reader is told so.
  private mutating func queryOrNothing(
    _ query: IndexQuery?, of field: Field.ID, value: String
  ) -> IndexQuery {
    if let query { return query }
    note("“\(value.cut)” contains nothing to search for: \(field.rawValue): finds no candidate")
    return .nothing
  }

  private func flag(_ field: Field.ID, _ flag: Bool?) -> IndexQuery {
    if case .flag(let prefix) = IndexSchema[field].filter { .term(.flag(prefix, flag)) } else { .nothing }
  }

  private func whole(_ field: Field.ID, _ value: String) -> IndexQuery {
    let filter = IndexSchema[field].filter
    if case .recordID = filter { return .record(.id(value)) }
    return filter.term(ofValue: value).map(IndexQuery.term) ?? .nothing
  }

  private func beginning(_ field: Field.ID, _ value: String) -> IndexQuery {
    IndexSchema[field].filter.wholeValue
      .map { .phrase([FilterTerm($0, value).token], isPrefix: true) } ?? .nothing
  }
}
