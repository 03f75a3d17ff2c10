import Synchronization

/// A cache of facet indexes, for one generation of the postings. For a million candidates, building a facet index takes
/// four times as long as counting by the postings (`PostingTally`); counting a quarter of them with it takes 10 ms more
/// than finding them. So an index is built at the second use of a facet: a program that searches once builds none. One
/// thread at a time builds an index, so that the memory of one is needed. Safe to use from many threads.
final class FacetCache: Sendable {
  private let costs: CostModel
  private let ordinals: GenerationCache<DocidOrdinals>
  private let state = GenerationScoped(State())
  private let building = Mutex(())

  private struct State: Sendable {
    /// In the order of their last use, the most recent at the end.
    var indexes: [(facet: Facet, index: FacetIndex)] = []
    var recordsRead = 0
    /// The facets that were counted without an index.
    var counted: Set<Facet> = []

    mutating func take(_ facet: Facet) -> FacetIndex? {
      guard let i = indexes.firstIndex(where: { $0.facet == facet }) else { return nil }
      let entry = indexes.remove(at: i)
      indexes.append(entry)
      return entry.index
    }

    mutating func insert(_ index: FacetIndex, of facet: Facet, maximumBytes: Int) {
      indexes.append((facet, index))
      while indexes.count > 1, size > maximumBytes { indexes.removeFirst() }
    }

    private var size: Int { indexes.reduce(0) { $0 + $1.index.size } }
  }

  init(_ ordinals: GenerationCache<DocidOrdinals> = .init(), costs: CostModel = .standard) {
    self.ordinals = ordinals
    self.costs = costs
  }

  /// The facet index for the generation of a snapshot, built if it is not cached.
  func index(
    of facet: Facet, for snapshot: any IndexSnapshot, cancellation: Cancellation = .never
  ) throws -> FacetIndex {
    let generation = try snapshot.generation()
    if let index = state.withState(of: generation, { $0.take(facet) }) ?? nil { return index }
    return try building.withLock { _ in
      if let index = state.withState(of: generation, { $0.take(facet) }) ?? nil { return index }
      let ordinals = try ordinals.value(for: snapshot) { try DocidOrdinals(snapshot, cancellation) }
      let index = try FacetIndex(facet, ordinals, in: snapshot, cancellation: cancellation)
      _ = state.withState(of: generation) {
        $0.insert(index, of: facet, maximumBytes: costs.maximumFacetBytes)
      }
      return index
    }
  }

  /// Whether a facet is counted for the first time in the generation of a snapshot.
  func isFirstUse(of facet: Facet, for snapshot: any IndexSnapshot) throws -> Bool {
    state.withState(of: try snapshot.generation()) { $0.counted.insert(facet).inserted } ?? true
  }

  /// Whether reading the records of this many matches is faster than building the facet indexes. Earlier reads of the
  /// same generation are added, so that the indexes are built after many small results.
  func prefersRecords(_ matches: Int, _ facets: [Facet], for snapshot: any IndexSnapshot) throws -> Bool {
    let candidates = try snapshot.countedCandidates()
    return state.withState(of: try snapshot.generation()) { state in
      if facets.allSatisfy({ facet in state.indexes.contains { $0.facet == facet } }) { return false }
      guard (state.recordsRead + matches) * costs.candidatesPerRecordRead < candidates else { return false }
      state.recordsRead += matches
      return true
    } ?? false
  }
}
