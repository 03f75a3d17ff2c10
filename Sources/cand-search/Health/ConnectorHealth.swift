import CandidateSearch

/// How the data of one connector is.
struct ConnectorHealth {
  let state: ConnectorState
  /// The age of its data in seconds: the time since the last complete sync began; nil before the first.
  let age: Int64?

  /// The age from which on data is stale, unless another is given.
  static let standardMaximum = "1d"

  /// The connectors of an index, and those of the configuration that were never synced. In a scope with a filter, the
  /// latter may be outside of it, and are left out.
  /// - Throws: `IndexError`.
  static func all(_ index: CandidateIndex, configured: [String], at now: Timestamp) throws
    -> [ConnectorHealth]
  {
    var states = try index.connectorStates()
    let known = Set(states.map(\.name))
    if !index.scope.hasFilter {
      states += configured.filter { !known.contains($0) }.map(ConnectorState.init)
    }
    return states.filter { $0.lastSync != nil || configured.contains($0.name) }.sorted { $0.name < $1.name }
      .map { state in
        ConnectorHealth(
          state: state, age: state.lastSync?.freshAt.map { max(0, now.seconds - $0.seconds) })
      }
  }

  /// The connector's name.
  var name: String { state.name.isEmpty ? "(none)" : state.name }
  /// Whether the API refused access at the last sync.
  var isAccessRefused: Bool { state.lastSync?.outcome?.isAccessRefused ?? false }
  /// Whether the process of the last sync ended without a word.
  var isKilled: Bool { state.lastSync.map { $0.endedAt == nil && !state.isSyncing } ?? false }

  /// Whether its data is older than a number of seconds. A first sync that began since then is waited for.
  func isOlder(than seconds: Int64, at now: Timestamp) -> Bool {
    if let age { return age > seconds }
    guard state.isSyncing, let begun = state.lastSync?.begunAt else { return true }
    return now.seconds - begun.seconds > seconds
  }

  /// The age in words.
  var ageText: String {
    if let age { return "data \(SyncText.age(age)) old" + (state.isSyncing ? ", a sync is running" : "") }
    return state.isSyncing ? "first sync is running" : "never synced completely"
  }
}

extension Period {
  /// The length of the period that ends at a moment, in seconds.
  func seconds(before now: Timestamp) -> Int64 { before(now).map { now.seconds - $0.seconds } ?? .max }
}
