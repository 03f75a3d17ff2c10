import CandidateModel
import CandidateQuery
import NameVariants
import TextAnalysis

/// The words of a candidate, by token, and as they are written.
struct CandidateWords {
  /// At most this many tokens of a column are looked up, and as many places of one token.
  private static let maximumTokens = 4_096
  private static let maximumPlaces = 64

  private struct Column {
    let values: [String]
    let tokens: ColumnTokens
    /// The places of each token.
    let places: [String: [Int]]
  }

  /// A word of a first or last name.
  struct NameWord {
    let token: String
    let written: String
  }

  /// A word, or all, of a first or last name in another script, with the skeletons of its Latin spellings.
  struct ForeignName {
    let skeletons: Set<String>
    let written: String
  }

  private var columns: [TextColumn: Column] = [:]
  /// The words of the first name.
  let firstNames: [NameWord]
  /// The names in other scripts, as `NameFilterTerms` indexes them.
  let foreignNames: [ForeignName]

  /// Analyses the values of all columns once: linear in their length.
  init(_ candidate: Candidate) {
    for column in TextColumn.allCases {
      let values = column.values(of: candidate)
      if values.isEmpty { continue }
      let tokens = ColumnTokens(values, as: column.textKind)
      var places: [String: [Int]] = [:]
      for i in tokens.indices.prefix(Self.maximumTokens) {
        let token = tokens.text(i)
        if places[token, default: []].count < Self.maximumPlaces { places[token, default: []].append(i) }
      }
      columns[column] = Column(values: values, tokens: tokens, places: places)
    }
    let (first, last) = (candidate.firstName ?? "", candidate.lastName ?? "")
    firstNames = Self.words(of: first)
    foreignNames =
      Self.foreignNames(in: first, part: last.isEmpty ? .whole : .given)
      + Self.foreignNames(in: last, part: first.isEmpty ? .whole : .family)
  }

  /// Tokens that follow one another, as they are written where they first occur; nil if they do not occur.
  func written(_ run: [String], isPrefix: Bool = false, in columns: [TextColumn] = []) -> String? {
    guard let phrase = TokenPhrase(run, isPrefix: isPrefix) else { return nil }
    for field in columns.isEmpty ? TextColumn.allCases : columns {
      guard let column = self.columns[field] else { continue }
      let isOpen = isPrefix && run.count == 1
      let starts = isOpen ? Array(column.tokens.indices) : column.places[run[0]] ?? []
      for start in starts where column.tokens.contains(phrase, at: start) {
        let ranges = column.tokens.ranges(of: phrase, at: start)
        if let text = Self.text(ranges, in: column.values[column.tokens.value(start)]) { return text }
      }
    }
    return nil
  }

  /// The tokens of some columns that begin with a text, each once.
  func tokens(beginningWith beginning: String, in columns: [TextColumn]) -> [String] {
    columns.flatMap { self.columns[$0].map { Array($0.places.keys) } ?? [] }
      .filter { $0.utf8.starts(with: beginning.utf8) }.sorted()
  }

  private static func text(_ ranges: [Range<Int>], in value: String) -> String? {
    guard let start = ranges.map(\.lowerBound).min(), let end = ranges.map(\.upperBound).max(), start < end
    else { return nil }
    return String(decoding: value.utf8.dropFirst(start).prefix(end - start), as: UTF8.self).onOneLine.cut
  }

  private static func words(of name: String) -> [NameWord] {
    let analyzed = Analyzer.analyze(name, withOffsets: true)
    return zip(analyzed.words, analyzed.offsets).flatMap { word, offsets in
      zip(word.tokens, offsets.forms[0]).compactMap { token, range in
        text([range], in: name).map { NameWord(token: token, written: $0) }
      }
    }
  }

  private static func foreignNames(in name: String, part: NamePart) -> [ForeignName] {
    if name.utf8.allSatisfy({ $0 < 0x80 }) { return [] }
    let words = words(of: name)
    let ofWords = words.compactMap { word in
      Romanization.skeleton(word.token).map { ForeignName(skeletons: [$0], written: word.written) }
    }
    let spellings = Romanization.words(of: words.map(\.token), part: part).flatMap(\.spellings)
    let skeletons = Set(spellings.compactMap(Romanization.skeleton))
    return ofWords + [ForeignName(skeletons: skeletons, written: name.onOneLine.cut)]
  }
}
