import CandidateQuery
import TextAnalysis

/// The term statistics of the candidates within a scope, as one search reads them.
struct TermStatistics {
  let snapshot: any IndexSnapshot
  let scope: ResolvedScope
  /// Checked at each look-up.
  var cancellation = Cancellation.never

  /// Counts terms in a scope with a filter; nil for others, of which the index stores the counts.
  private var counts: ScopedCounts? {
    scope.hasFilter ? ScopedCounts(snapshot: snapshot, scope: scope, cancellation: cancellation) : nil
  }
  private var includesPrivate: Bool { scope.scope.includesPrivate }

  /// The number of candidates; in a scope with a filter at most `ScopedCounts.maximumCandidates`.
  func candidateCount() throws -> Int {
    try counts?.candidateCount() ?? storedFrequency(of: "")[.name]
  }

  /// The document frequency of a token by column; in a scope with a filter perhaps of a sample (`ScopedCounts`).
  func frequency(ofToken token: String) throws -> TermFrequency {
    try cancellation.check()
    return try counts?.frequency(of: token) ?? storedFrequency(of: token)
  }

  /// The stored frequency of a term, memoised; for the empty term, the number of candidates.
  private func storedFrequency(of term: String) throws -> TermFrequency {
    try scope.frequencies.value(of: term, in: snapshot) {
      try snapshot.frequency(of: term, includesPrivate: includesPrivate)
    }
  }

  /// The exact document frequency of a token by column. In a scope with a filter, the cost grows with it.
  func exactFrequency(ofToken token: String) throws -> TermFrequency {
    try counts?.exactFrequency(of: token) ?? frequency(ofToken: token)
  }

  /// An upper bound of the document frequency of a word in any of its forms, by column.
  func frequency(of word: Word) throws -> TermFrequency {
    try word.forms.reduce(TermFrequency()) { sum, form in
      guard let first = form.first else { return sum }
      let all = try form.dropFirst().reduce(frequency(ofToken: first)) {
        try $0.both(frequency(ofToken: $1))
      }
      return sum.either(all)
    }
  }

  /// The query of the candidates of the scope with an id, or with it in lower case: at most one for each connector.
  func candidates(id: String) throws -> IndexQuery {
    try cancellation.check()
    let all = try snapshot.docids(id: id).map { IndexQuery.record(.docids($0.value...$0.value)) }
    return .any(
      try scope.filter == .everything
        ? all
        : all.filter { try !snapshot.docids(of: .all([$0, scope.filter]), from: .min, limit: 1).isEmpty })
  }

  /// Whether it is known without an evaluation that no candidate of the scope matches a query: two of its conditions
  /// contradict, or one is a word that by the stored counts occurs in none of the fields in which it is wanted. Words are not
  /// looked up in a scope with a filter, where counting takes longer than evaluating the query.
  func showNoMatch(of query: IndexQuery) throws -> Bool {
    switch query {
    case .phrase(let tokens, isPrefix: false, let columns):
      guard !scope.hasFilter, tokens.count == 1, !tokens[0].holds(" "), !columns.isEmpty,
        columns.allSatisfy(TextColumn.counted.contains)
      else { return false }
      let frequency = try frequency(ofToken: tokens[0])
      return columns.allSatisfy { frequency[$0] == 0 }
    case .and(let parts): return try Self.contradict(parts) || parts.contains(where: showNoMatch)
    default: return query == .nothing
    }
  }

  /// The maximum number of alternatives of which each is looked up.
  private static let maximumMissing = 8

  /// Whether it is known without reading posting lists that no candidate matches a query: every candidate that matches would
  /// contain a word that occurs nowhere.
  func needsMissingWord(_ query: IndexQuery) throws -> Bool {
    switch query {
    case .nothing: return true
    case .phrase(let tokens, isPrefix: true, _) where tokens.count == 1:
      return try isMissing(prefix: tokens[0])
    case .phrase(let tokens, let isPrefix, _):
      let whole = isPrefix ? tokens.dropLast() : tokens[...]
      return try whole.contains(where: isMissing(token:))
    case .together(let phrases, let isPrefix, _):
      let whole = isPrefix ? phrases.dropLast() : phrases[...]
      return try whole.contains { try $0.contains(where: isMissing(token:)) }
    case .and(let parts): return try parts.contains(where: needsMissingWord)
    case .or(let parts): return try parts.count <= Self.maximumMissing && parts.allSatisfy(needsMissingWord)
    case .everything, .record, .not: return false
    }
  }

  private func isMissing(token: String) throws -> Bool {
    // Several words.
    if token.holds(" ") { return false }
    let isCounted = !scope.hasFilter && token.unicodeScalars.first != FilterTerm.separator
    if isCounted, try storedFrequency(of: token).sum > 0 { return false }
    try cancellation.check()
    return try scope.missingTerms.value(of: token, in: snapshot) {
      try snapshot.lacks(term: token, isPrefix: false)
    }
  }

  private func isMissing(prefix: String) throws -> Bool {
    if prefix.holds(" ") { return false }
    try cancellation.check()
    return try scope.missingPrefixes.value(of: prefix, in: snapshot) {
      try snapshot.lacks(term: prefix, isPrefix: true)
    }
  }

  /// The terms of each flag, of which every candidate has one.
  private static let flags: [[IndexQuery]] = IndexSchema.fields.compactMap { row in
    guard case .flag(let prefix) = row.filter else { return nil }
    return [true, false, nil].map { .term(.flag(prefix, $0)) }
  }

  /// Whether two conditions want different values of one flag, or one is the negation of another.
  private static func contradict(_ conditions: [IndexQuery]) -> Bool {
    flags.contains { terms in terms.count(where: conditions.contains) > 1 }
      || conditions.contains { if case .not(let part) = $0 { conditions.contains(part) } else { false } }
  }

  /// The terms with a prefix, in some columns or in all, the most frequent first, at most `limit`. Its cost grows with
  /// the number of such terms.
  func completions(
    of prefix: String, in columns: [TextColumn] = TextColumn.counted, limit: Int
  ) throws -> [CountedTerm] {
    try cancellation.check()
    if prefix.isEmpty { return [] }
    return try counts?.completions(of: prefix, in: columns, limit: limit)
      ?? snapshot.completions(of: prefix, in: columns, limit: limit, includesPrivate: includesPrivate)
  }
}

extension IndexQuery {
  /// The maximum number of terms that replace a prefix.
  private static let maximumCompletions = 256

  /// The query with docids in place of an id, and with terms in place of a prefix where the term statistics contain all
  /// of them and they are few: an engine may first merge the postings of all terms with a prefix, however few are
  /// wanted. In a scope with a filter, prefixes remain: counting the terms takes longer.
  func completed(from statistics: TermStatistics) throws -> IndexQuery {
    switch self {
    case .phrase(let tokens, isPrefix: true, let fields) where tokens.count == 1 && !fields.isEmpty:
      guard !statistics.scope.hasFilter, fields.allSatisfy(TextColumn.counted.contains) else { return self }
      let words = try statistics.completions(of: tokens[0], in: fields, limit: Self.maximumCompletions + 1)
      return words.count > Self.maximumCompletions ? self : .any(words.map { .phrase([$0.term], in: fields) })
    case .and(let parts): return .all(try parts.map { try $0.completed(from: statistics) })
    case .or(let parts): return .any(try parts.map { try $0.completed(from: statistics) })
    case .not(let part): return .none(of: try part.completed(from: statistics))
    // Candidates are found by their ids; the postings are then read at their docids alone.
    case .record(.id(let id)): return try statistics.candidates(id: id)
    case .everything, .nothing, .phrase, .together, .record: return self
    }
  }
}
