import Foundation
import Synchronization

/// The caches of an index, which live between searches.
final class SearchCaches: Sendable {
  let costs: CostModel
  let scopes = ScopeCache()
  let synonyms = GenerationCache<SynonymTable>(of: .synonymsVersion)
  let ordinals: GenerationCache<DocidOrdinals>
  /// Each takes an eighth of a byte for each candidate.
  let clauses = ClauseBitsets(maximumCount: 64, keeping: { $0 != nil })
  let suggestions = SuggestionCache()
  let facets: FacetCache
  let bitsets: DocumentBitsetCache
  private let cursorKey: CursorKey

  /// The key of an index that was read; shared by all of its caches.
  private final class CursorKey: Sendable {
    let known = Mutex<Data?>(nil)
  }

  convenience init(costs: CostModel = .standard) { self.init(costs: costs, cursorKey: CursorKey()) }

  private init(costs: CostModel, cursorKey: CursorKey) {
    self.costs = costs
    self.cursorKey = cursorKey
    ordinals = GenerationCache()
    facets = FacetCache(ordinals, costs: costs)
    bitsets = DocumentBitsetCache(ordinals, costs: costs)
  }

  /// Empty caches for a search that must neither fill nor use these.
  func unshared() -> SearchCaches { SearchCaches(costs: costs, cursorKey: cursorKey) }

  /// The key that signs cursors, which never changes.
  func cursorKey(_ snapshot: any IndexSnapshot) throws -> Data {
    if let key = cursorKey.known.withLock({ $0 }) { return key }
    let key = try snapshot.key(.cursor) ?? Data()
    cursorKey.known.withLock { $0 = key }
    return key
  }
}
