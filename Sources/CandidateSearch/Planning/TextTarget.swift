import CandidateQuery

/// Where words are looked for.
enum TextTarget: Hashable {
  /// In every column of text.
  case anywhere
  case column(TextColumn)
  /// Among the keys of a kind, which hold a word each, and those of another, which hold all of a value: of a value of
  /// one word there are only the latter.
  case keys(TermPrefix, whole: TermPrefix)

  /// The place of a field's words, if it holds any.
  init?(_ field: Field.ID) {
    switch field {
    case .name: self = .column(.name)
    case .firstName: self = .keys(.first, whole: .firstName)
    case .lastName: self = .keys(.last, whole: .lastName)
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
  func phrase(_ tokens: [String], isPrefix: Bool) -> IndexQuery {
    switch self {
    case .anywhere: .phrase(tokens, isPrefix: isPrefix)
    case .column(let column): .phrase(tokens, isPrefix: isPrefix, in: [column])
    case .keys(let kind, let whole):
      .any(
        [.phrase(tokens.map { kind.token($0) }, isPrefix: isPrefix)]
          + (tokens.count == 1 ? [.phrase([whole.token(tokens[0])], isPrefix: isPrefix)] : []))
    }
  }
}

extension TermPrefix {
  /// The token of a value that needs no preparation.
  fileprivate func token(_ value: String) -> String { String(decoding: prefix, as: UTF8.self) + value }
}
