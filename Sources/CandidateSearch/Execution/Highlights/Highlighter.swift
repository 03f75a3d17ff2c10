import CandidateModel
import CandidateQuery

/// Marks where what a match asks for stands in a candidate. The text is prepared as it was for the index, so that
/// whatever FTS5 finds is marked, in whichever form it was found.
///
/// Everything is marked that is asked for and stands there, also where the candidate matches by something else;
/// what must not stand there never is.
struct Highlighter {
  /// The fields that are marked, in the order in which they are told.
  static let fields: [Field.ID] = [.firstName, .lastName, .company, .title, .location, .tag, .email]

  private let words: WordHighlighter
  private let keys: FilterTermHighlighter

  init(_ matches: IndexQuery...) { self.init(matches) }

  init(_ matches: [IndexQuery]) {
    var parts = HighlightParts()
    for match in matches { parts.add(match) }
    words = WordHighlighter(parts.words)
    keys = FilterTermHighlighter(parts.keys)
  }

  /// The marks, in the order of `fields`. Costs some microseconds; grows with the length of the candidate's values.
  func highlights(in candidate: Candidate) -> [Highlight] {
    var marks = HighlightMarks(candidate)
    for column in TextColumn.allCases where words.asks(column) || keys.asks(column) {
      let placed = PlacedColumn(
        column.values(of: candidate), isAddress: column == .email,
        lookingFor: keys.asks(column) ? nil : words.letters)
      words.mark(column, placed, in: &marks)
      keys.mark(column, placed, in: &marks)
    }
    keys.mark(candidate, in: &marks)
    return marks.highlights
  }
}

/// The phrases of a match that can be marked.
struct HighlightParts {
  /// Phrases of words that must all stand in one of these columns.
  struct Words: Hashable {
    let phrases: [TokenPhrase]
    let columns: Set<TextColumn>
  }

  private(set) var words: Set<Words> = []
  private(set) var keys: Set<TokenPhrase> = []

  /// Adds what a match asks for: nothing of what must not be there, nor of what candidates' rows are asked.
  mutating func add(_ match: IndexQuery) {
    switch match {
    case .everything, .nothing, .record, .not: return
    case .phrase(let tokens, let isPrefix, let columns):
      guard let phrase = TokenPhrase(tokens, isPrefix: isPrefix) else { return }
      if phrase.holdsKeys {
        if columns.isEmpty { keys.insert(phrase) }
      } else {
        add([phrase], columns)
      }
    case .together(let phrases, let isPrefix, let columns):
      let all = phrases.enumerated().map { i, tokens in
        TokenPhrase(tokens, isPrefix: isPrefix && i == phrases.count - 1)
      }
      // A phrase without tokens stands nowhere, nor does a key beside words.
      let kept = all.compactMap(\.self).filter { !$0.holdsKeys }
      if !kept.isEmpty, kept.count == all.count { add(kept, columns) }
    case .and(let parts), .or(let parts): for part in parts { add(part) }
    }
  }

  private mutating func add(_ phrases: [TokenPhrase], _ columns: [TextColumn]) {
    words.insert(
      Words(phrases: phrases, columns: Set(columns.isEmpty ? TextColumn.allCases : columns)))
  }
}
