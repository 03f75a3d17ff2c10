import CandidateModel
import CandidateQuery
import NameVariants
import TextAnalysis

/// Why the tiers `variant` and `initials` found a candidate: for each typed word that the candidate lacks, the rule by which
/// another word of the candidate matches it (`QueryExpansion`).
///
/// It is computed from the query and the candidate alone. Linear in the length of the candidate's values; then at most
/// `RankedText.maximumRankedTokens` words are looked up, each in at most some sixty other forms.
struct VariantReason {
  /// The maximum number of reasons that are stated.
  private static let maximumReasons = 3

  private let text: RankedText
  private let options: ExpansionOptions
  private let candidate: CandidateWords
  /// The token of each unit; empty for a unit that has several.
  private let tokens: [String]
  /// Each unit as it was typed.
  private let typed: [String]
  /// The words of the first name of which an initial was typed.
  private var initials: Set<Int> = []

  /// The reasons, at most three; nil if no rule can be told.
  static func text(of text: RankedText, _ options: ExpansionOptions, in candidate: Candidate) -> String? {
    var reason = VariantReason(text: text, options, candidate)
    let reasons = reason.reasons().prefix(maximumReasons)
    return reasons.isEmpty ? nil : reasons.joined(separator: "; ")
  }

  private init(text: RankedText, _ options: ExpansionOptions, _ candidate: Candidate) {
    self.text = text
    self.options = options
    self.candidate = CandidateWords(candidate)
    tokens = text.units.map { $0.token ?? "" }
    typed = Self.typedUnits(of: text)
  }

  private static func typedUnits(of text: RankedText) -> [String] {
    let analyzed = Analyzer.analyze(text.typed, withOffsets: true)
    let utf8 = Array(text.typed.utf8)
    var words = analyzed.words == text.words ? analyzed.offsets.map(\.word)[...] : []
    return text.units.map { unit in
      let ranges = words.prefix(unit.words.count)
      words = words.dropFirst(unit.words.count)
      guard let first = ranges.first, let last = ranges.last else {
        return unit.words.flatMap(\.tokens).joined(separator: " ")
      }
      return String(decoding: utf8[first.lowerBound..<last.upperBound], as: UTF8.self).onOneLine.cut
    }
  }

  /// The reasons in the order of the query.
  private mutating func reasons() -> [String] {
    var isExplained = text.units.map(isContained)
    var found: [(place: Int, reason: String)] = []
    if options.findsVariants {
      for (range, reason) in runs() where range.contains(where: { !isExplained[$0] }) {
        for i in range { isExplained[i] = true }
        found.append((range.lowerBound, reason))
      }
    }
    for i in tokens.indices where !isExplained[i] {
      if let reason = reason(of: i) { found.append((i, reason)) }
    }
    var reasons: [String] = []
    for (_, reason) in found.sorted(by: { $0.place < $1.place }) where !reasons.contains(reason) {
      reasons.append(reason)
    }
    return reasons
  }

  /// Whether the candidate contains a unit as typed. A letter that is no word of the name may be an initial.
  private func isContained(_ unit: RankedText.Unit) -> Bool {
    unit.spellings.contains {
      candidate.written($0, isPrefix: unit.isPrefix, in: unit.isLetter ? [.name] : []) != nil
    }
  }

  // MARK: - Runs of words

  /// The runs of words that the candidate contains otherwise, the longest of each place first.
  private func runs() -> [(Range<Int>, String)] {
    var runs: [(Range<Int>, String)] = []
    for rewrite in TitleAbbreviations.rewrites(of: tokens) {
      guard let written = candidate.written(rewrite.replacement, in: [.title, .tag]) else { continue }
      runs.append((rewrite.range, Self.short(typed(rewrite.range), for: written)))
    }
    if tokens.count > 1 {
      for rewrite in LegalForms.rewrites(of: tokens) {
        guard let written = candidate.written(rewrite.replacement, in: [.company]) else { continue }
        runs.append((rewrite.range, Self.spelling(written)))
      }
    }
    for rewrite in PlaceAliases.rewrites(of: tokens) {
      guard let written = candidate.written(rewrite.replacement, in: [.location]) else { continue }
      runs.append((rewrite.range, "\(typed(rewrite.range)) is \(written)"))
    }
    for reading in Romanization.readings(of: text.words.flatMap(\.tokens)) {
      let written = reading.compactMap { word in
        word.spellings.lazy.compactMap { candidate.written([$0], in: [.name]) }.first
      }
      guard written.count == reading.count else { continue }
      runs.append((text.units.indices, Self.spelling(written.joined(separator: " "))))
    }
    for count in [3, 2] {
      for i in tokens.indices.dropLast(count - 1) where !tokens[i..<(i + count)].contains("") {
        let word = tokens[i..<(i + count)].joined()
        guard let written = candidate.written([word], in: count == 3 ? [.name] : []) else { continue }
        runs.append((i..<(i + count), Self.spelling(written)))
      }
    }
    return runs
  }

  private func typed(_ range: Range<Int>) -> String { typed[range].joined(separator: " ") }

  // MARK: - Single words

  private mutating func reason(of i: Int) -> String? {
    let token = tokens[i]
    if token.isEmpty { return options.findsVariants ? reasonOfParts(i) : nil }
    if options.findsVariants {
      let reason =
        name(token, typed[i]) ?? spelling(token).map(Self.spelling) ?? inflection(i) ?? initial(i)
      if let reason { return reason }
      // A letter that is no initial.
      if text.units[i].isLetter, candidate.written([token]) != nil { return nil }
    }
    if let reason = longer(token, typed[i], at: i) { return reason }
    guard options.findsVariants else { return nil }
    return shortened(i) ?? leftOut(i)
  }

  /// A name of several parts: `popov-karpov`.
  private func reasonOfParts(_ i: Int) -> String? {
    let unit = text.units[i]
    guard !unit.isPhrase, !unit.isPrefix, let tokens = unit.words.first?.tokens else { return nil }
    let missing = tokens.filter { candidate.written([$0], in: [.name]) == nil }
    return missing.lazy.compactMap { name($0, $0) }.first ?? name(tokens.joined(), typed[i])
      ?? tokens.last.flatMap { missing.contains($0) ? longer($0, $0, at: i, in: [.name]) : nil }
  }

  /// A word that begins with the last one.
  private func longer(_ token: String, _ typed: String, at i: Int, in columns: [TextColumn] = []) -> String? {
    guard options.completesLastWord, i == tokens.count - 1 else { return nil }
    return candidate.written([token], isPrefix: true, in: columns).map { "begins with \(typed): \($0)" }
  }

  /// Another name of a person with this name.
  private func name(_ token: String, _ typed: String) -> String? {
    for other in Nicknames.alternatives(of: token) {
      guard let written = candidate.written([other], in: [.name]) else { continue }
      if Nicknames.areSpellings(token, other) { return Self.spelling(written) }
      return Nicknames.isForm(token, of: other)
        ? Self.form(typed, of: written) : Self.form(written, of: typed)
    }
    let latin = Romanization.latin(token).lazy.compactMap { candidate.written([$0], in: [.name]) }.first
    if let latin { return Self.spelling(latin) }
    guard let skeleton = Romanization.skeleton(token) else { return nil }
    return candidate.foreignNames.first { $0.skeletons.contains(skeleton) }.map { Self.spelling($0.written) }
  }

  /// Another spelling of a word, or the word in parts.
  private func spelling(_ token: String) -> String? {
    for other in Romanization.umlautSpellings(token) {
      if let written = candidate.written([other]) { return written }
    }
    guard token.utf8.count <= Tokenizer.maximumTokenLength else { return nil }
    for place in token.indices.dropFirst() {
      if let written = candidate.written([String(token[..<place]), String(token[place...])]) {
        return written
      }
    }
    return QueryExpansion.surnameParts(token).lazy.compactMap { candidate.written($0, in: [.name]) }.first
  }

  private func inflection(_ i: Int) -> String? {
    let inflections = Inflections()
    guard text.units[i].frequency.mostFrequentColumn != .name,
      let beginning = inflections.commonBeginning(of: tokens[i])
    else { return nil }
    let columns = QueryExpansion.inflectedColumns
    let words = candidate.tokens(beginningWith: beginning, in: columns)
    return inflections.forms(of: tokens[i], among: words).lazy
      .compactMap { candidate.written([$0], in: columns) }.first.map { "\(typed[i]): also \($0)" }
  }

  // MARK: - Initials

  /// A letter, or up to three of them in one word, as the initials of first names.
  private mutating func initial(_ i: Int) -> String? {
    let letters = Array(tokens[i])
    let names = candidate.firstNames
    guard text.units.count > 1, letters.count <= NameFilterTerms.maximumInitials else { return nil }
    if letters.count == 1 {
      let place = names.indices.first { !initials.contains($0) && names[$0].isLonger(than: letters[0]) }
      guard let place else { return nil }
      initials.insert(place)
      return Self.initial(typed[i], of: names[place].written)
    }
    guard i == 0 || i == tokens.count - 1, names.count >= letters.count,
      zip(names, letters).allSatisfy({ $0.token.first == $1 })
    else { return nil }
    let written = names.prefix(letters.count).map(\.written).joined(separator: " ")
    return "\(typed[i]) are the initials of \(written)"
  }

  /// A first name of which the candidate has only the initial.
  private func shortened(_ i: Int) -> String? {
    guard text.units.count > 1, tokens[i].count > 1, tokens[i].startsWithInitial,
      let written = candidate.written([String(tokens[i].prefix(1))], in: [.name])
    else { return nil }
    return Self.initial(written, of: typed[i])
  }

  // MARK: - Words that are left out

  private func leftOut(_ i: Int) -> String? {
    guard tokens.count > 1, let kept = QueryExpansion.withoutStopWords(tokens), !kept.contains(i) else {
      return nil
    }
    return "without \(typed[i])"
  }

  // MARK: - Sentences

  private static func spelling(_ written: String) -> String { "also written \(written)" }
  private static func initial(_ letter: String, of name: String) -> String {
    "\(letter) is an initial of \(name)"
  }
  /// A form of a name, which is not always shorter: Johnny.
  private static func form(_ form: String, of name: String) -> String {
    form.count < name.count ? "\(form) is short for \(name)" : "\(form) is a form of \(name)"
  }
  /// An abbreviation and its expansion: the shorter of both is the abbreviation.
  private static func short(_ a: String, for b: String) -> String {
    let (short, long) = a.count < b.count ? (a, b) : (b, a)
    return "\(short) is short for \(long)"
  }
}

extension CandidateWords.NameWord {
  fileprivate func isLonger(than initial: Character) -> Bool { token.count > 1 && token.first == initial }
}
