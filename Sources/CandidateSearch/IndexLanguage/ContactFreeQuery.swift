import CandidateModel
import CandidateQuery

extension IndexSchema {
  /// The fields with contacts.
  private static let contacts = Field.all.filter(\.isContact)

  /// The members of a record that are known to contain no contacts. Any other may, also one that the API does not describe.
  package static let membersWithoutContacts = Set(Candidate.memberNames).subtracting(
    contacts.flatMap(\.contactMembers))

  /// The prefixes of all filter terms that are made of contacts.
  fileprivate static let contactPrefixes = contacts.flatMap { IndexSchema[$0.id].filter.prefixes }.map(
    \.bytes)

  /// The columns without contacts.
  fileprivate static let columnsWithoutContacts = TextColumn.allCases.filter { column in
    !contacts.contains { $0.id == column.field }
  }
}

extension IndexQuery {
  /// The query as an index without contacts evaluates it: words are not searched in columns with contacts, and no filter term
  /// of a contact occurs. The presence of contacts is not changed.
  package var withoutContacts: IndexQuery {
    switch self {
    case .everything, .nothing, .record: return self
    case .phrase(let tokens, let isPrefix, let columns):
      if columns.isEmpty, tokens.contains(where: Self.isFilterTerm) {
        return tokens.contains(where: Self.isContactTerm) ? .nothing : self
      }
      let allowed = Self.columnsWithoutContacts(columns)
      return allowed.isEmpty ? .nothing : .phrase(tokens, isPrefix: isPrefix, in: allowed)
    case .together(let phrases, let isPrefix, let columns):
      let allowed = Self.columnsWithoutContacts(columns)
      return allowed.isEmpty ? .nothing : .together(phrases, isPrefix: isPrefix, in: allowed)
    case .and(let parts): return .all(parts.map(\.withoutContacts))
    case .or(let parts): return .any(parts.map(\.withoutContacts))
    case .not(let part): return .none(of: part.withoutContacts)
    }
  }

  private static func columnsWithoutContacts(_ columns: [TextColumn]) -> [TextColumn] {
    columns.isEmpty
      ? IndexSchema.columnsWithoutContacts : columns.filter(IndexSchema.columnsWithoutContacts.contains)
  }

  private static func isFilterTerm(_ token: String) -> Bool {
    token.utf8.starts(with: FilterTerm.separatorBytes)
  }

  private static func isContactTerm(_ token: String) -> Bool {
    IndexSchema.contactPrefixes.contains { token.utf8.starts(with: $0) }
  }
}
