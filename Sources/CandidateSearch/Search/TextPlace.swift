import CandidateQuery

/// Where words are looked for.
enum TextPlace: Hashable {
  /// In every column of text.
  case anywhere
  case column(TextColumn)
  /// Among the keys of this kind, which hold a word each.
  case keys(Key.Kind)

  /// The place of a field's words, if it holds any.
  init?(_ field: Field.ID) {
    switch field {
    case .name: self = .column(.name)
    case .firstName: self = .keys(.first)
    case .lastName: self = .keys(.last)
    case .company: self = .column(.company)
    case .title: self = .column(.title)
    case .location: self = .column(.location)
    case .tag: self = .column(.tag)
    case .email: self = .column(.email)
    case .phone, .url, .id, .remoteID, .connector, .application, .attachment, .canEmail, .isPrivate, .is,
      .has,
      .missing, .lastInteraction, .modified, .created, .updated, .custom:
      return nil
    }
  }

  /// What FTS5 is asked for tokens that follow one another here.
  func phrase(_ tokens: [String], isPrefix: Bool) -> Match {
    switch self {
    case .anywhere: .phrase(tokens, isPrefix: isPrefix)
    case .column(let column): .phrase(tokens, isPrefix: isPrefix, column: column)
    case .keys(let kind):
      .phrase(tokens.map { String(decoding: kind.prefix, as: UTF8.self) + $0 }, isPrefix: isPrefix)
    }
  }
}
