/// Abbreviations in job titles: `swe` and software engineer replace each other.
///
/// The table was written for this project, from what titles and job adverts commonly say. An abbreviation may
/// have several expansions, which do not replace each other (`pm`: product manager, project manager). A usual
/// word or place is an abbreviation only together with the word that makes it a title (`be developer`, but
/// not `be`).
///
/// Cost: the table is parsed once, on first use; then one look-up a word, and one comparison for each phrase
/// that begins with it.
package enum TitleAbbreviations {
  /// An abbreviation and one of its expansions.
  package struct Pair {
    package let abbreviation: [String]
    package let expansion: [String]
  }

  /// Every rewrite of the words, the first and longest run first. Runs may overlap, and one may have several
  /// replacements.
  ///
  /// - Parameter words: folded tokens.
  package static func rewrites(of words: [String]) -> [WordRewrite] {
    words.indices.flatMap { start in
      (phrases[words[start]] ?? [])
        .filter { words[start...].starts(with: $0.words) }
        .flatMap { phrase in
          phrase.replacements.map {
            WordRewrite(range: start..<start + phrase.words.count, replacement: $0)
          }
        }
    }
  }

  private struct Phrase {
    let words: [String]
    let replacements: [[String]]
  }

  /// The phrases that can be replaced, by their first word, the longest first.
  private static let phrases: [String: [Phrase]] = {
    var order: [[String]] = []
    var replacements: [[String]: [[String]]] = [:]
    for pair in pairs {
      for (phrase, other) in [
        (pair.abbreviation, pair.expansion), (pair.expansion, pair.abbreviation),
      ] {
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
  package static let pairs: [Pair] = table.split(separator: "\n").flatMap { line in
    let sides = line.split(separator: ":").map { $0.split(separator: "|").map(tokens) }
    let (abbreviations, expansions) = (sides.first ?? [], sides.dropFirst().first ?? [])
    return abbreviations.flatMap { abbreviation in
      expansions.map { Pair(abbreviation: abbreviation, expansion: $0) }
    }
  }

  private static func tokens(_ text: Substring) -> [String] {
    text.split(separator: " ").map(String.init)
  }
}
