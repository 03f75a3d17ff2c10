import TextAnalysis

/// Marks words in columns.
struct WordHighlighter {
  private let parts: [HighlightParts.Words]
  private let columns: Set<TextColumn>
  /// The phrases that begin with a byte, each by its part and its number there: of many phrases few need a look.
  private let phrases: [[(part: Int, phrase: Int)]]
  /// For each phrase, letters without which it cannot be found.
  let letters: [LetterSet]

  init(_ parts: Set<HighlightParts.Words>) {
    self.parts = Array(parts)
    columns = parts.reduce(into: []) { $0.formUnion($1.columns) }
    var phrases: [[(part: Int, phrase: Int)]] = Array(repeating: [], count: 256)
    for (i, part) in self.parts.enumerated() {
      for (j, phrase) in part.phrases.enumerated() { phrases[Int(phrase.firstByte)].append((i, j)) }
    }
    self.phrases = phrases
    letters = Array(Set(self.parts.flatMap(\.phrases).map { LetterSet(ofToken: $0.tokens[0]) }))
  }

  func asks(_ column: TextColumn) -> Bool { columns.contains(column) }

  func mark(_ column: TextColumn, _ placed: PlacedColumn, in marks: inout HighlightMarks) {
    guard asks(column) else { return }
    // Of phrases that must all be there, where each stands.
    var found: [Int: [Int: [Int]]] = [:]
    for start in placed.indices {
      for (i, j) in phrases[Int(placed.firstByte(start))] where parts[i].columns.contains(column) {
        guard placed.holds(parts[i].phrases[j], at: start) else { continue }
        if parts[i].phrases.count == 1 {
          mark(parts[i].phrases[j], at: start, column, placed, in: &marks)
        } else {
          found[i, default: [:]][j, default: []].append(start)
        }
      }
    }
    for (i, places) in found where places.count == parts[i].phrases.count {
      for (j, starts) in places {
        for start in starts { mark(parts[i].phrases[j], at: start, column, placed, in: &marks) }
      }
    }
  }

  private func mark(
    _ phrase: TokenPhrase, at start: Int, _ column: TextColumn, _ placed: PlacedColumn,
    in marks: inout HighlightMarks
  ) {
    for place in placed.places(of: phrase, at: start) {
      marks.add(place, column: column, placed.value(start))
    }
  }
}
