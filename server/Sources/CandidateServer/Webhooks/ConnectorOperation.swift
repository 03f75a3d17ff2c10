import BindbeeClient
import CandidateJSON
import CandidateSearch

/// `/v1/connectors`: the connectors within the scope of the caller.
enum ConnectorOperation {
  static func run(_ call: Call) async throws -> Reply {
    let (index, connectors) = (try call.index(), call.service.connectors)
    async let bindbee = connectors.states.states()
    var known = try await call.service.limited { try await index.connectorStates() }
    if !index.scope.hasFilter {
      // Those that have never been synced.
      for source in connectors.sources where !known.contains(where: { $0.name == source.name }) {
        known.append(ConnectorState(name: source.name))
      }
    }
    let (states, failures) = (await bindbee, connectors.failures)
    let ids = Dictionary(uniqueKeysWithValues: connectors.sources.map { ($0.name, $0.bindbeeID) })
    return Reply(
      .object([
        (
          "connectors",
          .list(
            known.sorted { $0.name < $1.name }.map { state in
              let id = ids[state.name].flatMap(\.self)
              return state.json(bindbee: id.flatMap { states[$0] }, failedAt: failures[state.name])
            })
        )
      ]))
  }
}

extension ConnectorState {
  fileprivate func json(bindbee: BindbeeConnector?, failedAt: Timestamp?) -> JSONValue {
    .object([
      ("name", .string(name)), ("candidates", .number(candidates)),
      ("fresh_at", JSONValue(lastSync?.freshAt)),
      ("running", .bool(isSyncing)),
      (
        "last_sync",
        lastSync.map { sync in
          .object([
            ("kind", .string(sync.kind.rawValue)), ("begun_at", JSONValue(sync.begunAt)),
            ("ended_at", JSONValue(sync.endedAt)),
            ("outcome", sync.outcome.map { .string($0.description) } ?? .null),
          ])
        } ?? .null
      ),
      ("sync_error_at", JSONValue(failedAt)),
      ("needs_relinking", bindbee.map { .bool($0.needsRelinking) } ?? .null),
      ("bindbee", bindbee.map(\.json) ?? .null),
    ])
  }
}

extension BindbeeConnector {
  fileprivate var json: JSONValue {
    .object([
      ("integration", name.map { .string($0) } ?? .null), ("status", .string(status.rawValue)),
      ("sync_status", syncState.map { .string($0.rawValue) } ?? .null),
      ("relink_needed_at", JSONValue(relinkNeededAt)), ("last_sync_start_time", JSONValue(lastSyncStartedAt)),
      ("is_active", isActive.map { .bool($0) } ?? .null),
    ])
  }
}
