import CandidateJSON
import CandidateSearch
import HTTPTypes
import Hummingbird

/// `/v1/candidates/…`: single records, and records to be indexed.
enum CandidateOperations {
  static let connector = Parameter(
    name: "connector", kind: .text(maximum: 200),
    summary:
      "The connector; `-` for candidates without one. Its name contains no control characters, nor any that change the direction of writing.",
    place: .path, isRequired: true, pattern: Parameter.plainPattern)
  static let id = Parameter(
    name: "id", kind: .text(maximum: RecordLimits.maximumIDBytes), summary: "The record's id.", place: .path,
    isRequired: true)

  /// Returns the record as it was received.
  static func get(_ call: Call) async throws -> Reply {
    let index = try call.index()
    let (id, connector) = (call.arguments.text("id") ?? "", connectorName(call))
    let found = try await call.service.limited { try await index.candidates(ids: [id]) }
    guard let hit = found.hits.joined().first(where: { $0.connector == connector }) else { throw missing }
    try call.service.recorder?.record(hit, ofGeneration: found.generation, on: index, call)
    return Reply(hit.candidate.jsonBytes)
  }

  static func delete(_ call: Call) async throws -> Reply {
    let (id, connector) = (call.arguments.text("id") ?? "", connectorName(call))
    let removed = try await call.service.writing { try $0.delete(ids: [id], connector: connector) }
    if removed.isEmpty { throw missing }
    return Reply(status: .noContent)
  }

  /// Indexes the records of the body.
  static func add(_ call: Call) async throws -> Reply {
    let connector = connectorName(call)
    let maximum = call.service.limits.bodyBytes
    try Service.checkLength(of: call.request, atMost: maximum)
    let pipe = BodyPipe(maximum: maximum)
    let refusals = RefusalList()
    let summary = try await withThrowingTaskGroup(of: IngestSummary?.self) { group in
      // If the client goes away while its upload waits for others, the upload is not begun.
      group.addTask {
        try await pipe.receive(call.request.body)
        return nil
      }
      group.addTask {
        defer { pipe.abandon() }
        return try await call.service.writing { index in
          try index.ingest(connector: connector) { session in
            session.onRefusal = refusals.add
            try session.add(pipe.source)
          }
        }
      }
      var summary = IngestSummary()
      for try await ended in group { if let ended { summary = ended } }
      return summary
    }
    return Reply(
      .object(summary.jsonMembers() + [("refusals", .list(refusals.all.map(\.json)))]))
  }

  static func connectorName(_ call: Call) -> String {
    let name = call.arguments.text("connector") ?? ""
    return name == "-" ? "" : name
  }

  private static let missing = Problem(.notFound, "there is no such candidate")
}

extension Refusal {
  /// The line and the reason. The record's text is not repeated.
  fileprivate var json: JSONValue {
    .object([("line", line.map { .number($0) } ?? .null), ("reason", .string(reason))])
  }
}
