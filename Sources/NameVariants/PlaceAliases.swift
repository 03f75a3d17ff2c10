/// Names of cities in other languages and scripts, former names and nicknames: `munich` and `münchen`, `bombay` and
/// `mumbai`, `nyc` and `new york`.
///
/// A name may belong to several cities (`la`), and a name may be another word elsewhere: look these up for the words of
/// locations only.
///
/// Cost: the tables are parsed once, on first use; then one look-up a word.
package enum PlaceAliases {
  /// A name has at most this many alternatives, the most usual first.
  package static let maximumAlternatives = 12

  /// Every run of words that is the name of a city, with each other name of the city, by where it begins, the longest
  /// first.
  ///
  /// - Parameter words: folded tokens.
  package static func rewrites(of words: [String]) -> [WordRewrite] {
    names.matches(in: words).flatMap { match in
      match.entry.value.map { WordRewrite(range: match.range, replacement: $0) }
    }
  }

  /// The cities, each with its names, the most usual first.
  static let cities = (PhraseLine.lines(inOtherLanguages) + PhraseLine.lines(inOwnScript)).map { line in
    [line.headWords] + line.phrases
  }

  /// Each name with the other names of its cities.
  private static let names: PhraseTable<[[String]]> = {
    var order: [[String]] = []
    var others: [[String]: [[String]]] = [:]
    for city in cities {
      for name in city {
        if others[name] == nil { order.append(name) }
        others[name, default: []] += city.filter { $0 != name && others[name]?.contains($0) != true }
      }
    }
    return PhraseTable(
      order.map { name in
        PhraseTable.Entry(words: name, value: Array((others[name] ?? []).prefix(maximumAlternatives)))
      })
  }()
}
