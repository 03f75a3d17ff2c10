import Foundation
import GRDB
import Synchronization

/// What an index keeps in memory between searches, while its postings do not change.
final class SearchCaches: Sendable {
  /// All words, for corrections.
  let spellingIndex = GenerationCache<SpellingIndex>()
  let facets: FacetCache
  let sets: DocumentBitsetCache
  let ordinals = GenerationCache<DocidOrdinals>()
  private let key = Mutex<Data?>(nil)

  init(slowStep: Int = 100, candidatesPerMicrosecond: Int = 100) {
    facets = FacetCache(ordinals)
    sets = DocumentBitsetCache(
      ordinals, slowStep: slowStep, candidatesPerMicrosecond: candidatesPerMicrosecond)
  }

  /// What cursors are signed with, which never changes.
  func cursorKey(_ db: Database) throws -> Data {
    if let key = key.withLock({ $0 }) { return key }
    let key = try SearchCursor.key(db)
    self.key.withLock { $0 = key }
    return key
  }
}
