import CandidateQuery
import CandidateSearch

/// A word that may be in any column is looked for in each: a `tsvector` has a lexeme for each column of a word. The term
/// statistics name the columns in which it occurs, so that the others cost nothing.
extension PostgresSnapshot {
  /// The query with columns wherever it names none. It has the same matches.
  func narrowed(_ query: IndexQuery) throws -> IndexQuery {
    var words: Set<String> = []
    query.collectWordsOfAnyColumn(&words)
    if words.isEmpty || !sharesLookups { return query }
    let known = try columns(of: words)
    return query.narrowed { known[$0] ?? TextColumn.allCases }
  }

  private func columns(of words: Set<String>) throws -> [String: [TextColumn]] {
    let generation = try generation()
    var frequencies: [String: TermFrequency] = [:]
    _ = state.lookups.withState(of: generation) { lookups in
      for word in words { frequencies[word] = lookups.frequencies[Self.key(word)] }
    }
    let unknown = words.filter { frequencies[$0] == nil }.sorted()
    if !unknown.isEmpty {
      let read = try self.frequencies(of: unknown)
      _ = state.lookups.withState(of: generation) { lookups in
        for (word, frequency) in read { lookups.frequencies[Self.key(word)] = frequency }
      }
      frequencies.merge(read) { $1 }
    }
    return frequencies.mapValues { frequency in
      TextColumn.allCases.filter { frequency[$0] > 0 || !TextColumn.counted.contains($0) }
    }
  }

  private static func key(_ word: String) -> FrequencyKey { FrequencyKey(term: word, includesPrivate: true) }
}

extension IndexQuery {
  /// The words that are looked for in any column, but for prefixes.
  fileprivate func collectWordsOfAnyColumn(_ words: inout Set<String>) {
    switch self {
    case .phrase(let tokens, let isPrefix, let columns) where columns.isEmpty:
      words.formUnion(Self.words(tokens, isPrefix))
    case .together(let phrases, let isPrefix, let columns) where columns.isEmpty:
      words.formUnion(Self.words(Array(phrases.joined()), isPrefix))
    case .and(let parts), .or(let parts):
      for part in parts { part.collectWordsOfAnyColumn(&words) }
    case .not(let part): part.collectWordsOfAnyColumn(&words)
    case .everything, .nothing, .record, .phrase, .together: break
    }
  }

  private static func words(_ tokens: [String], _ isPrefix: Bool) -> some Sequence<String> {
    tokens.dropLast(isPrefix ? 1 : 0).lazy.filter { $0.unicodeScalars.first != FilterTerm.separator }
  }

  fileprivate func narrowed(by columns: (String) -> [TextColumn]) -> IndexQuery {
    switch self {
    case .phrase(let tokens, let isPrefix, let named) where named.isEmpty:
      let common = Self.common(Self.words(tokens, isPrefix), columns)
      return common.map { .phrase(tokens, isPrefix: isPrefix, in: $0) } ?? self
    case .together(let phrases, let isPrefix, let named) where named.isEmpty:
      let common = Self.common(Self.words(Array(phrases.joined()), isPrefix), columns)
      return common.map { .together(phrases, isPrefix: isPrefix, in: $0) } ?? self
    case .and(let parts): return .and(parts.map { $0.narrowed(by: columns) })
    case .or(let parts): return .or(parts.map { $0.narrowed(by: columns) })
    case .not(let part): return .not(part.narrowed(by: columns))
    case .everything, .nothing, .record, .phrase, .together: return self
    }
  }

  /// The columns in which all of some words occur; nil without words, and if there is no such column.
  private static func common(
    _ words: some Sequence<String>, _ columns: (String) -> [TextColumn]
  ) -> [TextColumn]? {
    var common: [TextColumn]?
    for word in words {
      let own = columns(word)
      common = common?.filter(own.contains) ?? own
    }
    return common == [] ? nil : common
  }
}
