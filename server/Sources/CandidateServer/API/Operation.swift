import AccessKeys
import CandidateJSON
import HTTPTypes

/// An operation of the API: one row for routing, rights, metrics, `openapi.json` and documentation.
struct Operation: Sendable {
  /// Whom its answers are made for.
  enum Audience: Sendable {
    /// Programs: they are described in `openapi.json`.
    case programs
    /// People: a page in a browser.
    case people
    /// Live pages, which replace a part of themselves.
    case pages
  }

  /// Who may call it.
  enum Access: Sendable, Hashable {
    /// Everyone who reaches the server.
    case open
    /// Keys with a right.
    case right(AccessRight)
    /// People who have signed in with a key that has a right.
    case session(AccessRight)
    /// Bindbee, by the signature of the body.
    case signature

    /// The right that the key needs; nil where no key is needed.
    var right: AccessRight? {
      switch self {
      case .open, .signature: nil
      case .right(let right), .session(let right): right
      }
    }
  }

  /// What the body of a request is.
  enum Body: Sendable {
    /// A JSON object with the parameters of the operation, in place of those in the address.
    case parameters
    /// A JSON object of a schema.
    case object(JSONValue)
    /// The parameters of the operation, as a form of a page sends them.
    case form
    /// Records, as NDJSON or as a JSON array, read as they arrive.
    case records
    /// The JSON text of a webhook.
    case event(JSONValue)
  }

  /// An answer that is not a problem.
  struct Answer: Sendable {
    let status: HTTPResponse.Status
    let summary: String
    var type: Reply.MediaType?
    var schema: JSONValue = .object([])
    var links: [Link] = []
  }

  /// An operation that takes values of this one's request or answer.
  struct Link: Sendable {
    /// Its id.
    let operation: String
    /// Its parameters, as runtime expressions of OpenAPI.
    let parameters: [(String, String)]
  }

  /// Its name in logs, metrics and `openapi.json`.
  let id: String
  let method: HTTPRequest.Method
  /// The path, with the names of path parameters in braces.
  let path: String
  let access: Access
  /// The rights that the key needs besides that of `access`.
  var furtherRights: [AccessRight] = []
  var audience = Audience.programs
  let summary: String
  /// The parameters in the path and in the query, or in the body.
  var parameters: [Parameter] = []
  /// Header fields besides those that every operation of its kind has.
  var ownFields: [Parameter] = []
  var body: Body?
  let answers: [Answer]
  /// The kinds of problems besides those that every operation has.
  var problems: [Problem.Kind] = []
  /// Whether the search log records what it shows.
  var isRecorded = false
  let run: @Sendable (Call) async throws -> Reply
}

extension Operation {
  /// The kinds of problems that an answer may have.
  var allProblems: [Problem.Kind] {
    var kinds = problems + [.malformed, .headerTooLong, .wrongParameter, .wrongHost, .failed]
    switch access {
    case .open: break
    case .right, .session: kinds += [.keyMissing, .keyRefused, .rightMissing, .tooManyRequests]
    case .signature: kinds.append(.wrongSignature)
    }
    if problems.contains(.indexUnavailable) { kinds.append(.partsMissing) }
    if isRecorded { kinds += [.purposeMissing, .logUnavailable] }
    if body != nil { kinds += [.wrongBody, .bodyTooLarge, .wrongMediaType, .tooSlow] }
    return Problem.Kind.allCases.filter(kinds.contains)
  }

  /// The parameters in header fields.
  var fields: [Parameter] {
    ownFields + (isRecorded ? [SearchRecorder.purpose] : []) + [RequestIdentifier.parameter]
  }

  /// The parts of the path; those in braces are parameters.
  var segments: [Substring] { path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) }

  /// The values of the path parameters, if a path is of this operation.
  func pathValues(_ parts: [Substring]) -> [String: String]? {
    let segments = segments
    guard parts.count == segments.count else { return nil }
    var values: [String: String] = [:]
    for (segment, part) in zip(segments, parts) {
      if segment.first == "{" {
        guard let text = String(part).removingPercentEncoding, !text.isEmpty else { return nil }
        values[String(segment.dropFirst().dropLast())] = text
      } else if segment != part {
        return nil
      }
    }
    return values
  }
}
