import Foundation
import Synchronization

/// The Bindbee API as its contract has it, on loopback: pages, opaque cursors, limits with their headers, errors with
/// their details, and what a test wants to go wrong.
public final class BindbeeServer: Sendable {
  /// The one key that it knows.
  public static let apiKey = "key-3f9c41d7a2"
  /// Larger pages are refused.
  public static let largestPage = 200

  /// A candidate of a connector.
  public struct Candidate: Sendable {
    /// Its id.
    public var id: String
    /// As the API writes it.
    public var modifiedAt: String
    /// Further members, as JSON.
    public var members: String
    /// Sent when asked for, as is `rawData`.
    public var customFields = #"{"visa":"yes"}"#
    /// See `customFields`.
    public var rawData = #"{"raw":1}"#
    /// Stands there instead of the whole record.
    public var broken: String?

    /// A candidate with one name, unless told otherwise.
    public init(_ id: String, modifiedAt: String, _ members: String = #""first_name":"Ann""#) {
      (self.id, self.modifiedAt, self.members) = (id, modifiedAt, members)
    }

    /// The record as it is sent.
    public func json(customFields: Bool = false, rawData: Bool = false) -> String {
      if let broken { return broken }
      return #"{"id":"\#(id)", "modified_at":"\#(modifiedAt)", \#(members)"#
        + (customFields ? #", "custom_fields":\#(self.customFields)"# : "")
        + (rawData ? #", "raw_data":\#(self.rawData)"# : "") + "}"
    }
  }

  /// What it holds, and how it behaves.
  public struct State: Sendable {
    /// Each connector token's candidates, in the order of the walk.
    public var candidates: [String: [Candidate]]
    /// The organisation's connectors, as the API lists them in JSON.
    public var connectors: [String] = []
    /// Every request, with the status of what it was answered.
    public var log: [(request: LoopbackServer.Request, status: Int)] = []
    /// What goes wrong with a request for a page: given its number in the log, from 1, and the good reply.
    public var fault: @Sendable (Int, LoopbackServer.Answer) -> LoopbackServer.Reply? = { _, _ in nil }
    /// Runs before a request is answered; may change everything.
    public var before: @Sendable (Int, inout State) -> Void = { _, _ in }
    /// Records on a page, whatever is asked for: 0 makes an empty one. By its number in the log.
    public var sizes: [Int: Int] = [:]
    /// A page is refused, with this status, to a request that names one of these ids.
    public var unacceptable: (ids: Set<String>, status: Int) = ([], 422)
    /// Each connector's requests in a window.
    public var limit = 200
    /// How long a window is, in seconds.
    public var window = 60.0
    var used: [String: (begin: Double, count: Int)] = [:]
  }

  private let server: LoopbackServer
  private let state: Holder

  private final class Holder: Sendable {
    let state: Mutex<State>
    init(_ state: State) { self.state = Mutex(state) }
  }

  /// Listens at once; candidates by connector token.
  public init(_ candidates: [String: [Candidate]]) throws {
    let holder = Holder(State(candidates: candidates))
    state = holder
    server = try LoopbackServer { request in holder.state.withLock { $0.reply(to: request) } }
  }

  deinit { server.stop() }

  /// The base URL.
  public var url: String { server.url }

  /// What was asked and answered since the last call.
  public func takeLog() -> [(request: LoopbackServer.Request, status: Int)] {
    state.state.withLock { state in
      defer { state.log = [] }
      return state.log
    }
  }

  /// How many requests have come since the log was taken.
  public var requestCount: Int { state.state.withLock { $0.log.count } }

  /// Changes what it holds or how it behaves.
  public func change(_ body: (inout sending State) -> Void) { state.state.withLock { body(&$0) } }
}

extension BindbeeServer.State {
  fileprivate mutating func reply(to request: LoopbackServer.Request) -> LoopbackServer.Reply {
    let number = log.count + 1
    before(number, &self)
    var answer = answer(to: request, number)
    let token = request.headers["x-connector-token"] ?? ""
    for (name, value) in limitHeaders(token, answer.status) { answer.headers[name] = value }
    let reply = fault(number, answer) ?? .answer(answer)
    if case .answer(let sent) = reply { log.append((request, sent.status)) } else { log.append((request, 0)) }
    return reply
  }

  private mutating func answer(to request: LoopbackServer.Request, _ number: Int) -> LoopbackServer.Answer {
    guard request.headers["authorization"] == "Bearer \(BindbeeServer.apiKey)" else {
      return error(401, "no such key: \(request.headers["authorization"] ?? "")")
    }
    if request.path == "/api/ats/v1/connectors" {
      let list = connectors.joined(separator: ", ")
      return .init(
        status: 200, body: #"{"cursor": null, "page_size": \#(connectors.count), "items": [\#(list)]}"#)
    }
    let token = request.headers["x-connector-token"] ?? ""
    guard let all = candidates[token] else { return error(403, "token \(token) is of no ATS") }
    guard take(token) else { return error(429, "slow down") }
    let prefix = "/api/ats/v1/candidates"
    if request.path == prefix { return page(of: all, request.query, number) }
    let id = request.path.hasPrefix(prefix + "/") ? request.path.dropFirst(prefix.count + 1) : ""
    guard let candidate = all.first(where: { $0.id == id.removingPercentEncoding }) else {
      return error(404, "no candidate \(id)")
    }
    return .init(status: 200, body: json(candidate, request.query))
  }

  private func page(
    of all: [BindbeeServer.Candidate], _ query: [String: String], _ number: Int
  ) -> LoopbackServer.Answer {
    guard let size = Int(query["page_size"] ?? "50"), (1...BindbeeServer.largestPage).contains(size) else {
      return invalid("page_size", "must be from 1 to 200")
    }
    if unacceptable.ids.contains(where: { ids(query).contains($0[...]) }) {
      return error(unacceptable.status, "no such ids")
    }
    var others = query
    others["cursor"] = nil
    let walk = others.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
    var start = 0
    if let cursor = query["cursor"] {
      let parts = Data(base64Encoded: cursor).map { String(decoding: $0, as: UTF8.self) }?.split(
        separator: "|", maxSplits: 2, omittingEmptySubsequences: false)
      guard let parts, parts.count == 3, let place = Int(parts[0]), parts[2] == walk else {
        return invalid("cursor", "belongs to another walk")
      }
      start = place
    }
    let chosen = all.filter { isWanted($0, query) }
    let end = min(chosen.count, start + min(size, sizes[number] ?? size))
    let items = chosen[min(start, end)..<end]
    // The number makes each cursor another, and the bytes make signs that an address must not hold as they are.
    let cursor =
      end < chosen.count ? Data("\(end)|\(number)>?~\u{FF}|\(walk)".utf8).base64EncodedString() : nil
    let list = items.map { json($0, query) }.joined(separator: ", ")
    return .init(
      status: 200,
      body:
        #"{"cursor": \#(cursor.map { "\"\($0)\"" } ?? "null"), "page_size": \#(items.count), "items": [\#(list)]}"#
    )
  }

  private func ids(_ query: [String: String]) -> [Substring] { (query["ids"] ?? "").split(separator: ",") }

  private func isWanted(_ candidate: BindbeeServer.Candidate, _ query: [String: String]) -> Bool {
    if query["ids"] != nil { return ids(query).contains(candidate.id[...]) }
    return candidate.modifiedAt > query["modified_after"] ?? ""
  }

  private func json(_ candidate: BindbeeServer.Candidate, _ query: [String: String]) -> String {
    candidate.json(
      customFields: query["include_custom_fields"] == "true", rawData: query["include_raw_data"] == "true")
  }

  private func error(_ status: Int, _ detail: String) -> LoopbackServer.Answer {
    .init(status: status, headers: ["WWW-Authenticate": "Bearer"], body: #"{"detail": "\#(detail)"}"#)
  }

  private func invalid(_ name: String, _ message: String) -> LoopbackServer.Answer {
    .init(
      status: 422,
      body: #"{"detail": [{"loc": ["query", "\#(name)"], "msg": "\#(message)", "type": "value_error"}]}"#)
  }

  // MARK: - Limits

  /// Counts a request; false where the window's are used up.
  private mutating func take(_ token: String) -> Bool {
    let now = Date().timeIntervalSince1970
    var (begin, count) = used[token] ?? (now, 0)
    if now >= begin + window { (begin, count) = (now, 0) }
    used[token] = (begin, count + 1)
    return count < limit
  }

  private func limitHeaders(_ token: String, _ status: Int) -> [String: String] {
    let (begin, count) = used[token] ?? (Date().timeIntervalSince1970, 0)
    let reset = begin + window
    var headers = [
      "X-RateLimit-Limit": "\(limit)", "X-RateLimit-Remaining": "\(max(0, limit - count))",
      "X-RateLimit-Reset": "\(Int(reset.rounded(.up)))",
    ]
    if status == 429 {
      headers["Retry-After"] = "\(max(0, Int((reset - Date().timeIntervalSince1970).rounded(.up))))"
    }
    return headers
  }
}
