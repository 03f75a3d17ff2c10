import Synchronization

/// The bitsets of terms, for all readers of one generation of the postings. For frequent terms that rarely occur
/// together, intersecting posting lists takes milliseconds, and intersecting bitsets microseconds.
///
/// A bitset is built when searches have spent about as long on its term as building it takes; the first search with the
/// term is not counted. So a single search builds none, and no search builds more than one. Safe to use from many
/// threads.
final class DocumentBitsetCache: Sendable {
  let costs: CostModel
  private let ordinals: GenerationCache<DocidOrdinals>
  private let state = GenerationScoped(State())
  /// Locked by the thread that builds a bitset; other threads use posting lists meanwhile.
  private let building = Mutex(())
  /// Whether any bitset was built. Before that, searches need not read the generation.
  private let isUsed = Atomic(false)

  fileprivate struct State: Sendable {
    var bitsets: DocumentBitsets?
    var size = 0
    /// The microseconds that were spent on terms without a bitset.
    var spent: [IndexQuery: Int] = [:]
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

  /// Records the microseconds that one search has spent on each term, and builds at most one bitset.
  func record(
    _ spent: [IndexQuery: Int], in snapshot: any IndexSnapshot, cancellation: Cancellation = .never
  ) throws {
    let generation = try snapshot.generation()
    let candidates = try snapshot.countedCandidates(in: .all)
    let price = candidates / costs.candidatesPerMicrosecond
    let due = state.withState(of: generation) {
      $0.record(spent, price: price, limit: costs.maximumRecordedTerms)
    }
    guard case .some(.some(let term)) = due else { return }
    try building.withLockIfAvailable { _ in
      let ordinals = try ordinals.value(for: snapshot) { try DocidOrdinals(snapshot, cancellation) }
      let bitset = try DocumentBitset(of: term, ordinals, in: snapshot, cancellation: cancellation)
      _ = state.withState(of: generation) {
        $0.insert(bitset, of: term, ordinals: ordinals, costs: costs)
      }
      isUsed.store(true, ordering: .releasing)
    }
  }
}

extension DocumentBitsetCache.State {
  /// Returns the term with the most time spent, if that is at least the price of its bitset.
  fileprivate mutating func record(_ spent: [IndexQuery: Int], price: Int, limit: Int) -> IndexQuery? {
    if self.spent.count > limit { self.spent = [:] }
    var due: (term: IndexQuery, spent: Int)?
    for (term, time) in spent where bitsets?.sets[term] == nil {
      guard let before = self.spent[term] else {
        self.spent[term] = 0
        continue
      }
      let all = before + time
      self.spent[term] = all
      if all >= price, all > due?.spent ?? -1 { due = (term, all) }
    }
    return due?.term
  }

  /// Inserts a bitset. If the bitsets would exceed `maximumBitsetBytes`, all others are discarded.
  fileprivate mutating func insert(
    _ bitset: DocumentBitset, of term: IndexQuery, ordinals: DocidOrdinals, costs: CostModel
  ) {
    if size + bitset.size > costs.maximumBitsetBytes {
      bitsets = nil
      size = 0
    }
    var sets = bitsets?.sets ?? [:]
    sets[term] = bitset
    bitsets = DocumentBitsets(ordinals: ordinals, sets: sets, maximumLeaves: costs.maximumBitsetLeaves)
    size += bitset.size
    spent[term] = nil
  }
}
