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

  /// Whether the document matches. A condition on the candidate's row counts as met: whoever asks has asked SQLite.
  func matches(_ match: Match) -> Bool {
    switch match {
    case .everything, .record: true
    case .nothing: false
    case .phrase(let tokens, let isPrefix, let places):
      indices(places).contains { Phrase(tokens, isPrefix).stands(in: columns[$0]) }
    case .together(let phrases, let isPrefix, let places):
      indices(places).contains { column in
        phrases.enumerated().allSatisfy { i, tokens in
          Phrase(tokens, isPrefix && i == phrases.count - 1).stands(in: columns[column])
        }
      }
    case .and(let parts): parts.allSatisfy(matches)
    case .or(let parts): parts.contains(where: matches)
    case .not(let part): !matches(part)
    }
  }

  private func indices(_ places: [TextColumn]) -> [Int] {
    places.isEmpty ? Array(columns.indices) : places.map { $0.index + 1 }
  }
}

/// Tokens that follow one another.
private struct Phrase {
  private let tokens: [[UInt8]]
  private let isPrefix: Bool

  init(_ tokens: [String], _ isPrefix: Bool) {
    self.tokens = tokens.flatMap { $0.utf8.split(separator: 0x20).map(Array.init) }
    self.isPrefix = isPrefix
  }

  func stands(in column: [ArraySlice<UInt8>]) -> Bool {
    guard !tokens.isEmpty, column.count >= tokens.count else { return false }
    return (0...(column.count - tokens.count)).contains { start in
      tokens.indices.allSatisfy { i in
        let isOpen = isPrefix && i == tokens.count - 1
        return isOpen
          ? column[start + i].starts(with: tokens[i]) : column[start + i].elementsEqual(tokens[i])
      }
    }
  }
}
