import TextAnalysis

/// The phrases that the synonyms of an index replace, by their tokens. Looking up a text costs one look-up a word, and
/// a few more at each word with which a phrase begins, however many rules there are.
struct SynonymTable: Sendable {
  /// A phrase of a rule.
  private struct Entry: Hashable {
    let rule: Int
    let phrase: Int
  }

  private let rules: [SynonymRule]
  /// The phrases that stand for others, by each of their spellings.
  private var entries: [String: [Entry]] = [:]
  /// The first tokens of all spellings.
  private var firstTokens: Set<String> = []
  /// The number of tokens of the longest spelling.
  private var maximumTokens = 0

  /// Whether no phrase is replaced.
  var isEmpty: Bool { entries.isEmpty }

  init(_ synonyms: Synonyms) {
    rules = synonyms.rules
    for (i, rule) in rules.enumerated() {
      for j in rule.isOneWay ? 0..<1 : rule.phrases.indices {
        for spelling in TextQuery.spellings(of: rule.phrases[j]) {
          entries[Self.key(spelling), default: []].append(Entry(rule: i, phrase: j))
          firstTokens.insert(spelling[0])
          maximumTokens = max(maximumTokens, spelling.count)
        }
      }
    }
  }

  private static func key(_ tokens: [String]) -> String { tokens.joined(separator: " ") }

  /// The runs of words that are phrases of rules, the longest first. Runs may overlap.
  ///
  /// - Parameter words: nil where no run may be.
  func runs(in words: [Word?], of target: TextTarget = .anywhere) -> [SynonymRun] {
    if isEmpty { return [] }
    return words.indices.flatMap { runs(in: words, from: $0, target) }
      .sorted { (-$0.range.count, $0.range.lowerBound) < (-$1.range.count, $1.range.lowerBound) }
  }

  private func runs(in words: [Word?], from start: Int, _ target: TextTarget) -> [SynonymRun] {
    var runs: [SynonymRun] = []
    var typed: [Word] = []
    var spellings: [[String]] = [[]]
    for end in start..<words.count {
      guard let word = words[end] else { break }
      typed.append(word)
      spellings = TextQuery.combinations(of: [spellings, word.forms]).map { $0.flatMap(\.self) }
        .filter { $0.count <= maximumTokens && firstTokens.contains($0[0]) }
      if spellings.isEmpty { break }
      var replacements: [[Word]] = []
      for entry in spellings.flatMap({ entries[Self.key($0)] ?? [] }) {
        for phrase in rules[entry.rule].replacements(of: entry.phrase)
        where phrase != typed && !replacements.contains(phrase) { replacements.append(phrase) }
      }
      if !replacements.isEmpty {
        runs.append(
          SynonymRun(range: start..<(end + 1), typed: typed, replacements: replacements, target: target))
      }
    }
    return runs
  }
}

/// A run of typed words, and the phrases that can replace it.
struct SynonymRun {
  let range: Range<Int>
  let typed: [Word]
  let replacements: [[Word]]
  /// Where the words were typed to occur, and where the phrases must.
  let target: TextTarget

  /// The query of any of the phrases.
  var query: IndexQuery { .any(replacements.map(query(of:))) }

  /// The query of one of the phrases.
  func query(of phrase: [Word]) -> IndexQuery { TextQuery.phrase(phrase, in: target) }

  func overlaps(_ other: SynonymRun) -> Bool { range.overlaps(other.range) }
}

extension [SynonymRun] {
  /// The runs without those that overlap an earlier one.
  var withoutOverlaps: [SynonymRun] {
    reduce(into: []) { kept, run in if !kept.contains(where: run.overlaps) { kept.append(run) } }
  }

  /// The conjunctions of words with these runs replaced: the first with each run replaced or not, except those that
  /// overlap an earlier one; then one for each of these, with it replaced. They contain each word and each phrase of a
  /// rule a few times, not once for each combination.
  func replaced(in words: [IndexQuery]) -> [IndexQuery] {
    let first = withoutOverlaps
    let others = filter { run in !first.contains { $0.range == run.range } }
    return [first.conjunction(of: words)]
      + others.map { run in
        .all([first.filter { !$0.overlaps(run) }.conjunction(of: words, outside: run.range), run.query])
      }
  }

  /// The conjunction of the words outside of a range, with each of these runs replaced or not.
  private func conjunction(of words: [IndexQuery], outside range: Range<Int> = 0..<0) -> IndexQuery {
    let kept = words.indices.filter { i in !range.contains(i) && !contains { $0.range.contains(i) } }
    let replaced = map { run in IndexQuery.any([.all([IndexQuery](words[run.range])), run.query]) }
    return .all(kept.map { words[$0] } + replaced)
  }
}

extension Synonyms {
  /// The synonyms that an index stores.
  init(_ snapshot: any IndexSnapshot) throws { self.init(stored: try snapshot.text(.synonyms) ?? "") }
}
