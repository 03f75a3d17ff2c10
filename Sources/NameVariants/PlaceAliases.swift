/// Names of cities in other languages and scripts, former names and nicknames: `munich` and `münchen`, `bombay` and
/// `mumbai`, `nyc` and `new york`.
///
/// A name may belong to several cities (`la`), and a name may be another word elsewhere: look these up for the words of
/// locations only.
///
/// Cost: the names are indexed once, on first use, in 1 to 2 ms; then a look-up for each run of words. A line of the
/// tables is split only when one of its names is found.
package enum PlaceAliases {
  /// A name has at most this many alternatives, the most usual first.
  package static let maximumAlternatives = 12
  /// Names are at most this many words long.
  static let maximumWords = 6

  /// Every run of words that is the name of a city, with each other name of the city, by where it begins, the longest
  /// first.
  ///
  /// - Parameter words: folded tokens.
  package static func rewrites(of words: [String]) -> [WordRewrite] {
    words.indices.flatMap { start in
      (1...min(maximumWords, words.count - start)).reversed().flatMap { count in
        let range = start..<start + count
        return alternatives(of: words[range]).map { WordRewrite(range: range, replacement: $0) }
      }
    }
  }

  /// The other names of the cities with a name.
  private static func alternatives(of name: ArraySlice<String>) -> [[String]] {
    let key = name.count == 1 ? name.first ?? "" : name.joined(separator: " ")
    guard let lines = lines[key[...]] else { return [] }
    let others = lines.flatMap(names).reduce(into: [[String]]()) { others, other in
      if !name.elementsEqual(other), !others.contains(other) { others.append(other) }
    }
    return Array(others.prefix(maximumAlternatives))
  }

  /// The cities, each with its names, the most usual first.
  static var cities: [[[String]]] { tables.flatMap { split($0, at: [lineEnd, semicolon]).map(names) } }

  private static let tables = [inOtherLanguages, inOwnScript]

  /// The lines in which a name occurs.
  private static let lines: [Substring: [Substring]] = {
    var lines: [Substring: [Substring]] = [:]
    lines.reserveCapacity(4096)
    for line in tables.flatMap({ split($0, at: [lineEnd, semicolon]) }) {
      for name in split(line, at: [colon, bar]) { lines[name, default: []].append(line) }
    }
    return lines
  }()

  private static func names(of line: Substring) -> [[String]] {
    split(line, at: [colon, bar]).map { $0.split(separator: " ").map(String.init) }
  }

  /// The parts of a text between separators, without spaces around them. Bytes are compared: characters would take
  /// ten times as long.
  private static func split(_ text: some StringProtocol, at separators: [UInt8]) -> [Substring] {
    let text = Substring(text)
    return text.utf8.split { separators.contains($0) }.map { part in
      var part = part
      while part.first == space { part.removeFirst() }
      while part.last == space { part.removeLast() }
      return Substring(part)
    }
  }

  private static let (lineEnd, semicolon) = (UInt8(ascii: "\n"), UInt8(ascii: ";"))
  private static let (colon, bar, space) = (UInt8(ascii: ":"), UInt8(ascii: "|"), UInt8(ascii: " "))
}
