import Synchronization

/// The bitsets of one generation of the postings, for all of its readers. For frequent terms that rarely occur together,
/// intersecting posting lists takes milliseconds, and intersecting bitsets microseconds.
///
/// A bitset is built when searches have spent about as long on its query as building it takes; the first search with the
/// query is not counted. So a single search builds none, and building takes at most about as long as the searches
/// themselves. Safe to use from many threads.
final class DocumentBitsetCache: Sendable {
  let costs: CostModel
  private let ordinals: GenerationCache<DocidOrdinals>
  private let state = GenerationScoped(State())
  /// Locked by the thread that builds bitsets; other threads use posting lists meanwhile.
  private let building = Mutex(())
  /// Whether any bitset was built. Before that, searches need not read the generation.
  private let isUsed = Atomic(false)

  fileprivate struct State: Sendable {
    var bitsets: DocumentBitsets?
    /// The microseconds that were spent on queries without a bitset.
    var spent: [IndexQuery: Int] = [:]
    /// The microseconds that were spent on all of them.
    var sum = 0
  }

  init(_ ordinals: GenerationCache<DocidOrdinals> = .init(), costs: CostModel = .standard) {
    self.ordinals = ordinals
    self.costs = costs
  }

  /// The bitsets for the generation of a snapshot; nil if there are none.
  func bitsets(for snapshot: any IndexSnapshot) throws -> DocumentBitsets? {
    guard isUsed.load(ordering: .acquiring) else { return nil }
    return state.withState(of: try snapshot.generation()) { $0.bitsets } ?? nil
  }

  /// Records the microseconds that one search has spent on each query, and builds bitsets, at most for about as long as
  /// all of these.
  func record(
    _ spent: [IndexQuery: Int], in snapshot: any IndexSnapshot, cancellation: Cancellation = .never
  ) throws {
    let generation = try snapshot.generation()
    let candidates = try snapshot.countedCandidates(in: .all)
    let due = state.withState(of: generation) { $0.record(spent, candidates: candidates, costs: costs) }
    guard let due, !due.isEmpty else { return }
    try building.withLockIfAvailable { _ in
      let ordinals = try ordinals.value(for: snapshot) { try DocidOrdinals(snapshot, cancellation) }
      let bitsets = state.withState(of: generation) { state in
        let bitsets = state.bitsets ?? DocumentBitsets(ordinals: ordinals, costs: costs)
        state.bitsets = bitsets
        return bitsets
      }
      guard let bitsets else { return }
      let end = Microseconds.now + spent.values.reduce(0, +)
      for (i, query) in due.enumerated() where i == 0 || Microseconds.now < end {
        let set = try bitsets.read(query.query, limit: query.limit, in: snapshot, cancellation)
        _ = state.withState(of: generation) { $0.spent[query.query] = set == nil ? 0 : nil }
      }
      isUsed.store(true, ordering: .releasing)
    }
  }
}

extension DocumentBitsetCache.State {
  /// Returns the queries on which so much time was spent that a bitset may cost less, those with the most first, and the
  /// number of postings that may be read for each.
  fileprivate mutating func record(
    _ spent: [IndexQuery: Int], candidates: Int, costs: CostModel
  ) -> [(query: IndexQuery, limit: Int)] {
    if self.spent.count > costs.maximumRecordedTerms { self.spent = [:] }
    var due: [(query: IndexQuery, limit: Int, spent: Int)] = []
    for (query, time) in spent {
      guard let before = self.spent[query] else {
        self.spent[query] = 0
        continue
      }
      let all = before + time
      sum += time
      self.spent[query] = all
      var minimum = 0
      switch bitsets?.known(query) {
      case .set: continue
      case .more(let count): minimum = count
      case .nothing, nil: break
      }
      // The postings of tokens are read as far as the time allows; how many a phrase has cannot be foreseen.
      if query.readForBitset.isOfTokens {
        let limit = costs.postings(in: all)
        if limit >= 2 * minimum { due.append((query, limit, all)) }
      } else if all >= candidates / costs.candidatesPerMicrosecond {
        due.append((query, .max, all))
      }
    }
    if bitsets == nil, sum < candidates / costs.docidsPerMicrosecond { return [] }
    return due.sorted { $0.spent > $1.spent }.map { ($0.query, $0.limit) }
  }
}
