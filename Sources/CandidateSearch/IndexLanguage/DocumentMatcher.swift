/// Evaluates queries on one document, with the results of FTS5; tests compare both. For a few candidates, this is
/// cheaper than one FTS5 query for each tier.
package struct DocumentMatcher: Sendable {
  /// The tokens of each column, the hidden one first.
  private let columns: [[ArraySlice<UInt8>]]

  package init(_ document: Document) {
    columns = (0..<document.columnCount).map {
      document.bytes[document.range(ofColumn: $0)].split(separator: 0x20)
    }
  }

  /// Whether the document matches. A condition on stored values counts as met: the engine has evaluated it.
  package func matches(_ query: IndexQuery) -> Bool {
    switch query {
    case .everything, .record: true
    case .nothing: false
    case .phrase(let tokens, let isPrefix, let textColumns):
      occurs(TokenPhrase(tokens, isPrefix: isPrefix), in: indices(of: textColumns))
    case .together(let phrases, let isPrefix, let textColumns):
      indices(of: textColumns).contains { column in
        phrases.enumerated().allSatisfy { i, tokens in
          occurs(TokenPhrase(tokens, isPrefix: isPrefix && i == phrases.count - 1), in: [column])
        }
      }
    case .and(let parts): parts.allSatisfy(matches)
    case .or(let parts): parts.contains(where: matches)
    case .not(let part): !matches(part)
    }
  }

  /// A phrase without tokens occurs nowhere.
  private func occurs(_ phrase: TokenPhrase?, in indices: [Int]) -> Bool {
    guard let phrase else { return false }
    return indices.contains { phrase.occurs(in: columns[$0]) }
  }

  private func indices(of columns: [TextColumn]) -> [Int] {
    columns.isEmpty ? Array(self.columns.indices) : columns.map { $0.index + 1 }
  }
}

extension TokenPhrase {
  /// Whether it occurs in a column of tokens.
  fileprivate func occurs(in column: [ArraySlice<UInt8>]) -> Bool {
    guard column.count >= tokens.count else { return false }
    return (0...(column.count - tokens.count)).contains { start in
      tokens.indices.allSatisfy { i in
        isOpen(i)
          ? column[start + i].starts(with: tokens[i]) : column[start + i].elementsEqual(tokens[i])
      }
    }
  }
}
