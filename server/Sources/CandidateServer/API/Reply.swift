import CandidateJSON
import HTTPTypes
import NIOCore

/// The answer to a request.
struct Reply: Sendable {
  /// The media types of answers.
  enum MediaType: String, CaseIterable, Sendable {
    case json = "application/json"
    case problem = "application/problem+json"
    case ndjson = "application/x-ndjson"
    case html = "text/html; charset=utf-8"
    case csv = "text/csv; charset=utf-8"
    case metrics = "text/plain; version=0.0.4; charset=utf-8"
    case text = "text/plain; charset=utf-8"
  }

  var status: HTTPResponse.Status
  var headers: HTTPFields
  var body: [UInt8]
  /// The length of the beginning of the body that its entity tag is a hash of; nil for all of it.
  var taggedLength: Int?
  /// Whether it leaves out parts of the index. No cache may store it, nor take it for the complete answer.
  var isPartial = false

  init(_ body: [UInt8], as type: MediaType = .json, status: HTTPResponse.Status = .ok) {
    self.status = status
    self.body = body
    headers = [.contentType: type.rawValue]
  }

  init(_ value: JSONValue, status: HTTPResponse.Status = .ok) { self.init(value.bytes, status: status) }

  /// A reply without a body.
  init(status: HTTPResponse.Status) {
    self.status = status
    headers = [:]
    body = []
  }
}
