import CandidateModel
import CandidateQuery
import TextAnalysis

/// Finds suggestions: words from the term statistics, values from the candidates that a search finds.
struct Suggester {
  let statistics: TermStatistics
  private var snapshot: any IndexSnapshot { statistics.snapshot }

  /// The maximum number of tokens of a text that is completed.
  private static let maximumTokens = 64
  /// The maximum number of words that the last word is completed to.
  private static let maximumCompletions = 32
  /// The number of recent candidates that are read for each field.
  private static let sampleSize = 50

  func suggestions(_ text: String, limit: Int) throws -> Suggestions {
    let tokens = Analyzer.words(of: text).flatMap(\.tokens)
    guard let last = tokens.last, limit > 0, tokens.count <= Self.maximumTokens else {
      return Suggestions(words: [], values: [])
    }
    let completions = try statistics.completions(of: last, limit: max(limit, Self.maximumCompletions)).map(
      \.term)
    let words = try completions.compactMap { word -> Suggestions.Suggestion? in
      let frequency = try statistics.exactFrequency(ofToken: word)
      guard let column = frequency.mostFrequentColumn else { return nil }
      return .init(text: word, field: column.field, count: frequency[column])
    }
    let values = try TextColumn.counted.flatMap { column in
      try self.values(
        of: column, words: tokens.dropLast(), last: last, completions: completions, limit: limit)
    }
    return Suggestions(
      words: Self.best(words, limit), values: Self.best(values, limit))
  }

  private static func best(_ all: [Suggestions.Suggestion], _ limit: Int) -> [Suggestions.Suggestion] {
    Array(
      all.sorted { ($1.count, $0.text, $0.field.rawValue) < ($0.count, $1.text, $1.field.rawValue) }.prefix(
        limit))
  }

  /// Whole values of a field that contain all of these words and a completion of the last.
  private func values(
    of column: TextColumn, words: ArraySlice<String>, last: String, completions: [String], limit: Int
  ) throws -> [Suggestions.Suggestion] {
    let ending = IndexQuery.any(completions.map { .phrase([$0], in: [column]) })
    let query = IndexQuery.all(words.map { .phrase([$0], in: [column]) } + [ending, statistics.scope.filter])
    guard ending != .nothing else { return [] }
    var seen: [String: (text: String, count: Int)] = [:]
    for candidate in try candidates(query) {
      try statistics.cancellation.check()
      for value in column.values(of: candidate) {
        let split = Analyzer.words(of: value)
        let tokens = Set(split.flatMap { $0.forms.joined() })
        guard words.allSatisfy(tokens.contains), tokens.contains(where: { $0.hasPrefix(last) }) else {
          continue
        }
        let key = split.flatMap(\.tokens).joined(separator: " ")
        seen[key, default: (value, 0)].count += 1
      }
    }
    let usual = seen.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.prefix(limit)
    return try usual.map { _, value in
      let term = IndexSchema[column.field].filter.term(ofValue: value.text)
      return .init(
        text: value.text, field: column.field,
        count: try snapshot.count(
          of: .all([term.map(IndexQuery.term) ?? .nothing, statistics.scope.filter])))
    }
  }

  private func candidates(_ query: IndexQuery) throws -> [Candidate] {
    let docids = try snapshot.docids(of: query, from: .min, limit: Self.sampleSize)
    let stored = try snapshot.records(docids)
    return docids.compactMap { stored[$0]?.candidate }
  }
}
