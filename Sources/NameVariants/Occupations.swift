import TextAnalysis

/// Titles of the same occupation: attorney and lawyer, truck driver and lorry driver.
///
/// Sources:
/// - ESCO 1.2, the classification of European Skills, Competences, Qualifications and Occupations of the European
///   Commission (free reuse with its source named, Decision 2011/833/EU): preferred and alternative labels in English.
/// - The direct match titles of the Standard Occupational Classification 2018 (U.S. Bureau of Labor Statistics, public
///   domain).
///
/// The titles were chosen by rules. Of ESCO, at most four words, without those that are the usual title of another
/// occupation or belong to more than two, generic words alone (technician, assistant), and grades (senior, trainee).
/// Then seven titles an occupation, four or five in trades and of machine operators, ten of drivers: first those that
/// the O*NET database lists too (alternate titles, release 27.0; CC BY 4.0, U.S. Department of Labor), then those of more
/// frequent words, and at most two that end alike. Of SOC, all but the military, top executives and residual groups (All
/// Other); a group of several occupations (Accountants and Auditors) is divided by the last word of its titles. One
/// occupation of ESCO whose titles insult is left out.
///
/// Cost: the titles are hashed once, on first use, in about two milliseconds, into an array of 256 KB; then a look-up for
/// each run of words. A line is split only when one of its titles is found.
package enum Occupations {
  /// Titles are at most this many words long.
  static let maximumWords = 6

  /// An occupation, found by one of its titles in a query.
  package struct Match: Equatable, Sendable {
    /// The words of the query that are the title.
    package let range: Range<Int>
    /// The usual title of the occupation.
    package let name: String
    /// The other titles, in folded tokens.
    package let others: [[String]]
  }

  /// The occupations of the longest run of words that is a title, of the first of several such runs; empty if none is.
  /// The last word of a title may be a plural.
  ///
  /// - Parameters:
  ///   - words: folded tokens; an empty one belongs to no title.
  ///   - isAllowed: whether a run may be a title.
  package static func matches(in words: [String], where isAllowed: (Range<Int>) -> Bool = { _ in true })
    -> [Match]
  {
    guard let range = title(in: words, where: isAllowed), let found = titles(words[range]).first else {
      return []
    }
    return index.occupations(withTitle: found).map { titles in
      Match(
        range: range, name: titles.first ?? found,
        others: titles.filter { $0 != found }.map { $0.split(separator: " ").map(String.init) })
    }
  }

  /// The run of words whose occupations `matches` returns; nil if none is a title.
  package static func title(
    in words: [String], where isAllowed: (Range<Int>) -> Bool = { _ in true }
  ) -> Range<Int>? {
    for count in (1...max(1, min(maximumWords, words.count))).reversed() where count <= words.count {
      for start in 0...(words.count - count) where isAllowed(start..<start + count) {
        if !titles(words[start..<start + count]).isEmpty { return start..<start + count }
      }
    }
    return nil
  }

  /// The titles that words may be: as typed, or the last one as a plural.
  private static func titles(_ words: ArraySlice<String>) -> [String] {
    let others = words.dropLast().reduce(into: "") { $0 += $1 + " " }
    return singulars(of: words.last ?? "").map { others + $0 }.filter(index.contains)
  }

  /// A word, and what it is the plural of.
  private static func singulars(of word: String) -> [String] {
    var words = [word]
    if word.hasSuffix("ies") { words.append(word.dropLast(3) + "y") }
    if word.hasSuffix("men") { words.append(word.dropLast(3) + "man") }
    if word.hasSuffix("es") { words.append(String(word.dropLast(2))) }
    if word.hasSuffix("s") { words.append(String(word.dropLast())) }
    return words
  }

  /// The occupations, each with its titles.
  static var all: [[String]] { index.all }

  private static let index = OccupationIndex([
    managers, scienceAndHealth, teachingBusinessAndLaw, technicians, servicesAndSales, trades, operators,
    americanOffices, americanTrades,
  ])
}

/// The titles of tables, found by a hash: a line is `title|title;title|title`, an occupation between semicolons.
private struct OccupationIndex: Sendable {
  private let titles: WordIndex

  init(_ tables: [String]) {
    titles = WordIndex(tables, slotCount: 1 << 16) { $0 == UInt8(ascii: "|") || Self.endsOccupation($0) }
  }

  func contains(_ title: String) -> Bool { !titles.places(of: title).isEmpty }

  /// The titles of each occupation that has a title.
  func occupations(withTitle title: String) -> [[String]] {
    titles.places(of: title).map { place in
      Self.titles(titles.entry(around: place, endsEntry: Self.endsOccupation))
    }
  }

  var all: [[String]] { titles.bytes.split(whereSeparator: Self.endsOccupation).map(Self.titles) }

  private static func titles(_ occupation: ArraySlice<UInt8>) -> [String] {
    occupation.split(separator: UInt8(ascii: "|")).map { String(decoding: $0, as: UTF8.self) }
  }

  private static func endsOccupation(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ";") || byte == UInt8(ascii: "\n")
  }
}
