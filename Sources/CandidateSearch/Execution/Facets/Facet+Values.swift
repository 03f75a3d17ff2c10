import CandidateModel
import CandidateQuery

extension Facet {
  /// The prefix of the terms of its values.
  var prefix: TermPrefix { IndexSchema[field].filter.valuePrefix ?? .all }

  /// A candidate's values as they are written, each with its term. Blank values are left out, as are values without a
  /// letter or digit where values are compared by their words.
  func values(of candidate: Candidate, connector: String) -> [(text: String, term: FilterTerm)] {
    let row = IndexSchema[field]
    let values: [(text: String, term: FilterTerm?)] =
      switch (row.filter, row.values) {
      case (.connector(let prefix), _): [(connector, FilterTerm(prefix, connector))]
      case (.flag(let prefix), .flag(let member)): [Self.value(candidate.flag(member), prefix)]
      default: row.values.texts(of: candidate).map { ($0, row.filter.term(ofValue: $0)) }
      }
    let length = prefix.bytes.count
    return values.compactMap { text, term in
      term.flatMap { $0.token.utf8.count > length ? (text, $0) : nil }
    }
  }

  private static func value(_ flag: Bool?, _ prefix: TermPrefix) -> (text: String, term: FilterTerm?) {
    (flag.map { $0 ? "true" : "false" } ?? "unknown", .flag(prefix, flag))
  }
}
