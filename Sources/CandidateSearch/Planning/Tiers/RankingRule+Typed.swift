import CandidateQuery
import TextAnalysis

extension RankingRule {
  static func exact(_ text: RankedText) -> [IndexQuery] {
    guard !text.isPrefix, text.isOneText else { return [] }
    let words = text.words
    // Where one of the words never occurs, no value consists of all of them.
    let fields = text.commonFields
    let kinds = fields.compactMap { [.name, .title, .company].contains($0) ? $0.wholeValuePrefix : nil }
    var matches = FilterTerm.keys(kinds, words: words).map(IndexQuery.term)
    if fields.contains(.tag) { matches.append(.term(FilterTerm(.tag, text.typed))) }
    // A name is also typed family name first.
    if !text.isPhrase, words.count > 1, fields.contains(.name), let last = words.last {
      matches.append(.term(FilterTerm(.name, words: [last] + words.dropLast())))
    }
    // An id or an address is its owner's alone, a name that is written like it is not.
    return owners(text) + [.any(matches)]
  }

  /// Those whom the text names by what is theirs alone: an id or an address. They need not hold the words of the text.
  static func owners(_ text: RankedText) -> [IndexQuery] { text.owners + [owner(text)].compactMap(\.self) }

  /// Those whose e-mail address it is, or begins with it up to the @: what hardly is a word of the index, or has a sign
  /// or a digit in it. The words of an address are not those of a text, so it need not hold what was typed.
  private static func owner(_ text: RankedText) -> IndexQuery? {
    if text.typed.holds("@") { return .term(FilterTerm(.email, text.typed)) }
    guard text.units.count == 1, !text.isPhrase,
      !text.typed.contains(where: { $0.isWhitespace || $0 == "@" }),
      text.units[0].frequency.sum == 0 || text.typed.contains(where: { !$0.isLetter })
    else { return nil }
    return .phrase([FilterTerm(.email, text.typed + "@").token], isPrefix: true)
  }

  static func phrase(_ text: RankedText) -> [IndexQuery] {
    guard text.words.count > 1, text.isOneText, !text.isPrefix, !text.isLong else { return [] }
    return byField(text) { fields in
      .any(TextQuery.spellings(of: text.words).map { .phrase($0, in: fields) })
    }
  }

  static func together(_ text: RankedText) -> [IndexQuery] {
    guard text.units.count > 1, text.isOneText, !text.isPrefix, !text.isLong else { return [] }
    return byField(text) { fields in
      .any(TextQuery.combinations(of: text.units.map(\.spellings)).map { .together($0, in: fields) })
    }
  }

  /// First the field that the words most often mean together, then the others in which all of them occur.
  private static func byField(_ text: RankedText, _ match: ([TextColumn]) -> IndexQuery) -> [IndexQuery] {
    let fields = text.commonFields
    guard let first = fields.first else { return [] }
    return [match([first])] + (fields.count > 1 ? [match(Array(fields.dropFirst()))] : [])
  }

  /// So many completions of a word are looked for one by one.
  private static let maximumCompletions = 256

  static func fields(_ text: RankedText, _ expansion: QueryExpansion) throws -> [IndexQuery] {
    guard text.isOneText, !text.isLong else { return [] }
    let each = try eachInItsField(text, expansion)
    return [besideAName(text), each].compactMap(\.self)
  }

  private static func eachInItsField(_ text: RankedText, _ expansion: QueryExpansion) throws -> IndexQuery? {
    var parts: [IndexQuery] = []
    var isMeant = false
    for (i, unit) in text.units.enumerated() {
      if text.isPrefix, i == text.units.count - 1 {
        guard let token = unit.token else { return nil }
        // FTS5 would first merge the postings of all words that begin so.
        let words = try expansion.statistics.completions(of: token, limit: maximumCompletions)
        parts.append(.any(words.map { .phrase([$0.term], in: TextColumn.counted) }))
        isMeant = true
      } else if let field = unit.frequency.columns.first {
        parts.append(unit.match(in: [field]))
        isMeant = true
      } else {
        parts.append(unit.match())
      }
    }
    return isMeant ? .all(parts) : nil
  }

  /// Names among the names, and all the other words together in the field that they mean together: in `smith senior
  /// engineer`, senior is no tag, though it mostly is one. Nil where each word's own field says the same.
  private static func besideAName(_ text: RankedText) -> IndexQuery? {
    let names = text.units.filter { $0.frequency.columns.first == .name }
    let others = text.units.filter { $0.frequency.columns.first != .name }
    guard !text.isPrefix, !names.isEmpty, others.count > 1,
      let field = RankedText.commonFields(of: others).first,
      others.contains(where: { $0.frequency.columns.first != field })
    else { return nil }
    return .all(names.map { $0.match(in: [.name]) } + others.map { $0.match(in: [field]) })
  }
}
