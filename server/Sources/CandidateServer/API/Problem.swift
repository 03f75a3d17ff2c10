import CandidateJSON
import CandidateSearch
import HTTPTypes
import NIOHTTP1
import SearchLog

/// An error of a request, answered as `application/problem+json` (RFC 9457).
struct Problem: Error, Sendable {
  let kind: Kind
  /// What is wrong with this request.
  let detail: String
  /// Further members.
  var members: [(String, JSONValue)] = []
  /// Further header fields.
  var headers: HTTPFields = [:]

  init(
    _ kind: Kind, _ detail: String, members: [(String, JSONValue)] = [], headers: HTTPFields = [:]
  ) {
    self.kind = kind
    self.detail = detail
    self.members = members
    self.headers = headers
  }

  /// The reply. `type` is a reference to the documentation of the kind, relative to the server.
  func reply(requestID: String) -> Reply {
    let object = JSONValue.object(
      [
        ("type", .string("/docs#problem-\(kind.rawValue)")), ("title", .string(kind.title)),
        ("status", .number(kind.status.code)), ("detail", .string(detail)),
        ("request_id", .string(requestID)),
      ] + members)
    var reply = Reply(object.bytes, as: .problem, status: kind.status)
    reply.headers.append(contentsOf: headers)
    return reply
  }
}

extension Problem {
  /// The kinds of errors: one row a kind, for answers, documentation and `openapi.json`.
  enum Kind: String, CaseIterable, Sendable {
    case malformed = "malformed-request"
    case wrongQuery = "wrong-query"
    case wrongCursor = "wrong-cursor"
    case wrongParameter = "wrong-parameter"
    case wrongBody = "wrong-body"
    case keyMissing = "key-missing"
    case keyRefused = "key-refused"
    case rightMissing = "right-missing"
    case purposeMissing = "purpose-missing"
    case wrongHost = "wrong-host"
    case wrongSignature = "wrong-signature"
    case formExpired = "form-expired"
    case exportTooLarge = "export-too-large"
    case notFound = "not-found"
    case methodNotAllowed = "method-not-allowed"
    case bodyTooLarge = "body-too-large"
    case wrongMediaType = "wrong-media-type"
    case headerTooLong = "header-too-long"
    case tooManyRequests = "too-many-requests"
    case overloaded
    case tooSlow = "too-slow"
    case indexUnavailable = "index-unavailable"
    case partsMissing = "parts-missing"
    case logUnavailable = "log-unavailable"
    case failed

    private var row: (status: HTTPResponse.Status, title: String) {
      switch self {
      case .malformed: (.badRequest, "The request is not well-formed HTTP")
      case .wrongQuery:
        (.badRequest, "The query is wrong at a place: offset and length, in Unicode scalars")
      case .wrongCursor: (.badRequest, "The cursor continues no page of this search")
      case .wrongParameter: (.badRequest, "A parameter is unknown, missing or has a wrong value")
      case .wrongBody: (.badRequest, "The body cannot be read")
      case .keyMissing: (.unauthorized, "The request has no key")
      case .keyRefused: (.unauthorized, "The key is unknown, revoked or expired")
      case .rightMissing: (.forbidden, "The key does not have the right that this needs")
      case .purposeMissing:
        (
          .badRequest,
          "The server records why candidates are searched, and the request has no X-Purpose that says so"
        )
      case .wrongHost:
        (.forbidden, "Without keys, only requests to this machine's own name and from itself are answered")
      case .wrongSignature: (.unauthorized, "The signature of the webhook is missing or wrong")
      case .formExpired: (.forbidden, "The form is not of a page that this browser was sent")
      case .exportTooLarge: (.badRequest, "The search finds more candidates than an export may contain")
      case .notFound: (.notFound, "There is nothing at this path")
      case .methodNotAllowed: (.methodNotAllowed, "The path has no such method")
      case .bodyTooLarge: (.contentTooLarge, "The body is longer than the server accepts")
      case .wrongMediaType: (.unsupportedMediaType, "The body is of a media type that is not accepted")
      case .headerTooLong:
        (.requestHeaderFieldsTooLarge, "The address and the header fields are longer than the server accepts")
      case .tooManyRequests: (.tooManyRequests, "The key has used up its rate")
      case .overloaded: (.tooManyRequests, "Too many requests wait already")
      case .tooSlow: (.serviceUnavailable, "The request took longer than the server allows")
      case .indexUnavailable: (.serviceUnavailable, "The index cannot be used now")
      case .partsMissing:
        (
          .serviceUnavailable,
          "Servers of the index cannot be reached; a search with partial=true leaves out their candidates"
        )
      case .logUnavailable: (.serviceUnavailable, "The search log cannot be written or read")
      case .failed: (.internalServerError, "The server failed; the log has the request's id")
      }
    }

    /// The status of the answer.
    var status: HTTPResponse.Status { row.status }
    /// What it means, in a line.
    var title: String { row.title }
  }
}

extension Problem {
  /// The problem that an error is, in a request of a caller if there is one.
  init(_ error: any Error, of caller: Caller? = nil) {
    switch error {
    case let problem as Problem: self = problem
    // The index may not contain a custom field that the scope of the key names: that is not an error of the caller's query.
    case let error as QueryError where error.query == caller?.filter:
      self.init(.keyRefused, "the scope of the key cannot be evaluated on this index")
    case let error as QueryError:
      self.init(
        .wrongQuery, error.problem,
        members: [
          ("offset", .number(error.place.start)), ("length", .number(error.place.end - error.place.start)),
          ("suggestion", .string(error.advice)),
        ])
    case let error as CursorError: self.init(.wrongCursor, error.description)
    case let error as ConnectorNameError: self.init(.wrongParameter, error.description)
    case IndexError.partsMissing(_, let parts):
      let named = caller?.seesServers == true ? parts : []
      self.init(.partsMissing, IndexError.statement(ofMissingParts: named), headers: [.retryAfter: "1"])
    case let error as IndexError:
      // The path belongs to the operator, not to callers.
      self.init(
        .indexUnavailable, error.isPassing ? "another process writes to it" : "it cannot be read or written",
        headers: [.retryAfter: "1"])
    case is SearchLogError:
      self.init(
        .logUnavailable, "it cannot be read or written, and what cannot be recorded is not shown",
        headers: [.retryAfter: "1"])
    case is HTTPParserError: self.init(.malformed, "the body cannot be read")
    case is CancellationError: self.init(.tooSlow, "it was cancelled")
    default: self.init(.failed, "an error that was not expected")
    }
  }
}

extension IndexError {
  /// Whether the same call may succeed in a moment.
  var isPassing: Bool {
    switch self {
    case .busy, .erasureBlocked, .changedWhileRead: true
    default: false
    }
  }
}
