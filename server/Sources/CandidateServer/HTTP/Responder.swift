import CandidateJSON
import CandidateSearch
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import SodiumLibrary

/// Answers requests: finds the operation, admits the caller, runs it, and turns errors into problems. Each answer is
/// logged and counted, without anything that a caller typed.
struct Responder: HTTPResponder {
  typealias Context = BasicRequestContext

  let service: Service
  let admission: Admission
  let origins: Set<String>
  let logger: Logger

  func respond(to request: Request, context: Context) async throws -> Response {
    let start = ContinuousClock.now
    let id = RequestIdentifier.of(request)
    let outcome = await outcome(of: request, id)
    let duration = start.duration(to: .now)
    let name = outcome.operation?.id ?? "none"
    service.metrics.answered(name, outcome.reply.status, in: duration)
    logger.info(
      "request",
      metadata: [
        "operation": .string(name), "status": .stringConvertible(outcome.reply.status.code),
        "microseconds": .stringConvertible(duration.microseconds), "request_id": .string(id),
        "key": .string(outcome.caller?.name ?? "-"),
      ])
    return response(outcome.reply, to: request, id)
  }

  private struct Outcome {
    var operation: Operation?
    var caller: Caller?
    var visitor: Visitor?
    var reply: Reply
  }

  private func outcome(of request: Request, _ id: String) async -> Outcome {
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
        keys: admission.keys, requestID: id)
      if operation.isRecorded, let recorder = service.recorder {
        outcome.reply = try await recorder.running(call) { try await operation.run(call) }
      } else {
        outcome.reply = try await operation.run(call)
      }
    } catch {
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

/// The id of a request, which its answer and its log line have.
enum RequestIdentifier {
  private static let maximumLength = 64
  static let parameter = Parameter(
    name: "X-Request-Id", kind: .anyText,
    summary:
      "The id of the request, which the answer and the line of the log have, if it consists of at most \(maximumLength) letters, digits, `-`, `_` and `.`; else they have a new one.",
    place: .header)

  /// The caller's own, if it is a short text of letters, digits, full stops, dashes and underscores; else a new one.
  static func of(_ request: Request) -> String {
    if let text = parameter.field.flatMap({ request.headers[$0] }),
      (1...maximumLength).contains(text.utf8.count),
      text.utf8.allSatisfy(isPlain)
    {
      return text
    }
    return new()
  }

  static func new() -> String { String(UInt64.random(in: .min ... .max), radix: 36) }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}

/// Entity tags of answers (RFC 9110, 8.8.3).
enum EntityTag {
  /// A hash of a body.
  static func of(_ body: ArraySlice<UInt8>) -> String {
    var hash = [UInt8](repeating: 0, count: 16)
    body.withUnsafeBufferPointer { body in
      _ = crypto_generichash(&hash, hash.count, body.baseAddress, UInt64(body.count), nil, 0)
    }
    return "W/\"" + String(decoding: hash.flatMap { [digit($0 >> 4), digit($0 & 15)] }, as: UTF8.self) + "\""
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
  }

  /// Whether a field `If-None-Match` names a tag.
  static func matches(_ field: String?, _ tag: String) -> Bool {
    guard let field else { return false }
    // Weak tags and strong ones are equal here (RFC 9110, 13.1.2).
    return field.split(separator: ",").contains {
      let name = $0.trimmingCharacters(in: .whitespaces)
      return name == "*" || name == tag || "W/" + name == tag
    }
  }
}

/// The target of a request.
enum Target {
  /// The parts of the path between slashes, still encoded.
  /// - Throws: `Problem` for a request with two hosts, which a proxy may read in another way, and for an address that is
  ///   not a path.
  static func parts(of request: Request) throws(Problem) -> [Substring] {
    // The first is `authority`.
    guard HTTPField.Name("Host").flatMap({ request.headers[$0] }) == nil else {
      throw Problem(.malformed, "the request has two hosts", headers: [.connection: "close"])
    }
    guard let path = request.head.path, path.first == "/" else {
      throw Problem(.malformed, "the address does not begin with a slash")
    }
    return path.dropFirst().prefix { $0 != "?" && $0 != "#" }
      .split(separator: "/", omittingEmptySubsequences: false)
  }
}

/// The parameters of an address.
enum QueryString {
  /// The names and values, as forms encode them; nil if they are not UTF-8.
  static func read(_ text: String) -> [(name: String, value: String)]? {
    var read: [(String, String)] = []
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(decoded)
      guard let name = parts[0], let value = parts.count > 1 ? parts[1] : "" else { return nil }
      read.append((name, value))
    }
    return read
  }

  /// A name or a value without its encoding; nil where an escape is wrong, and for what is not UTF-8 then.
  static func decoded(_ text: Substring) -> String? {
    var decoded: [UInt8] = []
    var rest = text.utf8
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): decoded.append(0x20)
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(hexValue), let low = rest.popFirst().flatMap(hexValue) else {
          return nil
        }
        decoded.append(high << 4 | low)
      default: decoded.append(byte)
      }
    }
    return String(validating: decoded, as: UTF8.self)
  }

  private static func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

/// The media types of bodies.
enum MediaTypes {
  static let records = ["application/x-ndjson", "application/json", "application/jsonl"]

  /// - Throws: `Problem` for a body of another type. A request may leave it out.
  static func check(_ request: Request, for operation: Operation) throws(Problem) {
    if let coding = request.headers[.contentEncoding], coding.lowercased() != "identity" {
      throw Problem(
        .wrongMediaType, "takes bodies without a coding", headers: [.acceptEncoding: "identity"])
    }
    guard let field = request.headers[.contentType] else { return }
    let type = field.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
    let accepted =
      switch operation.body {
      case .records: records
      case .form: ["application/x-www-form-urlencoded"]
      default: ["application/json"]
      }
    guard accepted.contains(type) else {
      throw Problem(.wrongMediaType, "takes \(accepted.joined(separator: ", "))")
    }
  }
}

extension Duration {
  fileprivate var microseconds: Int {
    Int(components.seconds) * 1_000_000 + Int(components.attoseconds / 1_000_000_000_000)
  }
}
