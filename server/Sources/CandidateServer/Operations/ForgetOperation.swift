import CandidateJSON
import CandidateSearch
import Foundation
import HTTPTypes
import NIOPosix
import PostgresEngine
import Synchronization

/// `/v1/forget` and `/v1/jobs/{id}`: removes candidates for good. It rewrites the file, so that it is a job.
enum ForgetOperation {
  static let maximumIDs = 1_000
  static let job = Parameter(
    name: "id", kind: .text(maximum: 100), summary: "The id of the job.", place: .path, isRequired: true)

  static let body = JSONValue.object([
    ("type", "object"), ("additionalProperties", .bool(false)),
    (
      "oneOf",
      .list([
        .object([("required", .list(["ids"]))]), .object([("required", .list(["email"]))]),
      ])
    ),
    (
      "properties",
      .object([
        (
          "ids",
          .object([
            ("type", "array"), ("minItems", .number(1)), ("maxItems", .number(maximumIDs)),
            (
              "items",
              .object([
                ("type", "string"), ("minLength", .number(1)),
                ("maxLength", .number(RecordLimits.maximumIDBytes)),
              ])
            ),
          ])
        ),
        ("email", .object([("type", "string"), ("minLength", .number(1)), ("maxLength", .number(1000))])),
        ("connector", .object([("type", "string"), ("maxLength", .number(200))])),
      ])
    ),
  ])

  /// Whom to forget.
  private enum Subject {
    case ids([String])
    case email(String)
  }

  static func run(_ call: Call) async throws -> Reply {
    let (subject, connector) = try read(try await call.object())
    let id = try call.service.jobs.start { [service = call.service] in
      var (summary, people) = try await service.writing { index in
        try forget(subject, connector: connector, index, service)
      }
      if let recorder = service.recorder {
        // Searches that began before the end of it have shown the candidates.
        try await recorder.waitForRunning()
        let (index, done) = (try await service.indexForSyncs(), summary)
        summary = try await NIOThreadPool.singleton.runIfActive { [people] in
          var summary = done
          try recorder.forget(people, beside: index, &summary)
          return summary
        }
      }
      return .object(
        [
          ("removed", .number(summary.removed.count)), ("verified", .bool(summary.isVerified)),
          ("problems", .list(summary.problems.map { .string($0) })),
          ("copies", .list(summary.copies.map { .string($0.path) })),
        ] + (summary.horizon.map { [("horizon", .string($0))] } ?? []))
    }
    var reply = Reply(.object([("job", .string(id))]), status: .accepted)
    reply.headers[.location] = "/v1/jobs/\(id)"
    return reply
  }

  /// Removes candidates from the search log and from the events of webhooks, then from the index, which has their names until
  /// then: after a failure, the same request can be made again. Returns whom to remove from the log once more.
  private static func forget(
    _ subject: Subject, connector: String?, _ index: CandidateIndex, _ service: Service
  ) throws -> (ForgetSummary, ForgottenPeople) {
    let people =
      switch subject {
      case .ids(let ids): try ForgottenPeople(ids: ids, connector: connector, in: index)
      case .email(let address): try ForgottenPeople(email: address, connector: connector, in: index)
      }
    try service.recorder?.forget(people)
    try service.connectors.store.forget(
      Set(people.ids + people.hits.map(\.candidate.id)), connector: connector)
    return (try people.forget(in: index), people)
  }

  static func state(_ call: Call) async throws -> Reply {
    guard let state = call.service.jobs.state(of: call.arguments.text("id") ?? "") else {
      throw Problem(.notFound, "there is no such job; jobs are kept until the server ends")
    }
    return Reply(state.json)
  }

  private static func read(_ members: [String: JSONInput]) throws(Problem) -> (Subject, connector: String?) {
    guard members.keys.allSatisfy(["ids", "email", "connector"].contains) else {
      throw Problem(.wrongBody, "the body has the members ids or email, and connector")
    }
    var connector: String?
    switch members["connector"] {
    case .string(let name)? where name.unicodeScalars.count <= 200: connector = name
    case nil: break
    default: throw Problem(.wrongBody, "connector: takes a text of at most 200 characters")
    }
    switch (members["ids"], members["email"]) {
    case (.list(let inputs)?, nil) where (1...maximumIDs).contains(inputs.count):
      var ids: [String] = []
      for input in inputs {
        guard case .string(let id) = input,
          (1...RecordLimits.maximumIDBytes).contains(id.unicodeScalars.count)
        else {
          throw Problem(.wrongBody, "ids: takes texts of 1 to \(RecordLimits.maximumIDBytes) characters")
        }
        ids.append(id)
      }
      return (.ids(ids), connector)
    case (nil, .string(let address)?) where (1...1000).contains(address.unicodeScalars.count):
      return (.email(address), connector)
    default:
      throw Problem(.wrongBody, "takes either ids, a list of 1 to \(maximumIDs), or email, a text")
    }
  }
}
