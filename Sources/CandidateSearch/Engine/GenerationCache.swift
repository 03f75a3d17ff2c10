import Synchronization

/// State that is derived from the postings, or from a setting, for all readers of an index. It belongs to one generation.
/// A reader of a later generation discards it; a reader of an earlier one cannot use it. Safe to use from many threads.
package final class GenerationScoped<State: Sendable>: Sendable {
  private let current: Mutex<(generation: Int, state: State)>
  private let initial: State

  package init(_ initial: State) {
    self.initial = initial
    current = Mutex((.min, initial))
  }

  /// Calls `body` with the state of a generation. Returns nil where the state is of a later one.
  package func withState<T: Sendable>(of generation: Int, _ body: (inout State) throws -> T) rethrows -> T? {
    try current.withLock { current in
      if generation > current.generation { current = (generation, initial) }
      return generation == current.generation ? try body(&current.state) : nil
    }
  }
}

/// One value that is derived from the postings, or from a setting, computed at its first use in a generation.
package final class GenerationCache<Value: Sendable>: Sendable {
  private let last = GenerationScoped<Value?>(nil)
  /// Increases when the value becomes out of date.
  private let setting: Setting

  package init(of setting: Setting = .generation) { self.setting = setting }

  /// The value for the state of the index that a snapshot is of, if it has been computed.
  package func computedValue(for snapshot: any IndexSnapshot) throws -> Value? {
    last.withState(of: try snapshot.value(of: setting) ?? 0) { $0 } ?? nil
  }

  /// The value for the state of the index that a snapshot is of.
  package func value(for snapshot: any IndexSnapshot, _ make: () throws -> Value) throws -> Value {
    if let value = try computedValue(for: snapshot) { return value }
    let generation = try snapshot.value(of: setting) ?? 0
    let value = try make()
    _ = last.withState(of: generation) { $0 = value }
    return value
  }
}

/// Values by key that are derived from the postings, for all readers of one generation: what was wanted recently is wanted
/// again. Safe to use from many threads.
package final class GenerationMemo<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private let maximumCount: Int
  private let isKept: @Sendable (Value) -> Bool
  private let known = GenerationScoped<[Key: Value]>([:])

  /// A memo of at most `maximumCount` values, from 0. A full one begins anew. Values that are not kept are made each time.
  package init(maximumCount: Int, keeping isKept: @escaping @Sendable (Value) -> Bool = { _ in true }) {
    self.maximumCount = maximumCount
    self.isKept = isKept
  }

  /// The value of a key for the state of the index that a snapshot is of. It is made where it is not known.
  package func value(
    of key: Key, in snapshot: any IndexSnapshot, _ make: () throws -> Value
  ) throws -> Value {
    let generation = try snapshot.generation()
    if let value = known.withState(of: generation, { $0[key] }) ?? nil { return value }
    let value = try make()
    guard maximumCount > 0, isKept(value) else { return value }
    _ = known.withState(of: generation) { known in
      if known.count >= maximumCount { known.removeAll(keepingCapacity: true) }
      known[key] = value
    }
    return value
  }
}
