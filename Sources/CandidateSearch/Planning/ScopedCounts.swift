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
    fileprivate let candidates: GenerationMemo<Bool, Int>
    fileprivate let frequencies: GenerationMemo<String, Sampled>
    /// The exact frequencies of terms that were counted in a sample.
    fileprivate let exact: GenerationMemo<String, TermFrequency>
    fileprivate let completions: GenerationMemo<Completion, [CountedTerm]>

    /// - Parameter isEnabled: Whether counts stay the same for a generation.
    init(isEnabled: Bool) {
      candidates = GenerationMemo(maximumCount: isEnabled ? 1 : 0)
      frequencies = GenerationMemo(maximumCount: isEnabled ? 5_000 : 0)
      exact = GenerationMemo(maximumCount: isEnabled ? 5_000 : 0)
      completions = GenerationMemo(maximumCount: isEnabled ? 100 : 0)
    }
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
    try scope.counts.candidates.value(of: true, in: snapshot) {
      try snapshot.docids(of: scope.filter, from: .min, limit: Self.maximumCandidates).count
    }
  }

  /// The document frequency of a term by column: exact, or of the most recent `sampleSize` candidates of the scope that
  /// contain the term. Takes one query, and one more for each column if there are several.
  func frequency(of term: String) throws -> TermFrequency { try sampled(term).frequency }

  /// The document frequency of a term by column. Its cost grows with it.
  func exactFrequency(of term: String) throws -> TermFrequency {
    let sampled = try sampled(term)
    if sampled.isExact { return sampled.frequency }
    return try scope.counts.exact.value(of: term, in: snapshot) {
      try columns(of: term).reduce(into: TermFrequency()) { frequency, column in
        try cancellation.check()
        frequency[column] = try snapshot.count(of: query(term, [column]))
      }
    }
  }

  private func sampled(_ term: String) throws -> Sampled {
    try scope.counts.frequencies.value(of: term, in: snapshot) {
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
    return try scope.counts.completions.value(of: key, in: snapshot) { try count(completions: key) }
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
}
