/// Answers on one document what FTS5 answers on all of them. Where few candidates are left, this is cheaper than asking
/// FTS5 once for each tier; tests hold it against FTS5.
struct DocumentMatcher {
  /// The tokens of each column, the hidden one first.
  private let columns: [[ArraySlice<UInt8>]]

  init(_ document: Document) {
    columns = (0..<document.columnCount).map {
      document.bytes[document.range(ofColumn: $0)].split(separator: 0x20)
    }
  }

  /// Whether the document matches. A condition on stored values counts as met: the engine has evaluated it.
  func matches(_ match: IndexQuery) -> Bool {
    switch match {
    case .everything, .record: true
    case .nothing: false
    case .phrase(let tokens, let isPrefix, let places):
      stands(TokenPhrase(tokens, isPrefix: isPrefix), in: indices(places))
    case .together(let phrases, let isPrefix, let places):
      indices(places).contains { column in
        phrases.enumerated().allSatisfy { i, tokens in
          stands(TokenPhrase(tokens, isPrefix: isPrefix && i == phrases.count - 1), in: [column])
        }
      }
    case .and(let parts): parts.allSatisfy(matches)
    case .or(let parts): parts.contains(where: matches)
    case .not(let part): !matches(part)
    }
  }

  /// A phrase without tokens occurs nowhere.
  private func stands(_ phrase: TokenPhrase?, in places: [Int]) -> Bool {
    guard let phrase else { return false }
    return places.contains { phrase.stands(in: columns[$0]) }
  }

  private func indices(_ places: [TextColumn]) -> [Int] {
    places.isEmpty ? Array(columns.indices) : places.map { $0.index + 1 }
  }
}

extension TokenPhrase {
  /// Whether it occurs in a column of tokens.
  fileprivate func stands(in column: [ArraySlice<UInt8>]) -> Bool {
    guard column.count >= tokens.count else { return false }
    return (0...(column.count - tokens.count)).contains { start in
      tokens.indices.allSatisfy { i in
        isOpen(i)
          ? column[start + i].starts(with: tokens[i]) : column[start + i].elementsEqual(tokens[i])
      }
    }
  }
}
