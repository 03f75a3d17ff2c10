import CandidateQuery
import NameVariants
import TextAnalysis

/// Other forms of what was typed: nicknames, initials, spellings, abbreviations, completions.
extension QueryExpansion {
  /// The maximum number of completions of the last word.
  private static let maximumCompletions = 48
  /// The maximum number of rewrites of a text.
  private static let maximumRewrites = 6

  /// The query of the text with each word in all of its variants, or with some of its words rewritten; none if it has
  /// no variant; memoised.
  func variants(of text: RankedText) throws -> [IndexQuery] {
    guard !text.isLong else { return [] }
    return try memoised(text, in: statistics.scope.texts) { try lookUpVariants(of: text) }
  }

  private func lookUpVariants(of text: RankedText) throws -> [IndexQuery] {
    let words = try words(of: text)
    let all = IndexQuery.any(options.findsVariants ? try rewritten(text, words) : [.all(words)])
    return all == .all(text.units.map { $0.match() }) ? [] : [all]
  }

  /// The text with some of its words replaced or none, with its stop words or without them.
  private func rewritten(_ text: RankedText, _ words: [IndexQuery]) throws -> [IndexQuery] {
    let tokens = text.units.map { $0.token ?? "" }
    var queries = try rewritten(tokens, words)
    if tokens.count > 1, let kept = Self.withoutStopWords(tokens) {
      let (remaining, left) = (kept.map { words[$0] }, kept.map { tokens[$0] })
      queries += try rewritten(left, remaining)
    }
    let corrected = try correctedWords(of: text)
    return queries + Self.latinNames(of: text) + Self.initials(of: text)
      + Self.shortenedNames(of: text) { corrected[$0].isEmpty }
  }

  /// The query of a name of another script in Latin letters: `王小明` finds Xiaoming Wang; none for any other text.
  private static func latinNames(of text: RankedText) -> [IndexQuery] {
    guard !text.units.contains(where: { $0.isPhrase || $0.isPrefix }) else { return [] }
    return Romanization.readings(of: text.words.flatMap(\.tokens)).map { words in
      .all(words.map { .any($0.spellings.map { .phrase([$0], in: [.name]) }) })
    }
  }

  /// The words with runs of them replaced: with all runs that do not overlap, each replaced or not, then with each other run.
  func rewritten(_ tokens: [String], _ words: [IndexQuery]) throws -> [IndexQuery] {
    var chosen: [Range<Int>: [IndexQuery]] = [:]
    var others: [IndexQuery] = []
    for (range, replacement) in try rewrites(of: tokens).prefix(Self.maximumRewrites) {
      if chosen[range] != nil || !chosen.keys.contains(where: { $0.overlaps(range) }) {
        chosen[range, default: []].append(replacement)
      } else {
        others.append(
          .all(Array(words[..<range.lowerBound]) + [replacement] + Array(words[range.upperBound...])))
      }
    }
    var parts: [IndexQuery] = []
    var i = 0
    for (range, replacements) in chosen.sorted(by: { $0.key.lowerBound < $1.key.lowerBound }) {
      parts += words[i..<range.lowerBound] + [.any([.all(Array(words[range]))] + replacements)]
      i = range.upperBound
    }
    return [.all(parts + words[i...])] + others
  }

  /// The query of each word in all of its variants; memoised.
  func words(of text: RankedText) throws -> [IndexQuery] {
    if let known = words[text.units] { return known }
    let words = try text.units.enumerated().map { i, unit in
      try variants(of: unit, isCompleted: i == text.units.count - 1)
    }
    self.words[text.units] = words
    return words
  }

  /// A word as one search expands it.
  struct WordKey: Hashable, Sendable {
    let unit: RankedText.Unit
    /// Whether it may be the beginning of another word.
    let isCompleted: Bool
    let options: ExpansionOptions
  }

  /// The query of a word in all of its variants, and of words that begin with it if it may be completed.
  func variants(of unit: RankedText.Unit, isCompleted: Bool) throws -> IndexQuery {
    let key = WordKey(unit: unit, isCompleted: isCompleted, options: options)
    return try statistics.scope.variants.value(of: key, in: statistics.snapshot) {
      try lookUpVariants(of: unit, isCompleted: isCompleted)
    }
  }

  private func lookUpVariants(of unit: RankedText.Unit, isCompleted: Bool) throws -> IndexQuery {
    guard let token = unit.token else {
      return .any([unit.match()] + (try inParts(unit, isCompleted: isCompleted)))
    }
    var queries = [unit.match()]
    if options.findsVariants {
      queries +=
        try Self.names(token) + spellings(token, unit.frequency.sum) + inflected(token, unit.frequency)
    }
    if isCompleted, options.completesLastWord {
      queries += try statistics.completions(of: token, limit: Self.maximumCompletions)
        .filter { $0.term != token }.map { .phrase([$0.term]) }
    }
    return .any(queries)
  }

  /// The query of a name of several parts, each in all of its variants, or of the parts as one name: `popov-karpov` finds
  /// Попов-Карпов, and `ji-min` 지민. The last part may be completed: `smith-jon` finds Smith-Jones.
  private func inParts(_ unit: RankedText.Unit, isCompleted: Bool) throws -> [IndexQuery] {
    guard options.findsVariants, !unit.isPhrase, !unit.isPrefix, let word = unit.words.first else {
      return []
    }
    var parts = word.tokens.map { IndexQuery.any([.phrase([$0], in: [.name])] + Self.names($0)) }
    if isCompleted, options.completesLastWord, let last = word.tokens.last {
      let completions = try statistics.completions(of: last, in: [.name], limit: Self.maximumCompletions)
      parts[parts.count - 1] = .any(
        [parts[parts.count - 1]] + completions.map { .phrase([$0.term], in: [.name]) })
    }
    return [.all(parts)] + (parts.count > 1 ? Self.names(word.tokens.joined()) : [])
  }

  /// Other names of a person with this name.
  static func names(_ token: String) -> [IndexQuery] {
    var queries = Nicknames.alternatives(of: token).map { IndexQuery.phrase([$0], in: [.name]) }
    queries += Romanization.latin(token).map { .phrase([$0], in: [.name]) }
    if let skeleton = Romanization.skeleton(token) { queries.append(.term(FilterTerm(.romanized, skeleton))) }
    return queries
  }

  /// Other spellings that occur in the index: `muller` for `mueller`, `mary anne` for `maryanne`.
  private func spellings(_ token: String, _ count: Int) throws -> [IndexQuery] {
    var queries: [IndexQuery] = []
    for spelling in Romanization.umlautSpellings(token)
    where try frequency(ofGuess: spelling).sum > 0 {
      queries.append(.phrase([spelling]))
    }
    return try queries + splits(of: token, asFrequentAs: count).map { .phrase($0) }
      + Self.surnameParts(token).filter { try frequency(ofGuess: $0.last ?? "")[.name] > 0 }
      .map { .phrase($0, in: [.name]) }
  }

  /// The minimum length of a part of a split word: shorter parts occur by chance.
  private static let minimumPartLength = 2

  /// The ways to split a word into two that occur in one field, both as often as the word itself: `se` occurs
  /// somewhere, but a nurse is no `nur se`.
  private func splits(of token: String, asFrequentAs count: Int) throws -> [[String]] {
    let places = token.indices.dropFirst(Self.minimumPartLength)
    let length = places.count + Self.minimumPartLength
    guard length >= 2 * Self.minimumPartLength, length <= Tokenizer.maximumTokenLength else { return [] }
    return try places.dropLast(Self.minimumPartLength - 1).compactMap { place in
      let parts = [String(token[..<place]), String(token[place...])]
      let first = try frequency(ofGuess: parts[0])
      guard first.sum > 0, first.sum >= count else { return nil }
      let both = try first.both(frequency(ofGuess: parts[1])).sum
      return both > 0 && both >= count ? parts : nil
    }
  }

  /// Pairs of particles before a surname.
  private static let particles = [
    ["de", "la"], ["de", "las"], ["de", "los"], ["de", "le"], ["van", "de"], ["van", "den"], ["van", "der"],
    ["van", "het"], ["von", "dem"], ["von", "den"], ["von", "der"],
  ].map { (particles: $0, joined: $0.joined()) }
  /// The minimum length of a surname after particles.
  private static let minimumSurnameLength = 3

  /// A surname that was typed as one word with its particles, in its parts: `delacruz` finds De la Cruz.
  static func surnameParts(_ token: String) -> [[String]] {
    particles.compactMap { particles, joined in
      guard token.hasPrefix(joined) else { return nil }
      let surname = String(token.dropFirst(joined.count))
      return surname.count >= minimumSurnameLength ? particles + [surname] : nil
    }
  }

  /// The positions of the tokens that are no words such as Dr, Jr, of and Ltd, which a record may lack; nil if there
  /// are none of these. Words that are also names or usual words are kept.
  static func withoutStopWords(_ tokens: [String]) -> [Int]? {
    StopWords.positions(removing: Set(StopWords.Kind.allCases), from: tokens)
  }

  /// Runs of words, and their replacements.
  private func rewrites(of tokens: [String]) throws -> [(Range<Int>, IndexQuery)] {
    var rewrites = TitleAbbreviations.rewrites(of: tokens).map { rewrite in
      (rewrite.range, IndexQuery.phrase(rewrite.replacement, in: [.title, .tag]))
    }
    // A legal form alone names no company.
    if tokens.count > 1 {
      rewrites += LegalForms.rewrites(of: tokens).map { ($0.range, .phrase($0.replacement, in: [.company])) }
    }
    rewrites += Self.places(tokens)
    return rewrites + (try joined(tokens))
  }

  /// Runs of words that occur as one word: `mary anne` finds Maryanne, `de la cruz` finds Delacruz.
  private func joined(_ tokens: [String]) throws -> [(Range<Int>, IndexQuery)] {
    try [3, 2].flatMap { count in
      try tokens.indices.dropLast(count - 1).compactMap { i in
        let run = i..<(i + count)
        guard !tokens[run].contains("") else { return nil }
        let word = tokens[run].joined()
        let frequency = try frequency(ofGuess: word)
        // Only names are written as one word of three.
        if count == 3 { return frequency[.name] > 0 ? (run, .phrase([word], in: [.name])) : nil }
        return frequency.sum > 0 ? (run, .phrase([word])) : nil
      }
    }
  }

  /// Names of cities, each with all of its other names, in locations.
  private static func places(_ tokens: [String]) -> [(Range<Int>, IndexQuery)] {
    let rewrites = PlaceAliases.rewrites(of: tokens)
    if rewrites.isEmpty { return [] }
    let names = Dictionary(grouping: rewrites, by: \.range)
    return names.sorted { ($0.key.lowerBound, -$0.key.count) < ($1.key.lowerBound, -$1.key.count) }.map {
      ($0.key, .any($0.value.map { .phrase($0.replacement, in: [.location]) }))
    }
  }

  // MARK: - Initials

  /// The query of a text with single letters as initials, before the candidates in whom the letters occur elsewhere;
  /// none for any other text.
  func lettersAsInitials(of text: RankedText) -> [IndexQuery] {
    guard options.findsVariants, !text.isPrefix, text.units.contains(where: \.isLetter) else { return [] }
    let queries = Self.initials(of: text)
    return queries.isEmpty ? [] : [.any(queries)]
  }

  /// The queries of candidates whose first names have these initials: `J Smith`, `JR Patel`, `Smith J`.
  private static func initials(of text: RankedText) -> [IndexQuery] {
    guard text.units.count > 1, !text.units.contains(where: { $0.isPhrase || $0.isPrefix }) else { return [] }
    let tokens = text.words.flatMap(\.tokens)
    let leading = tokens.prefix { $0.count == 1 }.joined()
    var terms: [IndexQuery] = []
    if !leading.isEmpty {
      terms.append(initialsTerm(leading, tokens.dropFirst(leading.count)))
    } else if tokens[0].count <= NameFilterTerms.maximumInitials {
      terms.append(initialsTerm(tokens[0], tokens.dropFirst()))
    }
    let trailing = tokens.suffix(from: tokens.lastIndex { $0.count > 1 }.map { $0 + 1 } ?? 0).joined()
    if !trailing.isEmpty, leading.isEmpty {
      terms.append(initialsTerm(trailing, tokens.dropLast(trailing.count)))
    }
    if let term = middleInitials(tokens) { terms.append(term) }
    return terms.filter { $0 != .nothing }
  }

  /// The query of a first name and the initials of others: `José P Cassiano`.
  private static func middleInitials(_ tokens: [String]) -> IndexQuery? {
    guard let first = tokens.first, first.count > 1, first.startsWithInitial else { return nil }
    let letters = tokens.dropFirst().prefix { $0.isInitial }
    let term = initialsTerm(String(first.prefix(1)) + letters.joined(), tokens.dropFirst(1 + letters.count))
    return letters.isEmpty ? nil : .all([.phrase([first], in: [.name]), term])
  }

  private static func initialsTerm(_ initials: String, _ name: ArraySlice<String>) -> IndexQuery {
    if name.isEmpty || initials.count > NameFilterTerms.maximumInitials { return .nothing }
    return .term(FilterTerm(.initials, ([initials] + name).joined(separator: " ")))
  }

  /// The maximum number of words of a name.
  private static let maximumNameLength = 8

  /// The query of candidates whose record contains only the initial of one of the first names: `John Smith` finds J.
  /// Smith. The words must be the whole name: otherwise any middle initial would do for a surname.
  static func shortenedNames(of text: RankedText, where isIncluded: (Int) -> Bool) -> [IndexQuery] {
    guard (2...maximumNameLength).contains(text.units.count) else { return [] }
    let tokens = text.units.compactMap(\.token)
    guard tokens.count == text.units.count else { return [] }
    let shortened = tokens.indices.flatMap { i -> [[String]] in
      let others = text.units[..<i] + text.units[(i + 1)...]
      guard isIncluded(i), tokens[i].count > 1, tokens[i].startsWithInitial,
        others.allSatisfy({ $0.field == .name })
      else { return [] }
      var name = tokens
      name[i] = String(tokens[i].prefix(1))
      // A name is also typed family name first.
      return i == 0 ? [name] : i == tokens.count - 1 ? [[name[i]] + name.dropLast()] : [name]
    }
    return shortened.map { .term(FilterTerm(.name, $0.joined(separator: " "))) }
  }
}
