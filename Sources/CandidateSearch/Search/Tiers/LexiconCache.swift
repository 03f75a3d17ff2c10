import GRDB
import Synchronization

/// The last lexicon, for all readers of an index; read anew when the index has changed.
final class LexiconCache: Sendable {
  private struct Key: Hashable {
    let generation: Int
    let isPublic: Bool
  }
  private let last = Mutex<(key: Key, lexicon: Lexicon)?>(nil)

  func lexicon(of vocabulary: Vocabulary) throws -> Lexicon {
    let key = Key(
      generation: try Setting.generation.fetch(vocabulary.db) ?? 0, isPublic: vocabulary.isPublic)
    if let last = last.withLock({ $0 }), last.key == key { return last.lexicon }
    let lexicon = try Lexicon(vocabulary)
    last.withLock { $0 = (key, lexicon) }
    return lexicon
  }
}
