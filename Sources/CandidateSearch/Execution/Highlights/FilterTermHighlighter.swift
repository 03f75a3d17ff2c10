import CandidateModel
import CandidateQuery
import TextAnalysis

/// Marks values whose filter terms a query contains. Terms without text (a flag, a phone number, an id) mark nothing.
struct FilterTermHighlighter {
  private static let rows = IndexSchema.fields.filter {
    $0.column != nil || IndexSchema.highlighted.contains($0.field)
  }
  private static let prefixes = rows.flatMap(\.filter.prefixes)

  private let phrases: [TermPrefix: [TokenPhrase]]

  init(_ phrases: Set<TokenPhrase>) {
    self.phrases = Dictionary(
      grouping: phrases, by: { phrase in Self.prefixes.first { phrase.isOf($0) } ?? .all })
  }

  private func phrases(of prefix: TermPrefix) -> [TokenPhrase] { phrases[prefix] ?? [] }

  /// The letters that whole values of a column must contain to be marked: all of one of these sets. Empty if none are
  /// marked.
  func letters(in column: TextColumn) -> [LetterSet] {
    guard let prefix = column.wholeValuePrefix else { return [] }
    return phrases(of: prefix).map { LetterSet(ofTerm: $0.tokens[0], prefix) }
  }

  /// Marks whole values of a column.
  func mark(_ column: TextColumn, _ tokens: ColumnTokens, in marks: inout HighlightMarks) {
    guard let prefix = column.wholeValuePrefix else { return }
    for mark in tokens.marks(of: phrases(of: prefix), prefix) {
      marks.add(mark.range, column: column, mark.value)
    }
  }

  /// Marks the values with other filter terms than those of the columns' whole values: names, tags, e-mail addresses.
  func mark(_ candidate: Candidate, in marks: inout HighlightMarks) {
    if phrases.isEmpty { return }
    for row in Self.rows {
      switch row.filter {
      case .namePart(let whole, let word): markName(row, of: candidate, whole: whole, word: word, in: &marks)
      case .value(let prefix): markValues(row, of: candidate, prefix, in: &marks)
      case .email(let prefix, let domain):
        markValues(row, of: candidate, prefix, in: &marks)
        markDomains(row, of: candidate, domain, in: &marks)
      default: break
      }
    }
  }

  private func markName(
    _ row: IndexedField, of candidate: Candidate, whole: TermPrefix, word: TermPrefix,
    in marks: inout HighlightMarks
  ) {
    let (field, values, words) = (
      row.field, phrases(of: whole), phrases(of: word).compactMap { $0.without(word) }
    )
    guard !values.isEmpty || !words.isEmpty, let name = row.values.texts(of: candidate).first else { return }
    let tokens = ColumnTokens([name])
    for mark in tokens.marks(of: values, whole) { marks.add(mark.range, field: field, 0) }
    for phrase in words {
      for start in tokens.indices where tokens.contains(phrase, at: start) {
        for range in tokens.ranges(of: phrase, at: start) { marks.add(range, field: field, 0) }
      }
    }
  }

  private func markValues(
    _ row: IndexedField, of candidate: Candidate, _ prefix: TermPrefix, in marks: inout HighlightMarks
  ) {
    let phrases = phrases(of: prefix)
    if phrases.isEmpty { return }
    for (i, value) in row.values.texts(of: candidate).enumerated() where !value.isBlank {
      let term = Array(FilterTerm(prefix, value).token.utf8)
      if phrases.contains(where: { $0.matches(term) }) {
        marks.add(0..<value.utf8.count, field: row.field, i)
      }
    }
  }

  private func markDomains(
    _ row: IndexedField, of candidate: Candidate, _ prefix: TermPrefix, in marks: inout HighlightMarks
  ) {
    let phrases = phrases(of: prefix)
    if phrases.isEmpty { return }
    for (i, address) in row.values.texts(of: candidate).enumerated() {
      guard let at = address.utf8.lastIndex(of: UInt8(ascii: "@")) else { continue }
      let domain = String(address.unicodeScalars[at...].dropFirst())
      let term = Array(FilterTerm(prefix, domain).token.utf8)
      guard phrases.contains(where: { $0.matches(term) }) else { continue }
      // An accent after the @ forms one character with it; a mark must not begin inside a character.
      let start = address[at] == "@" ? address.utf8.count - domain.utf8.count : 0
      marks.add(start..<address.utf8.count, field: row.field, i)
    }
  }
}
