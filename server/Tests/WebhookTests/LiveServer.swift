import BindbeeClient
import CandidateSearch
import Foundation
import Synchronization
import TestSupport

@testable import CandidateServer

/// A server on loopback, over an index of its own and an API on loopback.
final class LiveServer: Sendable {
  let folder: TemporaryFolder
  let bindbee: BindbeeServer
  private let port: UInt16
  private let task: Task<Void, any Error>

  /// Starts a server with a connector `greenhouse` whose id at Bindbee is `conn-1`.
  init(_ candidates: Range<Int>, keys: [String]? = [webhookKey]) async throws {
    folder = try TemporaryFolder()
    bindbee = try BindbeeServer([connectorToken: remotes(candidates)])
    var options = CandidateServer.Options(indexPath: folder.file("index.db"))
    options.port = 0
    options.logLevel = .critical
    options.connectors = [
      ConnectorSource(name: "greenhouse", client: try bindbee.client(), bindbeeID: "conn-1")
    ]
    options.webhookKeys = try keys.map { try WebhookKeys($0) }
    try CandidateIndex(path: options.indexPath, access: .writing).ingest { _ in }
    let server = try CandidateServer(options)
    let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
    task = Task {
      defer { continuation.finish() }
      try await server.run { continuation.yield($0) }
    }
    guard let port = await ports.first(where: { _ in true }) else {
      try await task.value
      throw POSIXError(.EADDRNOTAVAIL)
    }
    self.port = UInt16(port)
  }

  deinit { task.cancel() }

  /// An answer.
  struct Answer: Sendable {
    let status: Int
    let body: String
  }

  func post(_ path: String, _ body: [UInt8], headers: [String: String] = [:]) async throws -> Answer {
    try await send("POST", path, body, headers)
  }

  func get(_ path: String) async throws -> Answer { try await send("GET", path, [], [:]) }

  /// Sends an event with its signature.
  func deliver(_ body: [UInt8], key: String = webhookKey) async throws -> Answer {
    let signature = WebhookKeys.signature(of: body, by: Array(key.utf8))
    return try await post(
      "/v1/webhooks/bindbee", body,
      headers: ["X-Bindbee-Webhook-Signature": String(decoding: signature, as: UTF8.self)])
  }

  private func send(_ method: String, _ path: String, _ body: [UInt8], _ headers: [String: String])
    async throws
    -> Answer
  {
    var head = "\(method) \(path) HTTP/1.1\r\nHost: localhost:\(port)\r\nConnection: close\r\n"
    head += "Content-Type: application/json\r\nContent-Length: \(body.count)\r\n"
    for (name, value) in headers { head += "\(name): \(value)\r\n" }
    let request = Array((head + "\r\n").utf8) + body
    let answer = await withCheckedContinuation { continuation in
      Thread { [port] in continuation.resume(returning: Self.exchange(request, port)) }.start()
    }
    let text = String(decoding: answer, as: UTF8.self)
    let parts = text.split(separator: "\r\n\r\n", maxSplits: 1)
    let status = text.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    return Answer(status: status ?? 0, body: parts.count > 1 ? String(parts[1]) : "")
  }

  /// Sends bytes to a port of this machine and returns what comes back until the connection is closed.
  private static func exchange(_ request: [UInt8], _ port: UInt16) -> [UInt8] {
    signal(SIGPIPE, SIG_IGN)
    let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(connection) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    address.sin_port = port.bigEndian
    let isConnected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    guard isConnected else { return [] }
    var position = 0
    while position < request.count {
      let count = request[position...].withUnsafeBytes { write(connection, $0.baseAddress, $0.count) }
      guard count > 0 else { break }
      position += count
    }
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(connection, &buffer, buffer.count)
      guard count > 0 else { return answer }
      answer += buffer[..<count]
    }
  }
}
