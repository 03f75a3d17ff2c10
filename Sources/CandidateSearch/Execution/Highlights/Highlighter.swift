import CandidateModel
import CandidateQuery

/// Marks the words and values of a query in a candidate. The analyzer is that of documents, so that every match of FTS5
/// is marked, in any form of a word.
///
/// Every word of the query is marked wherever it occurs, also if the candidate matches by another one. Words of NOT are
/// never marked.
struct Highlighter {
  private let words: WordHighlighter
  private let filterTerms: FilterTermHighlighter

  init(_ queries: IndexQuery...) { self.init(queries) }

  init(_ queries: [IndexQuery]) {
    var parts = HighlightParts()
    for query in queries { parts.add(query) }
    words = WordHighlighter(parts.words)
    filterTerms = FilterTermHighlighter(parts.filterTerms)
  }

  /// The marks, in the order of `IndexSchema.highlighted`. Takes some microseconds; the time grows with the length of
  /// the candidate's values.
  func highlights(in candidate: Candidate) -> [Highlight] {
    var marks = HighlightMarks(candidate)
    for column in TextColumn.allCases where words.marks(column) || filterTerms.marks(column) {
      let values = column.values(of: candidate)
      let wanted = filterTerms.marks(column) ? nil : words.letters
      // Most columns lack letters of every word.
      guard values.contains(where: { LetterSet($0).containsAny(of: wanted) }) else { continue }
      let tokens = ColumnTokens(values, as: column.textKind, lookingFor: wanted)
      words.mark(column, tokens, in: &marks)
      filterTerms.mark(column, tokens, in: &marks)
    }
    filterTerms.mark(candidate, in: &marks)
    return marks.highlights
  }
}

/// The phrases of a query that can be marked.
struct HighlightParts {
  /// Phrases of words that must all occur in one of these columns.
  struct Words: Hashable {
    let phrases: [TokenPhrase]
    let columns: Set<TextColumn>
  }

  private(set) var words: Set<Words> = []
  private(set) var filterTerms: Set<TokenPhrase> = []

  /// Adds the phrases of a query, except those of NOT and conditions on records.
  mutating func add(_ query: IndexQuery) {
    switch query {
    case .everything, .nothing, .record, .not: return
    case .phrase(let tokens, let isPrefix, let columns):
      guard let phrase = TokenPhrase(tokens, isPrefix: isPrefix) else { return }
      if phrase.containsFilterTerms {
        if columns.isEmpty { filterTerms.insert(phrase) }
      } else {
        add([phrase], columns)
      }
    case .together(let phrases, let isPrefix, let columns):
      let all = phrases.enumerated().map { i, tokens in
        TokenPhrase(tokens, isPrefix: isPrefix && i == phrases.count - 1)
      }
      // A phrase without tokens occurs nowhere, nor does a filter term beside words.
      let kept = all.compactMap(\.self).filter { !$0.containsFilterTerms }
      if !kept.isEmpty, kept.count == all.count { add(kept, columns) }
    case .and(let parts), .or(let parts): for part in parts { add(part) }
    }
  }

  private mutating func add(_ phrases: [TokenPhrase], _ columns: [TextColumn]) {
    words.insert(
      Words(phrases: phrases, columns: Set(columns.isEmpty ? TextColumn.allCases : columns)))
  }
}
