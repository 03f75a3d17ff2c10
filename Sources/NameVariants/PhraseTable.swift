/// A run of words of a query, and the words that can replace it.
package struct WordRewrite: Equatable, Sendable {
  package let range: Range<Int>
  package let replacement: [String]
}

/// Phrases of one or more words with a value each, found in a query by their first word.
///
/// Cost: one look-up a word, and one comparison for each phrase that begins with it.
struct PhraseTable<Value: Sendable>: Sendable {
  struct Entry: Sendable {
    let words: [String]
    let value: Value
  }

  /// An entry and the words that are equal to it.
  struct Match {
    let range: Range<Int>
    let entry: Entry
  }

  /// The entries by their first word, the longest first.
  private let entries: [String: [Entry]]

  /// - Parameter entries: phrases of at least one word; those of equal length keep their order.
  init(_ entries: [Entry]) {
    self.entries = Dictionary(grouping: entries) { $0.words.first ?? "" }.mapValues { entries in
      entries.enumerated()
        .sorted { ($1.element.words.count, $0.offset) < ($0.element.words.count, $1.offset) }
        .map(\.element)
    }
  }

  /// Every entry that occurs in the words, by where it begins, the longest first. Matches may overlap.
  ///
  /// - Parameter words: folded tokens.
  func matches(in words: [String]) -> [Match] {
    words.indices.flatMap { start in
      (entries[words[start]] ?? [])
        .filter { words[start...].starts(with: $0.words) }
        .map { Match(range: start..<start + $0.words.count, entry: $0) }
    }
  }

  /// Every entry.
  var all: [Entry] { entries.values.flatMap { $0 } }
}

/// A line of a table of phrases: `head: phrase | phrase`.
struct PhraseLine {
  let head: String
  let phrases: [[String]]

  static func lines(_ table: String) -> [PhraseLine] {
    table.split(separator: "\n").map { line in
      let sides = line.split(separator: ":", maxSplits: 1)
      let phrases = sides.dropFirst().first?.split(separator: "|") ?? []
      return PhraseLine(head: sides.first.map(String.init) ?? "", phrases: phrases.map(tokens))
    }
  }

  /// The tokens of a short abbreviation that is written with full stops (`S.A.` is `s a`); nil for other phrases.
  static func dotted(_ phrase: [String]) -> [String]? {
    guard phrase.count == 1, (2...4).contains(phrase[0].count), phrase[0].allSatisfy(\.isLetter) else {
      return nil
    }
    return phrase[0].map { String($0) }
  }

  private static func tokens(_ text: Substring) -> [String] {
    text.split(separator: " ").map(String.init)
  }
}
