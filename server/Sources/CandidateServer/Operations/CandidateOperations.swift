import CandidateJSON
import CandidateSearch
import HTTPTypes
import Hummingbird
import NIOCore

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
    guard let hit = found.hits.joined().first(where: { isEqual($0.connector, connector) }) else {
      throw missing
    }
    try call.service.recorder?.record(hit, ofGeneration: found.generation, on: index, call)
    return Reply(hit.candidate.jsonBytes)
  }

  static func delete(_ call: Call) async throws -> Reply {
    let (id, connector) = (call.arguments.text("id") ?? "", connectorName(call))
    let removed = try await call.service.writing { try $0.delete(ids: [id], connector: connector) }
    if removed.isEmpty { throw missing }
    return Reply(status: .noContent)
  }

  /// The maximum declared length of a body that is received before its upload waits for other changes, in bytes.
  private static let maximumReceivedBytes = 1 << 20

  /// Indexes the records of the body.
  static func add(_ call: Call) async throws -> Reply {
    let connector = connectorName(call)
    let maximum = call.service.limits.bodyBytes
    try Service.checkLength(of: call.request, atMost: maximum)
    let refusals = RefusalList()
    let received = try await shortBody(of: call.request)
    let summary =
      if let bytes = received {
        try await ingest(to: connector, call.service, refusals) { ByteSource(bytes: bytes, name: "body") }
      } else {
        try await ingestArriving(to: connector, call, refusals)
      }
    return Reply(
      .object(summary.jsonMembers() + [("refusals", .list(refusals.all.map(\.json)))]))
  }

  /// The body of a request that declares a short one; nil for any other. While it arrives, other changes can run.
  private static func shortBody(of request: Request) async throws -> [UInt8]? {
    guard let length = request.headers[.contentLength].flatMap({ Int($0) }), length <= maximumReceivedBytes
    else { return nil }
    guard length > 0 else { throw BodyPipe.emptyBody }
    var bytes: [UInt8] = []
    for try await piece in request.body { bytes += piece.readableBytesView }
    guard bytes.count == length else { throw Problem(.wrongBody, "the connection was closed") }
    return bytes
  }

  /// Indexes a body while it arrives.
  private static func ingestArriving(
    to connector: String, _ call: Call, _ refusals: RefusalList
  ) async throws -> IngestSummary {
    let pipe = BodyPipe(maximum: call.service.limits.bodyBytes)
    return try await withThrowingTaskGroup(of: IngestSummary?.self) { group in
      // If the client goes away while its upload waits for others, the upload is not begun.
      group.addTask {
        try await pipe.receive(call.request.body)
        return nil
      }
      group.addTask {
        defer { pipe.abandon() }
        return try await ingest(to: connector, call.service, refusals) { pipe.source }
      }
      var summary = IngestSummary()
      for try await ended in group { if let ended { summary = ended } }
      return summary
    }
  }

  private static func ingest(
    to connector: String, _ service: Service, _ refusals: RefusalList,
    from source: @escaping @Sendable () -> ByteSource
  ) async throws -> IngestSummary {
    try await service.writing { index in
      try index.ingest(connector: connector) { session in
        session.onRefusal = refusals.add
        try session.add(source())
      }
    }
  }

  static func connectorName(_ call: Call) -> String {
    let name = call.arguments.text("connector") ?? ""
    return name == "-" ? "" : name
  }

  /// Whether two names of connectors have the same bytes. `==` also matches another Unicode normalisation form, which is
  /// another connector.
  static func isEqual(_ name: String, _ other: String) -> Bool { name.utf8.elementsEqual(other.utf8) }

  private static let missing = Problem(.notFound, "there is no such candidate")
}

extension Refusal {
  /// The line and the reason. The record's text is not repeated.
  fileprivate var json: JSONValue {
    .object([("line", line.map { .number($0) } ?? .null), ("reason", .string(reason))])
  }
}
