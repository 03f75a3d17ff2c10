import Synchronization

/// The bitsets of one generation of the postings, for all of its readers. For frequent terms that rarely occur together,
/// intersecting posting lists takes milliseconds, and intersecting bitsets microseconds.
///
/// A bitset is built by the searches whose steps would have used it, each of which reads on for about eight times as long as
/// its slowest step took (`CostModel.buildingFactor`), but 10 ms at most (`CostModel.maximumBuildingTime`); the first search
/// with a query reads nothing. So a single search builds none. Safe to use from many threads.
final class DocumentBitsetCache: Sendable {
  let costs: CostModel
  /// The documents that were compared with queries where bitsets do not decide these.
  let documents: DocumentMemo
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
    /// The microseconds that were spent on slow steps.
    var sum = 0
  }

  init(_ ordinals: GenerationCache<DocidOrdinals> = .init(), costs: CostModel = .standard) {
    self.ordinals = ordinals
    self.costs = costs
    documents = DocumentMemo(maximumCount: costs.maximumDocuments) {
      $0.map { $0.size <= costs.maximumDocumentBytes } ?? true
    }
  }

  /// The bitsets for the generation of a snapshot; nil if there are none.
  func bitsets(for snapshot: any IndexSnapshot) throws -> DocumentBitsets? {
    guard isUsed.load(ordering: .acquiring) else { return nil }
    return state.withState(of: try snapshot.generation()) { $0.bitsets } ?? nil
  }

  /// Records the microseconds of the slow steps of one search, for each part without a bitset, and builds bitsets, at most
  /// for about `CostModel.buildingFactor` times as long as the slowest step, and for `CostModel.maximumBuildingTime`.
  func record(
    _ spent: [IndexQuery: Int], in snapshot: any IndexSnapshot, cancellation: Cancellation = .never
  ) throws {
    let generation = try snapshot.generation()
    let slowest = spent.values.max() ?? 0
    let recorded = state.withState(of: generation) { state in
      state.sum += slowest
      return (known: state.record(spent, limit: costs.maximumRecordedTerms), sum: state.sum)
    }
    let price = try snapshot.countedCandidates() / costs.docidsPerMicrosecond
    guard let recorded, !recorded.known.isEmpty, costs.docidsShare * recorded.sum >= price else { return }
    try building.withLockIfAvailable { _ in
      let ordinals = try ordinals.value(for: snapshot) { try DocidOrdinals(snapshot, cancellation) }
      let bitsets = state.withState(of: generation) { state in
        let bitsets = state.bitsets ?? DocumentBitsets(ordinals: ordinals, costs: costs)
        state.bitsets = bitsets
        return bitsets
      }
      guard let bitsets else { return }
      isUsed.store(true, ordering: .releasing)
      let end = Microseconds.now + min(costs.buildingFactor * slowest, costs.maximumBuildingTime)
      for (i, query) in try due(recorded.known, bitsets, snapshot).enumerated()
      where i == 0 || Microseconds.now < end {
        let isComplete = try bitsets.build(query, until: end, in: snapshot, cancellation)
        _ = state.withState(of: generation) { $0.spent[query] = isComplete ? nil : 0 }
      }
    }
  }

  /// The queries whose bitsets are built, those that cost least first.
  private func due(
    _ spent: [(query: IndexQuery, microseconds: Int)], _ bitsets: DocumentBitsets,
    _ snapshot: any IndexSnapshot
  ) throws -> [IndexQuery] {
    var due: [(query: IndexQuery, price: Int)] = []
    for (query, microseconds) in spent where microseconds >= costs.minimumSpent {
      let price = try bitsets.estimatedPostings(of: query, in: snapshot)
      // Where positions are compared, a slice may take as long as the whole.
      if query.isReadFromTerms || microseconds >= price / costs.comparedPostingsPerMicrosecond {
        due.append((query, price))
      }
    }
    return due.sorted { $0.price < $1.price }.map(\.query)
  }
}

extension DocumentBitsetCache.State {
  /// Adds the time of a search, and returns that of all searches but the first, for each query that is not new.
  fileprivate mutating func record(
    _ spent: [IndexQuery: Int], limit: Int
  ) -> [(query: IndexQuery, microseconds: Int)] {
    if self.spent.count > limit { self.spent = [:] }
    var known: [(query: IndexQuery, microseconds: Int)] = []
    for (query, time) in spent {
      guard let before = self.spent[query] else {
        self.spent[query] = 0
        continue
      }
      self.spent[query] = before + time
      known.append((query, before + time))
    }
    return known
  }
}
