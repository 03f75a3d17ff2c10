import CandidateJSON
import CandidateSearch
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Answers requests: finds the operation, admits the caller, runs it, and turns errors into problems. Each answer is
/// logged and counted, without anything that a caller typed.
struct Responder: HTTPResponder {
  typealias Context = BasicRequestContext

  let service: Service
  let admission: Admission
  let origins: Set<String>
  let logger: Logger
  private let availability: AvailabilityLog

  init(service: Service, admission: Admission, origins: Set<String>, logger: Logger) {
    self.service = service
    self.admission = admission
    self.origins = origins
    self.logger = logger
    availability = AvailabilityLog(logger)
  }

  func respond(to request: Request, context: Context) async throws -> Response {
    let start = ContinuousClock.now
    let entryID = RequestIdentifier.new()
    let id = RequestIdentifier.ofCaller(request) ?? entryID
    let outcome = await outcome(of: request, id, entryID: entryID)
    let duration = start.duration(to: .now)
    let name = outcome.operation?.id ?? "none"
    service.metrics.answered(name, outcome.reply.status, in: duration)
    var metadata: Logger.Metadata = [
      "operation": .string(name), "status": .stringConvertible(outcome.reply.status.code),
      "microseconds": .stringConvertible(duration.microseconds), "request_id": .string(id),
      "key": .string(outcome.caller?.name ?? "-"),
    ]
    if id != entryID, outcome.operation?.isRecorded == true, service.recorder != nil {
      metadata["entry_request"] = .string(entryID)
    }
    logger.info("request", metadata: metadata)
    return response(outcome.reply, to: request, id)
  }

  private struct Outcome {
    var operation: Operation?
    var caller: Caller?
    var visitor: Visitor?
    var reply: Reply
  }

  /// Runs a request. `id`: the id of its answer and its log line; `entryID`: that of its entry in the search log.
  private func outcome(of request: Request, _ id: String, entryID: String) async -> Outcome {
    var request = request
    var outcome = Outcome(reply: Reply(status: .internalServerError))
    do {
      let parts = try Target.parts(of: request)
      if let preflight = preflight(request) {
        outcome.reply = preflight
        return outcome
      }
      let (operation, path) = try OperationTable.find(request.method, parts)
      outcome.operation = operation
      if operation.audience != .programs {
        let visitor = Visitor(request)
        outcome.visitor = visitor
        // A page says in a cookie what a program says in a field.
        if let purpose = visitor.purpose {
          request = SearchRecorder.request(request, withPurpose: purpose)
        }
      }
      let caller = try admission.caller(of: request, outcome.visitor, for: operation)
      outcome.caller = caller
      let arguments = try await arguments(of: request, operation, path)
      let call = Call(
        service: service, caller: caller, arguments: arguments, request: request, visitor: outcome.visitor,
        keys: admission.keys, entryID: entryID)
      if operation.isRecorded, let recorder = service.recorder {
        outcome.reply = try await recorder.running(call) { try await operation.run(call) }
      } else {
        outcome.reply = try await operation.run(call)
      }
      availability.noteSuccess(of: operation)
    } catch {
      if let operation = outcome.operation { availability.note(error, in: operation) }
      let problem = Problem(error, of: outcome.caller)
      if problem.kind == .failed {
        logger.error("failed", metadata: ["request_id": .string(id), "error": .string("\(type(of: error))")])
      }
      let page = PageProblem(problem, of: outcome.operation)
      outcome.reply =
        (try? page?.reply(to: request, outcome.visitor, outcome.caller, service))
        ?? problem.reply(requestID: id)
    }
    if let operation = outcome.operation, operation.audience != .programs {
      PageHeaders.add(to: &outcome.reply, outcome.visitor, needsKeys: service.needsKeys)
    }
    return outcome
  }

  private func arguments(
    of request: Request, _ operation: Operation, _ path: [String: String]
  ) async throws -> Arguments {
    guard let inAddress = QueryString.read(request.uri.query ?? "") else {
      throw Problem(.wrongParameter, "the address is not percent-encoded UTF-8")
    }
    if operation.body != nil { try MediaTypes.check(request, for: operation) }
    var (query, members): ([(name: String, value: String)], [String: JSONInput]) = (inAddress, [:])
    switch operation.body {
    case .parameters:
      members = try JSONInput.object(await service.bytes(of: request, atMost: service.limits.jsonBytes))
    case .form:
      let bytes = try await service.bytes(of: request, atMost: service.limits.jsonBytes)
      guard let fields = QueryString.read(String(decoding: bytes, as: UTF8.self)) else {
        throw Problem(.wrongBody, "the form is not percent-encoded UTF-8")
      }
      // Not in the address, which logs and histories keep.
      query = fields
    default: break
    }
    return try Arguments(
      operation.parameters + operation.fields, path: path, query: query, body: members,
      headers: request.headers, ignoresUnknown: operation.audience != .programs)
  }

  // MARK: - Responses

  private func response(_ reply: Reply, to request: Request, _ id: String) -> Response {
    var (reply, headers) = (reply, reply.headers)
    if let name = RequestIdentifier.parameter.field { headers[name] = id }
    headers[.xContentTypeOptions] = "nosniff"
    if reply.isPartial { headers[.cacheControl] = "no-store" }
    if headers[.cacheControl] == nil { headers[.cacheControl] = "private, no-cache" }
    allowOrigin(of: request, in: &headers)
    let isRead = request.method == .get || request.method == .head
    if isRead, reply.status == .ok, !reply.isPartial {
      let tag = EntityTag.of(reply.body.prefix(reply.taggedLength ?? reply.body.count))
      headers[.eTag] = tag
      headers[.vary] = [headers[.vary], "Accept-Encoding"].compactMap(\.self).joined(separator: ", ")
      if EntityTag.matches(request.headers[.ifNoneMatch], tag) {
        headers[.contentType] = nil
        return Response(status: .notModified, headers: headers)
      }
    }
    if reply.body.count >= Gzip.minimumLength, Gzip.isAccepted(request.headers[.acceptEncoding]),
      let compressed = Gzip.compressed(reply.body)
    {
      reply.body = compressed
      headers[.contentEncoding] = "gzip"
    }
    guard request.method != .head else {
      headers[.contentLength] = "\(reply.body.count)"
      return Response(status: reply.status, headers: headers)
    }
    return Response(
      status: reply.status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body)))
  }

  // MARK: - Other origins

  /// The answer to a browser that asks whether a page of another origin may call; nil for other requests.
  private func preflight(_ request: Request) -> Reply? {
    guard request.method == .options, let origin = request.headers[.origin], origins.contains(origin),
      request.headers[.accessControlRequestMethod] != nil
    else { return nil }
    var reply = Reply(status: .noContent)
    reply.headers[.accessControlAllowMethods] = "GET, POST, DELETE"
    reply.headers[.accessControlAllowHeaders] = "Authorization, Content-Type, X-Request-Id, X-Purpose"
    reply.headers[.accessControlMaxAge] = "600"
    return reply
  }

  private func allowOrigin(of request: Request, in headers: inout HTTPFields) {
    guard !origins.isEmpty else { return }
    headers[.vary] = "Origin"
    if let origin = request.headers[.origin], origins.contains(origin) {
      headers[.accessControlAllowOrigin] = origin
      headers[.accessControlExposeHeaders] = "X-Request-Id, Retry-After, ETag, Location, X-Withheld-Addresses"
    }
  }
}

extension Duration {
  fileprivate var microseconds: Int {
    Int(components.seconds) * 1_000_000 + Int(components.attoseconds / 1_000_000_000_000)
  }
}
