import TextAnalysis

/// Marks words in columns.
struct WordHighlighter {
  private let parts: [HighlightParts.Words]
  /// The position of a phrase: its part in `parts`, and its number in that part.
  private struct PhraseIndex {
    let part: Int
    let phrase: Int
  }

  /// The phrases by their first byte, so that few are compared with a token.
  private let phrases: [[PhraseIndex]]
  /// For each column, the letters of the first tokens of its phrases: a value without any of them contains no phrase.
  private let letters: [[LetterSet]]

  init(_ parts: Set<HighlightParts.Words>) {
    self.parts = Array(parts)
    var phrases: [[PhraseIndex]] = Array(repeating: [], count: 256)
    for (i, part) in self.parts.enumerated() {
      for (j, phrase) in part.phrases.enumerated() {
        phrases[Int(phrase.firstByte)].append(PhraseIndex(part: i, phrase: j))
      }
    }
    self.phrases = phrases
    var letters: [[LetterSet]] = Array(repeating: [], count: TextColumn.allCases.count)
    for part in self.parts {
      for set in Set(part.phrases.map { LetterSet(ofToken: $0.tokens[0]) }) {
        for column in TextColumn.allCases where part.columns.contains(column) {
          if !letters[column.index].contains(set) { letters[column.index].append(set) }
        }
      }
    }
    self.letters = letters
  }

  /// The letters that values of a column must contain to be marked: all of one of these sets. Empty if no words of the
  /// column are marked.
  func letters(in column: TextColumn) -> [LetterSet] { letters[column.index] }

  func mark(_ column: TextColumn, _ tokens: ColumnTokens, in marks: inout HighlightMarks) {
    if letters[column.index].isEmpty { return }
    // For each part of several phrases and each of its phrases, the tokens at which the phrase begins.
    var found: [Int: [Int: [Int]]] = [:]
    for start in tokens.indices {
      for index in phrases[Int(tokens.firstByte(start))] where parts[index.part].columns.contains(column) {
        let part = parts[index.part]
        guard tokens.contains(part.phrases[index.phrase], at: start) else { continue }
        if part.phrases.count == 1 {
          mark(part.phrases[index.phrase], at: start, of: column, tokens, in: &marks)
        } else {
          found[index.part, default: [:]][index.phrase, default: []].append(start)
        }
      }
    }
    for (i, starts) in found where starts.count == parts[i].phrases.count {
      for (j, starts) in starts {
        for start in starts { mark(parts[i].phrases[j], at: start, of: column, tokens, in: &marks) }
      }
    }
  }

  private func mark(
    _ phrase: TokenPhrase, at start: Int, of column: TextColumn, _ tokens: ColumnTokens,
    in marks: inout HighlightMarks
  ) {
    for range in tokens.ranges(of: phrase, at: start) {
      marks.add(range, column: column, tokens.value(start))
    }
  }
}
