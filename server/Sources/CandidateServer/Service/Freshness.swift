import CandidateJSON
import CandidateSearch
import Synchronization

/// How old the data of each connector is, as scopes show it.
final class Freshness: Sendable {
  private struct Known {
    let readAt: ContinuousClock.Instant
    let json: JSONValue
  }

  /// The maximum age of an answer, so that a search does not read the statuses of all connectors.
  private static let maximumAge = Duration.seconds(1)
  private static let maximumCount = 1_000
  private let known = Mutex<[Scope: Known]>([:])

  /// For each connector in the scope of an index, the time of its last complete sync, or null.
  /// - Throws: `IndexError`.
  func json(of index: CandidateIndex) throws -> JSONValue {
    if let known = known.withLock({ $0[index.scope] }), known.readAt.duration(to: .now) < Self.maximumAge {
      return known.json
    }
    let json = JSONValue.object(try index.syncStatuses().map { ($0.connector, JSONValue($0.freshAt)) })
    known.withLock { known in
      if known.count >= Self.maximumCount { known.removeAll() }
      known[index.scope] = Known(readAt: .now, json: json)
    }
    return json
  }
}
