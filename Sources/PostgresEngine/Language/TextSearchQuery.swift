import CandidateSearch

/// The rendering of queries as `tsquery`. Every lexeme is quoted, so that no text can be an operator.
extension IndexQuery {
  /// The query as the text of a `tsquery`. `nothing` has none; conditions on stored values count as met.
  var textSearchQuery: String {
    switch self {
    case .everything, .record: IndexQuery.term(.all).textSearchQuery
    // No document has this lexeme: a space is never a part of a token.
    case .nothing: "' '"
    case .phrase(let tokens, let isPrefix, let columns):
      Self.phrase(tokens, isPrefix, in: Self.letters(of: columns, for: tokens))
    case .together(let phrases, let isPrefix, let columns):
      Self.combined(
        Self.lettered(columns).map { column in
          Self.combined(
            phrases.enumerated().map { i, tokens in
              Self.phrase(tokens, isPrefix && i == phrases.count - 1, in: [column])
            }[...], "&")
        }[...], "|")
    case .and(let parts): Self.conjunction(parts)
    case .or(let parts): Self.combined(parts.map(\.textSearchQuery)[...], "|")
    case .not: Self.conjunction([self])
    }
  }

  /// With a part that is not negated, so that an index need not be read in full.
  private static func conjunction(_ parts: [IndexQuery]) -> String {
    var texts: [String] = []
    var isPositive = false
    for part in parts {
      if case .not(let inner) = part {
        texts.append("!" + inner.textSearchQuery)
      } else {
        isPositive = true
        texts.append(part.textSearchQuery)
      }
    }
    if !isPositive { texts.append(IndexQuery.everything.textSearchQuery) }
    return combined(texts[...], "&")
  }

  /// The parts as a balanced tree: PostgreSQL evaluates it recursively.
  private static func combined(_ parts: ArraySlice<String>, _ sign: String) -> String {
    if parts.count == 1 { return parts[parts.startIndex] }
    if parts.isEmpty { return IndexQuery.nothing.textSearchQuery }
    let middle = parts.startIndex + parts.count / 2
    return "(\(combined(parts[..<middle], sign)) \(sign) \(combined(parts[middle...], sign)))"
  }

  /// The letters of the columns in which tokens are looked for. Filter terms are in the hidden column, which has none.
  private static func letters(of columns: [TextColumn], for tokens: [String]) -> [UInt8?] {
    let isHidden = tokens.first?.unicodeScalars.first == FilterTerm.separator
    return columns.isEmpty && isHidden ? [nil] : lettered(columns)
  }

  private static func lettered(_ columns: [TextColumn]) -> [UInt8?] {
    (columns.isEmpty ? TextColumn.allCases : columns).map(Lexeme.letter)
  }

  /// Tokens that follow one another in one of some columns.
  private static func phrase(_ tokens: [String], _ isPrefix: Bool, in letters: [UInt8?]) -> String {
    combined(
      letters.map { letter in
        let lexemes = tokens.enumerated().map { i, token in
          quoted(token, letter, isPrefix: isPrefix && i == tokens.count - 1)
        }
        return lexemes.count == 1 ? lexemes[0] : "(" + lexemes.joined(separator: " <-> ") + ")"
      }[...], "|")
  }

  private static func quoted(_ token: String, _ letter: UInt8?, isPrefix: Bool) -> String {
    // No vector contains a longer token: its documents are partial ones.
    if token.utf8.count >= Lexeme.maximumLength || token.isEmpty { return IndexQuery.nothing.textSearchQuery }
    var text = "'"
    if let letter { text.unicodeScalars.append(Unicode.Scalar(letter)) }
    for scalar in token.unicodeScalars {
      if scalar == "'" || scalar == "\\" { text.unicodeScalars.append(scalar) }
      text.unicodeScalars.append(
        scalar.properties.isUppercase && scalar.isASCII
          ? Unicode.Scalar(scalar.value + 0x20) ?? scalar : scalar)
    }
    return text + (isPrefix ? "':*" : "'")
  }
}
