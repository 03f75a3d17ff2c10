import Synchronization

/// What facets are counted with, while the postings do not change. For a million candidates, building the index of a facet
/// takes half a second; counting a quarter of them with it takes 10 ms more than finding them. Safe to use from many
/// threads. One thread at a time builds, so that no more memory is needed than for one.
final class FacetCache: Sendable {
  private let costs: CostModel
  private let ordinals: GenerationCache<DocidOrdinals>
  private let state = GenerationScoped(State())
  private let building = Mutex(())

  private struct State: Sendable {
    /// The one used last is at the end.
    var indexes: [(facet: Facet, index: FacetIndex)] = []
    var recordsRead = 0

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

  /// The index of a facet in the state of the index that a snapshot is of.
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

  /// Whether reading the records of this many matches is faster than building the indexes of these facets. Records that
  /// were read since the last change count too: after many small results, the indexes are built.
  func prefersRecords(_ matches: Int, _ facets: [Facet], for snapshot: any IndexSnapshot) throws -> Bool {
    let candidates = try snapshot.countedCandidates(in: .all)
    return state.withState(of: try snapshot.generation()) { state in
      if facets.allSatisfy({ facet in state.indexes.contains { $0.facet == facet } }) { return false }
      guard (state.recordsRead + matches) * costs.candidatesPerRecordRead < candidates else { return false }
      state.recordsRead += matches
      return true
    } ?? false
  }
}
