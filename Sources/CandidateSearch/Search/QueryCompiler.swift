import CandidateQuery

/// Turns what a query asks into what FTS5 is asked.
struct QueryCompiler {
  private(set) var notices: [QueryNotice] = []

  /// What matches a query, at its most relaxed.
  mutating func match(_ query: Query) -> Match {
    switch query {
    case .all: return .everything
    case .text(let text): return free(text)
    case .words(let field, let text): return words(field, text)
    case .whole(let field, let value): return whole(field, value)
    case .beginning(let field, let value): return beginning(field, value)
    case .present(let field): return present(field)
    case .flag(let field, let flag): return self.flag(field, flag)
    case .and(let parts): return .all(matches(parts))
    case .or(let parts): return .any(matches(parts))
    case .not(let part): return .none(of: match(part))
    }
  }

  private mutating func matches(_ parts: [Query]) -> [Match] {
    var matches: [Match] = []
    for part in parts { matches.append(match(part)) }
    return matches
  }

  /// Text anywhere. What holds no letter or digit is left out rather than matching nobody.
  private mutating func free(_ text: QueryText) -> Match {
    guard let match = TextMatch.match(text) else {
      notices.append(QueryNotice("“\(text.text)” holds no letter or digit and was left out"))
      return .everything
    }
    return match
  }

  /// Words in a field. A filter that cannot match hides everyone rather than nobody.
  private mutating func words(_ field: Field.ID, _ text: QueryText) -> Match {
    if field == .email, !text.isPrefix, let address = EmailMatch.match(text.text) { return address }
    guard let column = TextColumn(field), let match = TextMatch.match(text, in: column) else {
      notices.append(QueryNotice("“\(text.text)” holds no letter or digit: \(field.rawValue): finds nobody"))
      return .nothing
    }
    return match
  }

  private func whole(_ field: Field.ID, _ value: String) -> Match {
    switch field {
    case .tag: return .key(.tag(value))
    case .connector: return .key(.connector(value))
    case .id: return .key(.id(value))
    case .email: return .key(.email(value))
    case .name, .company, .title, .location:
      guard let column = TextColumn(field) else { return .nothing }
      let words = WordSplitter.words(value)
      return words.isEmpty ? .nothing : .key(.whole(column, words: words))
    case .canEmail, .isPrivate: return .nothing
    }
  }

  private func beginning(_ field: Field.ID, _ value: String) -> Match {
    guard field == .tag else { return .nothing }
    return .phrase([Key.tag(value).token], isPrefix: true)
  }

  private func present(_ field: Field.ID) -> Match {
    guard let field = PresenceField(rawValue: field.rawValue) else { return .nothing }
    return .none(of: .key(.missing(field.rawValue)))
  }

  private func flag(_ field: Field.ID, _ flag: Bool?) -> Match {
    switch field {
    case .canEmail: .key(.canEmail(flag))
    case .isPrivate: .key(.isPrivate(flag))
    default: .nothing
    }
  }
}

/// What an e-mail address matches.
enum EmailMatch {
  /// `john@doe.com` the address, `@doe.com` the domain; nil for a part of an address.
  static func match(_ text: String) -> Match? {
    guard let at = text.lastIndex(of: "@") else { return nil }
    let domain = String(text[text.index(after: at)...])
    if domain.isBlank { return nil }
    return .key(at == text.startIndex ? .emailDomain(domain) : .email(text))
  }
}

extension TextColumn {
  /// The column that holds a field's words, if any does.
  init?(_ field: Field.ID) {
    switch field {
    case .name: self = .name
    case .company: self = .company
    case .title: self = .title
    case .location: self = .location
    case .tag: self = .tag
    case .email: self = .email
    case .id, .connector, .canEmail, .isPrivate: return nil
    }
  }
}
