/// Job titles as they are shortened: `swe` stands for software engineer, and software engineer for `swe`.
///
/// The table (`TitleAbbreviations+Table.swift`) is our own, written from what titles and job adverts commonly say. An
/// abbreviation may have several expansions, which are no alternatives of each other (`pm`: product manager, project
/// manager). What is a usual word or place otherwise stands only together with the word that makes it a title
/// (`be developer`, but not `be`).
///
/// Cost: the table is read once, on first use; then a look-up a word, and a comparison for each phrase that begins
/// with it.
package enum TitleAbbreviations {
  /// A run of the words that is an abbreviation or an expansion, and the words that can stand in its place.
  package typealias Rewrite = (range: Range<Int>, replacement: [String])

  /// Every such run, the first and longest first; runs may overlap, and one may have several replacements.
  ///
  /// - Parameter words: folded tokens.
  package static func rewrites(of words: [String]) -> [Rewrite] {
    words.indices.flatMap { start in
      (phrases[words[start]] ?? [])
        .filter { words[start...].starts(with: $0.words) }
        .flatMap { phrase in
          phrase.replacements.map { (start..<start + phrase.words.count, $0) }
        }
    }
  }

  private struct Phrase {
    let words: [String]
    let replacements: [[String]]
  }

  /// What can be replaced, by its first word, the longest first.
  private static let phrases: [String: [Phrase]] = {
    var order: [[String]] = []
    var replacements: [[String]: [[String]]] = [:]
    for (abbreviation, expansion) in pairs {
      for (phrase, other) in [(abbreviation, expansion), (expansion, abbreviation)] {
        if replacements[phrase] == nil { order.append(phrase) }
        replacements[phrase, default: []].append(other)
      }
    }
    let phrases = order.map { Phrase(words: $0, replacements: replacements[$0] ?? []) }
    return Dictionary(grouping: phrases) { $0.words.first ?? "" }.mapValues {
      $0.sorted { $0.words.count > $1.words.count }
    }
  }()

  /// Each abbreviation with each of its expansions.
  package static let pairs: [(abbreviation: [String], expansion: [String])] = table.split(separator: "\n")
    .flatMap {
      line in
      let sides = line.split(separator: ":").map { $0.split(separator: "|").map(tokens) }
      let (abbreviations, expansions) = (sides.first ?? [], sides.dropFirst().first ?? [])
      return abbreviations.flatMap { abbreviation in expansions.map { (abbreviation, $0) } }
    }

  private static func tokens(_ text: Substring) -> [String] {
    text.split(separator: " ").map(String.init)
  }
}
