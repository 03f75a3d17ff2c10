import CandidateQuery

/// Counts terms within a scope with a filter, for which the index stores no term statistics: by queries, whose results are
/// remembered for one generation of the postings.
///
/// Nothing that it returns depends on other candidates. The statistics of the whole index are upper bounds, by which terms
/// are skipped that cannot be in the result.
struct ScopedCounts {
  let snapshot: any IndexSnapshot
  let scope: ResolvedScope
  let cancellation: Cancellation

  /// What was counted in a scope, for all readers of one generation of the postings. Safe to use from many threads.
  final class Cache: Sendable {
    fileprivate struct State: Sendable {
      var candidates: Int?
      var frequencies: [String: Sampled] = [:]
      /// The exact frequencies of terms that were counted in a sample.
      var exact: [String: TermFrequency] = [:]
      var completions: [Completion: [CountedTerm]] = [:]
    }

    fileprivate let state = GenerationScoped(State())

    /// The maximum number of frequencies that are remembered, and of lists of completions.
    fileprivate static let maximumFrequencies = 5_000
    fileprivate static let maximumCompletions = 100
  }

  /// A frequency, and whether all candidates of the scope with the term were counted.
  fileprivate struct Sampled: Sendable {
    var frequency = TermFrequency()
    var isExact = true
  }

  fileprivate struct Completion: Hashable, Sendable {
    let prefix: String
    let columns: [TextColumn]
    let limit: Int
  }

  /// A term is counted in at most this many candidates of the scope that contain it, the most recent ones. It is 0 only
  /// for a term that does not occur.
  static let sampleSize = 1_000
  /// At most this many candidates are counted.
  static let maximumCandidates = 10_000
  /// The number of terms that are looked for at once.
  private static let termsPerQuery = 32

  /// The number of candidates in the scope, at most `maximumCandidates`.
  func candidateCount() throws -> Int {
    try remembered {
      $0.candidates
    } orMake: {
      try snapshot.docids(of: scope.filter, from: .min, limit: Self.maximumCandidates).count
    } store: {
      $0.candidates = $1
    }
  }

  /// The document frequency of a term by column: exact, or of the most recent `sampleSize` candidates of the scope that
  /// contain the term. Takes one query, and one more for each column if there are several.
  func frequency(of term: String) throws -> TermFrequency { try sampled(term).frequency }

  /// The document frequency of a term by column. Its cost grows with it.
  func exactFrequency(of term: String) throws -> TermFrequency {
    let sampled = try sampled(term)
    if sampled.isExact { return sampled.frequency }
    return try remembered {
      $0.exact[term]
    } orMake: {
      try columns(of: term).reduce(into: TermFrequency()) { frequency, column in
        try cancellation.check()
        frequency[column] = try snapshot.count(of: query(term, [column]))
      }
    } store: { state, frequency in
      if state.exact.count >= Cache.maximumFrequencies { state.exact.removeAll(keepingCapacity: true) }
      state.exact[term] = frequency
    }
  }

  private func sampled(_ term: String) throws -> Sampled {
    try remembered {
      $0.frequencies[term]
    } orMake: {
      try cancellation.check()
      let columns = try columns(of: term)
      if columns.isEmpty { return Sampled() }
      let docids = try snapshot.docids(of: query(term, columns), from: .min, limit: Self.sampleSize)
      guard let first = docids.first, let last = docids.last else { return Sampled() }
      var sampled = Sampled(isExact: docids.count < Self.sampleSize)
      if columns.count == 1 {
        sampled.frequency[columns[0]] = docids.count
      } else {
        let range = IndexQuery.record(.docids(first.value...last.value))
        for column in columns {
          sampled.frequency[column] = try snapshot.count(of: .all([query(term, [column]), range]))
        }
      }
      return sampled
    } store: { state, sampled in
      if state.frequencies.count >= Cache.maximumFrequencies {
        state.frequencies.removeAll(keepingCapacity: true)
      }
      state.frequencies[term] = sampled
    }
  }

  /// The counted columns in which the term occurs anywhere in the index.
  private func columns(of term: String) throws -> [TextColumn] {
    let frequency = try snapshot.frequency(of: term, includesPrivate: scope.scope.includesPrivate)
    return TextColumn.counted.filter { frequency[$0] > 0 }
  }

  private func query(_ term: String, _ columns: [TextColumn]) -> IndexQuery {
    .all([.phrase([term], in: columns), scope.filter])
  }

  /// The terms with a prefix in some columns, the most frequent in the scope first, at most `limit`, with their exact
  /// counts.
  ///
  /// The terms are counted in descending order of their frequency in the index, until those that remain are less frequent
  /// than the last one of the result: in the worst case all terms of the index with the prefix, of which those outside of
  /// the scope are skipped `termsPerQuery` at a time.
  func completions(of prefix: String, in columns: [TextColumn], limit: Int) throws -> [CountedTerm] {
    guard limit > 0 else { return [] }
    let key = Completion(prefix: prefix, columns: columns, limit: limit)
    return try remembered {
      $0.completions[key]
    } orMake: {
      try count(completions: key)
    } store: { state, completions in
      if state.completions.count >= Cache.maximumCompletions {
        state.completions.removeAll(keepingCapacity: true)
      }
      state.completions[key] = completions
    }
  }

  private func count(completions key: Completion) throws -> [CountedTerm] {
    let terms = try snapshot.completions(
      of: key.prefix, in: key.columns, limit: .max, includesPrivate: scope.scope.includesPrivate)
    var found: [CountedTerm] = []
    /// The highest counts, descending, at most as many as completions are wanted.
    var highest: [Int] = []
    for start in stride(from: 0, to: terms.count, by: Self.termsPerQuery) {
      try cancellation.check()
      let chunk = terms[start..<min(start + Self.termsPerQuery, terms.count)]
      if start > 0, try isOutside(chunk.map(\.term), key.columns) { continue }
      for term in chunk {
        if highest.count == key.limit, let last = highest.last, term.count < last {
          return Array(found.mostFrequentFirst.prefix(key.limit))
        }
        let frequency = try exactFrequency(of: term.term)
        let count = key.columns.reduce(0) { $0 + frequency[$1] }
        if count == 0 { continue }
        found.append(CountedTerm(term: term.term, count: count))
        highest.insert(count, at: highest.firstIndex { $0 < count } ?? highest.count)
        if highest.count > key.limit { highest.removeLast() }
      }
    }
    return Array(found.mostFrequentFirst.prefix(key.limit))
  }

  /// Whether none of some terms occurs in the scope.
  private func isOutside(_ terms: [String], _ columns: [TextColumn]) throws -> Bool {
    let any = IndexQuery.any(terms.map { .phrase([$0], in: columns) })
    return try snapshot.docids(of: .all([any, scope.filter]), from: .min, limit: 1).isEmpty
  }

  // MARK: - Remembering

  private func remembered<Value: Sendable>(
    _ read: (Cache.State) -> Value?, orMake make: () throws -> Value,
    store: (inout Cache.State, Value) -> Void
  ) throws -> Value {
    let generation = try snapshot.generation()
    if let known = scope.counts.state.withState(of: generation, { read($0) }) ?? nil { return known }
    let value = try make()
    _ = scope.counts.state.withState(of: generation) { store(&$0, value) }
    return value
  }
}
