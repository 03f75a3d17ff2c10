import TextAnalysis

/// Queries for words.
enum TextQuery {
  /// The maximum number of spellings of a phrase; with more, only the usual one is searched.
  static let maximumSpellings = 8

  /// The query of a text's words in a target; nil without words.
  static func match(_ analyzed: AnalyzedQueryText, in target: TextTarget) -> IndexQuery? {
    let (words, isPrefix) = (analyzed.words, analyzed.text.isPrefix)
    guard !words.isEmpty else { return nil }
    if analyzed.isPhrase { return phrase(words, isPrefix: isPrefix, in: target) }
    let last = words.count - 1
    let single = words.enumerated().map { i, word in
      phrase([word], isPrefix: isPrefix && i == last, in: target)
    }
    return .all(joiningInitials(of: words, single, isPrefix: isPrefix, in: target))
  }

  /// `J. R. Patel` also finds JR Patel: single letters in a row may be one token.
  private static func joiningInitials(
    of words: [Word], _ single: [IndexQuery], isPrefix: Bool, in target: TextTarget
  ) -> [IndexQuery] {
    var queries: [IndexQuery] = []
    var next = 0
    for run in Initials.runs(in: words) where !(isPrefix && run.upperBound == words.count - 1) {
      queries += single[next..<run.lowerBound]
      queries.append(
        .any([.all(Array(single[run])), target.phrase([Initials.joined(words[run])], isPrefix: false)]))
      next = run.upperBound + 1
    }
    return queries + single[next...]
  }

  /// The query of consecutive words, each in any of its forms.
  static func phrase(_ words: [Word], isPrefix: Bool = false, in target: TextTarget = .anywhere) -> IndexQuery
  {
    .any(spellings(of: words).map { target.phrase($0, isPrefix: isPrefix) })
  }

  /// The query of consecutive tokens in one of some fields, by the terms of word pairs where a field has them: two
  /// tokens are one term, and more are looked for where all of their pairs occur.
  static func adjacent(_ tokens: [String], in fields: [TextColumn]) -> IndexQuery {
    let single = tokens.flatMap { $0.split(separator: " ").map(String.init) }
    var plain: [TextColumn] = []
    var queries: [IndexQuery] = []
    for field in fields {
      guard let kind = field.wordPairs, let pairs = FilterTerm.pairs(kind, single) else {
        plain.append(field)
        continue
      }
      let phrase = pairs.count > 1 ? [IndexQuery.phrase(tokens, in: [field])] : []
      queries.append(.all(pairs.map(IndexQuery.term) + phrase))
    }
    return .any(queries + (plain.isEmpty ? [] : [.phrase(tokens, in: plain)]))
  }

  /// The spellings of consecutive words, each a run of tokens.
  static func spellings(of words: [Word]) -> [[String]] {
    if words.count == 1 {
      let forms = words[0].forms
      return forms.count > maximumSpellings ? [forms[0]] : forms
    }
    return combinations(of: words.map(\.forms)).map { $0.flatMap(\.self) }
  }

  /// All combinations of one element of each list; of more than `maximumSpellings`, only the one of first elements.
  static func combinations<Element>(of lists: [[Element]]) -> [[Element]] {
    let count = lists.reduce(1) { min($0 * $1.count, maximumSpellings + 1) }
    guard count <= maximumSpellings else { return [lists.map { $0[0] }] }
    return lists.reduce(into: [[]]) { combinations, list in
      if list.count == 1 {
        // Most lists have one element: nothing is copied.
        for i in combinations.indices { combinations[i].append(list[0]) }
      } else {
        combinations = combinations.flatMap { combination in list.map { combination + [$0] } }
      }
    }
  }

  // MARK: - Single letters

  /// The columns of the words of which a single letter is hardly ever an initial: the company `Lopez, S.L.`
  private static let columnsWithoutInitials: [TextColumn] = [.company, .title, .tag]

  /// The query of a single letter, which is an initial or a whole tag (`C`, `R`).
  static func letter(_ token: String) -> IndexQuery {
    .any([
      .phrase([token], in: TextColumn.allCases.filter { !columnsWithoutInitials.contains($0) }),
      .term(FilterTerm(.tag, token)),
    ])
  }

  /// The query of words with single letters that all occur in one field: `C developer` finds Senior C Developer.
  static func besideLetters(_ spellings: [[[String]]], isPrefix: Bool) -> IndexQuery {
    .any(combinations(of: spellings).map { .together($0, isPrefix: isPrefix, in: columnsWithoutInitials) })
  }
}

extension String {
  /// Whether a folded token is a single Latin, Greek, Cyrillic or Armenian letter.
  var isInitial: Bool { unicodeScalars.count == 1 && startsWithInitial }

  /// Whether a folded token begins with a letter of a script with initials.
  var startsWithInitial: Bool {
    guard let first = unicodeScalars.first else { return false }
    return ("a"..."z").contains(first) || (0xC0..<0x590).contains(first.value)
  }
}
