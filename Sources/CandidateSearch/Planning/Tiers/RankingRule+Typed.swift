import CandidateQuery
import TextAnalysis

extension RankingRule {
  static func exact(_ text: RankedText) -> [IndexQuery] {
    guard !text.isPrefix, text.isOneText else { return [] }
    let words = text.words
    // A field in which one of the words never occurs has no value of all of them.
    let fields = text.commonFields
    let kinds = fields.compactMap { [.name, .title, .company].contains($0) ? $0.wholeValuePrefix : nil }
    var queries = FilterTerm.wholeValues(kinds, words: words).map(IndexQuery.term)
    if fields.contains(.tag) { queries.append(.term(FilterTerm(.tag, text.typed))) }
    // A name is also typed family name first.
    if !text.isPhrase, words.count > 1, fields.contains(.name), let last = words.last {
      queries.append(.term(FilterTerm(.name, words: [last] + words.dropLast())))
    }
    // The owner of an id or an address comes before candidates with an equal name.
    return owners(text) + [.any(queries)]
  }

  /// The queries of the candidates that the text identifies: by an id or an address. They need not contain its words.
  static func owners(_ text: RankedText) -> [IndexQuery] { text.owners + [owner(text)].compactMap(\.self) }

  /// The query of the candidates whose e-mail address is the text, or whose address has the text before the @. The
  /// latter only for a text that is no word of the index, or contains a sign or a digit: an address has other tokens
  /// than a text.
  private static func owner(_ text: RankedText) -> IndexQuery? {
    if text.typed.holds("@") { return .term(FilterTerm(.email, text.typed)) }
    guard text.units.count == 1, !text.isPhrase,
      !text.typed.containsWhiteSpace,
      text.units[0].frequency.sum == 0 || !text.typed.isOfLetters
    else { return nil }
    return .phrase([FilterTerm(.email, text.typed + "@").token], isPrefix: true)
  }

  static func phrase(_ text: RankedText) -> [IndexQuery] {
    guard text.words.count > 1, text.isOneText, !text.isPrefix, !text.isLong else { return [] }
    return byField(text) { fields in
      .any(TextQuery.spellings(of: text.words).map { TextQuery.adjacent($0, in: fields) })
    }
  }

  static func together(_ text: RankedText) -> [IndexQuery] {
    guard text.units.count > 1, text.isOneText, !text.isPrefix, !text.isLong else { return [] }
    return byField(text) { fields in
      .any(TextQuery.combinations(of: text.units.map(\.spellings)).map { .together($0, in: fields) })
    }
  }

  /// The queries for the field in which the words occur most often, then for the others in which all of them occur.
  private static func byField(_ text: RankedText, _ query: ([TextColumn]) -> IndexQuery) -> [IndexQuery] {
    let fields = text.commonFields
    guard let first = fields.first else { return [] }
    return [query([first])] + (fields.count > 1 ? [query(Array(fields.dropFirst()))] : [])
  }

  /// The maximum number of completions of a word, each of which is evaluated as a term.
  private static let maximumCompletions = 256

  static func fields(_ text: RankedText, _ expansion: QueryExpansion) throws -> [IndexQuery] {
    guard text.isOneText, !text.isLong, text.isPrefix || text.units.contains(where: { $0.field != nil })
    else {
      return []
    }
    let each = try eachInItsField(text, expansion)
    // The tier `together` has found the candidates with all words in one field.
    let fields = Set(text.units.map(\.field))
    let isFound = fields.count == 1 && !fields.contains(nil) && !together(text).isEmpty
    return [namesInNames(text), besideAName(text), isFound ? nil : each].compactMap(\.self)
  }

  private static func eachInItsField(_ text: RankedText, _ expansion: QueryExpansion) throws -> IndexQuery? {
    var parts: [IndexQuery] = []
    var hasField = false
    for (i, unit) in text.units.enumerated() {
      if text.isPrefix, i == text.units.count - 1 {
        guard let token = unit.singleToken else { return nil }
        // FTS5 would first merge the postings of all words with this prefix.
        let words = try expansion.statistics.completions(of: token, limit: maximumCompletions)
        parts.append(.any(words.map { .phrase([$0.term], in: TextColumn.counted) }))
        hasField = true
      } else if let field = unit.field {
        parts.append(unit.match(in: [field]))
        hasField = true
      } else {
        parts.append(unit.match())
      }
    }
    return hasField ? .all(parts) : nil
  }

  /// The minimum share of names in the occurrences of a word that is taken for a name.
  private static let minimumShareOfNames = 0.1

  /// The query with each word that is also a name in names, the others in their field: a person called Hernandez in
  /// Hefei comes before the employees of Hernandez Ltd. Nil if each word's own field is the same.
  private static func namesInNames(_ text: RankedText) -> IndexQuery? {
    guard !text.isPrefix, text.units.count > 1 else { return nil }
    let fields = text.units.map { unit in
      unit.frequency.share(of: .name) >= minimumShareOfNames ? TextColumn.name : unit.field
    }
    guard fields.contains(where: { $0 != .name }), fields != text.units.map(\.field) else { return nil }
    return .all(
      zip(text.units, fields).map { unit, field in field.map { unit.match(in: [$0]) } ?? unit.match() })
  }

  /// The query with the names in names and all other words in one field, the one in which they occur most often: in
  /// `smith senior engineer`, senior is no tag, though alone it mostly is one. Nil if each word's own field is the
  /// same.
  private static func besideAName(_ text: RankedText) -> IndexQuery? {
    guard !text.isPrefix, text.units.count > 2 else { return nil }
    let names = text.units.filter { $0.field == .name }
    let others = text.units.filter { $0.field != .name }
    guard !names.isEmpty, others.count > 1,
      let field = RankedText.commonFields(of: others).first,
      others.contains(where: { $0.frequency.mostFrequentColumn != field })
    else { return nil }
    return .all(names.map { $0.match(in: [.name]) } + others.map { $0.match(in: [field]) })
  }
}
