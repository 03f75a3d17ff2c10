import Foundation
import Synchronization

/// Counts the searches that one session requests while a person types as one search: it is logged once the text rests, or
/// once a hit is opened. Safe to use from many threads at once.
///
/// A search replaces the one of the same session that is pending if it continues its text within `rest`: by characters
/// that were added or removed in one place, within the same key, scope and purpose. Its entry then contains the candidates of
/// both, since both were shown. A pending search with another text, or with the same text and other candidates (a further
/// page), is logged before. So is one whose text was cleared, and one with `maximumCandidates`.
public final class TypedSearches: Sendable {
  private struct Search {
    var entry: SearchLogEntry
    var time: Timestamp
    /// Rises with each search, so that `order` can tell an outdated element.
    var number: Int
  }

  private struct State {
    var searches: [String: Search] = [:]
    /// The sessions by the time of their searches, the oldest first; some elements are outdated.
    var order: [(session: String, number: Int)] = []
    var lastNumber = 0
    var isScheduled = false
  }

  /// A pending search that has shown this many candidates is logged before the next one.
  static let maximumCandidates = 1_000
  /// The maximum number of sessions with a pending search. Beyond, the oldest pending search is logged at once.
  public static let maximumSessions = 10_000

  private let log: SearchLog
  private let rest: Double
  private let maximumSessions: Int
  private let now: @Sendable () -> Timestamp
  private let state = Mutex(State())

  /// Searches of a log. `rest`: the time in seconds after which a text rests.
  public convenience init(_ log: SearchLog, rest: Double = 2) {
    self.init(log, rest: rest, maximumSessions: Self.maximumSessions, now: { SearchLog.present() })
  }

  /// `now` is the clock by which a text rests.
  init(_ log: SearchLog, rest: Double, maximumSessions: Int, now: @escaping @Sendable () -> Timestamp) {
    self.log = log
    self.rest = rest
    self.maximumSessions = maximumSessions
    self.now = now
  }

  deinit { try? flush() }

  /// Logs an entry of a session. A search is pending until its text rests; an opened record or an export is logged at
  /// once, after the pending search of its session. Takes some microseconds.
  /// - Throws: `SearchLogError`, as `SearchLog.append`.
  public func add(_ entry: SearchLogEntry, session: String) throws {
    let now = now()
    let due = state.withLock { state -> [SearchLogEntry] in
      var due = takeRested(&state, now)
      var entry = entry
      if let pending = state.searches[session]?.entry {
        if let joined = Self.joined(pending, entry) {
          entry = joined
        } else {
          state.searches[session] = nil
          due.append(pending)
        }
      }
      guard entry.kind == .search else { return due + [entry] }
      state.lastNumber += 1
      state.searches[session] = Search(entry: entry, time: now, number: state.lastNumber)
      state.order.append((session, state.lastNumber))
      due += takeOldest(&state, count: state.searches.count - maximumSessions)
      if state.order.count > 2 * state.searches.count + 64 {
        state.order.removeAll { state.searches[$0.session]?.number != $0.number }
      }
      return due
    }
    schedule()
    for entry in due { try log.append(entry) }
  }

  /// Logs the searches whose text rests. Runs by itself.
  /// - Throws: `SearchLogError`, as `SearchLog.append`.
  public func logRested() throws {
    let now = now()
    for entry in state.withLock({ takeRested(&$0, now) }) { try log.append(entry) }
  }

  /// Logs all pending searches: before a program ends, and before candidates are forgotten.
  /// - Throws: `SearchLogError`.
  public func flush() throws {
    for entry in state.withLock({ takeOldest(&$0) }) { try log.append(entry) }
    try log.flush()
  }

  private func takeRested(_ state: inout State, _ now: Timestamp) -> [SearchLogEntry] {
    takeOldest(&state, before: Timestamp(microseconds: now.microseconds - Int64(rest * 1_000_000)))
  }

  /// Removes the oldest pending searches: at most `count`, and those that were made before a moment, or at it. Linear in
  /// the number of places.
  private func takeOldest(
    _ state: inout State, count: Int = .max, before time: Timestamp? = nil
  ) -> [SearchLogEntry] {
    var taken: [SearchLogEntry] = []
    var places = 0
    for (session, number) in state.order {
      if let search = state.searches[session], search.number == number {
        if taken.count >= count || time.map({ search.time > $0 }) ?? false { break }
        state.searches[session] = nil
        taken.append(search.entry)
      }
      places += 1
    }
    state.order.removeFirst(places)
    return taken
  }

  /// Sees to it that pending searches are logged when they rest.
  private func schedule() {
    let isNeeded = state.withLock { state in
      defer { state.isScheduled = state.isScheduled || !state.searches.isEmpty }
      return !state.isScheduled && !state.searches.isEmpty
    }
    guard isNeeded else { return }
    DispatchQueue.global(qos: .utility).asyncAfter(deadline: .now() + rest) { [weak self] in
      guard let self else { return }
      state.withLock { $0.isScheduled = false }
      // `SearchLog.failure` states why entries cannot be written.
      try? logRested()
      schedule()
    }
  }

  /// A search with the candidates of a pending one that it replaces; nil if it does not replace it.
  private static func joined(_ pending: SearchLogEntry, _ entry: SearchLogEntry) -> SearchLogEntry? {
    guard continues(pending, entry), pending.candidates.count < maximumCandidates else { return nil }
    var joined = entry
    let new = Set(entry.candidates)
    joined.candidates += pending.candidates.filter { !new.contains($0) }
    if pending.query == entry.query { joined.count = entry.count ?? pending.count }
    return joined
  }

  /// Whether a search continues a pending one.
  static func continues(_ pending: SearchLogEntry, _ entry: SearchLogEntry) -> Bool {
    guard entry.kind == .search, pending.key == entry.key, pending.scope == entry.scope,
      pending.purpose == entry.purpose
    else { return false }
    let (old, new) = (Array((pending.query ?? "").unicodeScalars), Array((entry.query ?? "").unicodeScalars))
    if old == new { return Set(pending.candidates).isSuperset(of: entry.candidates) }
    if new.isEmpty { return false }
    let shared = zip(old, new).prefix { $0 == $1 }.count
    let sharedEnd = zip(old.reversed(), new.reversed()).prefix { $0 == $1 }.count
    return shared + sharedEnd >= min(old.count, new.count)
  }
}
