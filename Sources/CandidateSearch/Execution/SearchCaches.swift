import Foundation
import Synchronization

/// The caches of an index, which live between searches.
final class SearchCaches: Sendable {
  let costs: CostModel
  let scopes = ScopeCache()
  let synonyms = GenerationCache<SynonymTable>(of: .synonymsVersion)
  let ordinals: GenerationCache<DocidOrdinals>
  let clauses = ClauseBitsets()
  let suggestions = SuggestionCache()
  let facets: FacetCache
  let bitsets: DocumentBitsetCache
  private let cursorKey = Mutex<Data?>(nil)

  init(costs: CostModel = .standard) {
    self.costs = costs
    ordinals = GenerationCache()
    facets = FacetCache(ordinals, costs: costs)
    bitsets = DocumentBitsetCache(ordinals, costs: costs)
  }

  /// The key that signs cursors, which never changes.
  func cursorKey(_ snapshot: any IndexSnapshot) throws -> Data {
    if let key = cursorKey.withLock({ $0 }) { return key }
    let key = try snapshot.key(.cursor) ?? Data()
    cursorKey.withLock { $0 = key }
    return key
  }
}
