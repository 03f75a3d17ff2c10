import CandidateQuery

/// Where words are searched.
enum TextTarget: Hashable {
  /// In every column of text.
  case anywhere
  case column(TextColumn)
  /// In the terms of single words, and in those of whole values: a value of one word has only the latter.
  case nameWords(TermPrefix, whole: TermPrefix)

  /// Where the words of a field are; nil for a field without words.
  init?(_ field: Field.ID) {
    let row = IndexSchema[field]
    if let column = row.column {
      self = .column(column)
    } else if case .namePart(let whole, let word) = row.filter {
      self = .nameWords(word, whole: whole)
    } else {
      return nil
    }
  }

  /// The query for consecutive tokens.
  func phrase(_ tokens: [String], isPrefix: Bool) -> IndexQuery {
    switch self {
    case .anywhere: .phrase(tokens, isPrefix: isPrefix)
    case .column(let column): .phrase(tokens, isPrefix: isPrefix, in: [column])
    case .nameWords(let kind, let whole):
      .any(
        [.phrase(tokens.map { kind.token($0) }, isPrefix: isPrefix)]
          + (tokens.count == 1 ? [.phrase([whole.token(tokens[0])], isPrefix: isPrefix)] : []))
    }
  }
}

extension TermPrefix {
  /// The token of a value that needs no preparation.
  fileprivate func token(_ value: String) -> String { String(decoding: bytes, as: UTF8.self) + value }
}
