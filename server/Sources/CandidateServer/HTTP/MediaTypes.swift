import Foundation
import HTTPTypes
import Hummingbird

/// The media types of bodies.
enum MediaTypes {
  static let records = ["application/x-ndjson", "application/json", "application/jsonl"]

  /// - Throws: `Problem` for a body of another type. A request may leave it out.
  static func check(_ request: Request, for operation: Operation) throws(Problem) {
    if let coding = request.headers[.contentEncoding], coding.lowercased() != "identity" {
      throw Problem(
        .wrongMediaType, "takes bodies without a coding", headers: [.acceptEncoding: "identity"])
    }
    // `gzip, chunked` delivers compressed bytes (RFC 9112, 7).
    if let coding = request.headers[.transferEncoding], coding.lowercased() != "chunked" {
      throw Problem(
        .wrongMediaType, "takes bodies without a coding but chunks", headers: [.acceptEncoding: "identity"])
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
