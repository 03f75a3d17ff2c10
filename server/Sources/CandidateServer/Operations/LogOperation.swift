import CandidateJSON
import CandidateSearch
import NIOPosix
import SearchLog

/// `/v1/log`: the search log, for keys with the right to read it.
enum LogOperation {
  static let parameters: [Parameter] = [
    Parameter(
      name: "q", kind: .text(maximum: 1000), summary: "Words that the query of an entry contains.",
      standard: ""),
    Parameter(name: "key", kind: .text(maximum: 100), summary: "The name of the key."),
    Parameter(
      name: "purpose", kind: .text(maximum: 500), summary: "The whole purpose, in any case of its letters."),
    Parameter(
      name: "kind", kind: .choice(SearchLogEntry.Kind.allCases.map(\.rawValue)), summary: "What was done."),
    Parameter(name: "since", kind: .time, summary: "The first moment, in ISO 8601."),
    Parameter(name: "until", kind: .time, summary: "The moment after the last, in ISO 8601."),
    limit,
  ]

  static let seenParameters = [CandidateOperations.connector, CandidateOperations.id, limit]

  private static let limit = Parameter(
    name: "limit", kind: .integer(1...1000), summary: "The maximum number of entries, the newest first.",
    standard: .number(20))

  /// Searches the log.
  static func run(_ call: Call) async throws -> Reply {
    var query = SearchLogQuery(limit: call.arguments.integer("limit") ?? 20)
    query.text = call.arguments.text("q").flatMap { $0.isEmpty ? nil : $0 }
    query.key = call.arguments.text("key")
    query.purpose = call.arguments.text("purpose")
    query.kind = call.arguments.text("kind").flatMap(SearchLogEntry.Kind.init)
    query.since = moment("since", call)
    query.until = moment("until", call)
    return try await reply(call) { [query] in try $0.entries(query) }
  }

  /// Lists who was shown a candidate, when and why.
  static func seen(_ call: Call) async throws -> Reply {
    let (id, connector) = (call.arguments.text("id") ?? "", CandidateOperations.connectorName(call))
    let limit = call.arguments.integer("limit") ?? 20
    return try await reply(call) { try $0.entries(thatShowed: id, connector: connector, limit: limit) }
  }

  private static func reply(
    _ call: Call, _ entries: @escaping @Sendable (SearchLog) throws -> [LoggedEntry]
  ) async throws -> Reply {
    guard let recorder = call.service.recorder else {
      throw Problem(.notFound, "this server records no searches")
    }
    let found = try await call.service.limitedBlocking { try recorder.read(entries) }
    return Reply(.object([("entries", .list(found.map(\.json)))]))
  }

  private static func moment(_ name: String, _ call: Call) -> Timestamp? {
    call.arguments.text(name).flatMap { Timestamp($0) }
  }
}
