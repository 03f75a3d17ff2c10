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
  /// For each column, the letters of what may be marked in it.
  private let wanted: [[LetterSet]]

  init(_ queries: IndexQuery...) { self.init(queries) }

  init(_ queries: [IndexQuery]) {
    var parts = HighlightParts()
    for query in queries { parts.add(query) }
    let words = WordHighlighter(parts.words)
    let filterTerms = FilterTermHighlighter(parts.filterTerms)
    self.words = words
    self.filterTerms = filterTerms
    wanted = TextColumn.allCases.map { words.letters(in: $0) + filterTerms.letters(in: $0) }
  }

  /// The marks, in the order of `IndexSchema.highlighted`. Takes some microseconds; the time grows with the length of
  /// the candidate's values.
  func highlights(in candidate: Candidate) -> [Highlight] {
    var marks = HighlightMarks(candidate)
    for column in TextColumn.allCases {
      let wanted = wanted[column.index]
      // Most columns lack letters of every word.
      guard !wanted.isEmpty, column.contains(in: candidate, where: { LetterSet($0).containsAny(of: wanted) })
      else { continue }
      let tokens = ColumnTokens(column.values(of: candidate), as: column.textKind, lookingFor: wanted)
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
    let columns: TextColumns
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
    words.insert(Words(phrases: phrases, columns: columns.isEmpty ? .all : TextColumns(columns)))
  }
}

/// Columns of text.
struct TextColumns: Hashable {
  static let all = TextColumns(TextColumn.allCases)
  /// A bit for each column.
  private let bits: UInt8

  init(_ columns: [TextColumn]) { bits = columns.reduce(0) { $0 | 1 << $1.index } }

  func contains(_ column: TextColumn) -> Bool { bits & 1 << column.index != 0 }
}
