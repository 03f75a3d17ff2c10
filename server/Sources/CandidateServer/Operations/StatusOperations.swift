import CandidateJSON
import CandidateSearch
import HTTPTypes

/// The state of the index and of the server.
enum StatusOperations {
  static func statistics(_ call: Call) async throws -> Reply {
    let index = try call.index()
    return Reply(.object(try await call.service.limited { try await index.statistics() }.jsonMembers))
  }

  /// Whether the process runs.
  static func live(_ call: Call) async throws -> Reply { Reply(.object([("status", "live")])) }

  /// Whether searches can be answered: the index opens, and its version fits. Servers of the index may be missing: partial
  /// searches are answered, and another process would miss the same servers.
  static func ready(_ call: Call) async throws -> Reply {
    var options = SearchOptions(limit: 1)
    options.allowsMissingParts = true
    _ = try await call.service.index(for: .local).search("", options)
    return Reply(.object([("status", "ready")]))
  }

  static func metrics(_ call: Call) async throws -> Reply {
    Reply(Array(call.service.metricsText().utf8), as: .metrics)
  }

  static func description(_ call: Call) async throws -> Reply {
    Reply(call.service.description)
  }

  static func documentation(_ call: Call) async throws -> Reply {
    var reply = Reply(Array(Description.page.utf8), as: .html)
    if let name = HTTPField.Name("Content-Security-Policy") {
      reply.headers[name] = Description.contentSecurityPolicy
    }
    return reply
  }
}
