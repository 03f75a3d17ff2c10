/// The variants of the words of recent searches within one scope, for all readers of one generation of the postings. Looking them up takes
/// longer than evaluating a query of frequent words on bitsets. Safe to use from many threads.
final class WordVariantCache: Sendable {
  /// A word as one search expands it.
  struct Word: Hashable {
    let unit: RankedText.Unit
    /// Whether it may be the beginning of another word.
    let isCompleted: Bool
    let options: ExpansionOptions
  }

  /// The maximum number of words. Each has some dozen variants, which take a few kilobytes.
  static let maximumCount = 2_000

  private let maximumCount: Int
  private let known = GenerationScoped<[Word: IndexQuery]>([:])

  init(maximumCount: Int = WordVariantCache.maximumCount) { self.maximumCount = maximumCount }

  /// The variants of a word for the state of the index that a snapshot is of.
  func variants(
    of word: Word, in snapshot: any IndexSnapshot, _ lookUp: () throws -> IndexQuery
  ) throws -> IndexQuery {
    let generation = try snapshot.generation()
    if let query = known.withState(of: generation, { $0[word] }) ?? nil { return query }
    let query = try lookUp()
    _ = known.withState(of: generation) { known in
      if known.count >= maximumCount { known.removeAll(keepingCapacity: true) }
      known[word] = query
    }
    return query
  }
}
