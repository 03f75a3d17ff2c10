import GRDB
import Synchronization

/// Something that is derived from the postings, for all readers of an index: the last one, made anew when the postings
/// have changed.
final class GenerationCache<Value: Sendable>: Sendable {
  private let last = Mutex<(generation: Int, value: Value)?>(nil)

  /// The value for the state of the database that this read transaction sees.
  func value(_ db: Database, _ make: () throws -> Value) throws -> Value {
    let generation = try Setting.generation(db)
    if let last = last.withLock({ $0 }), last.generation == generation { return last.value }
    let value = try make()
    last.withLock { last in
      // What readers of an older state need is not kept.
      if last.map({ $0.generation < generation }) ?? true { last = (generation, value) }
    }
    return value
  }
}
