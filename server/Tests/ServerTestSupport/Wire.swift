import Foundation

/// A connection that sends and receives bytes as they are. Its calls block a thread of their own, never one of the
/// server's.
final class Wire: Sendable {
  /// A parsed answer.
  struct Answer: Sendable {
    let status: Int
    /// By lower-case name; several fields of a name are joined by a comma.
    let headers: [String: String]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
    /// The type of a problem, without the address of the documentation.
    var problem: String? {
      (object["type"] as? String)?.replacing("/docs#problem-", with: "")
    }
    var object: [String: Any] {
      (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:]
    }
  }

  /// What became of a connection.
  enum End: Sendable, Equatable {
    case closed, open
  }

  private let descriptor: Int32
  private let queue = DispatchQueue(label: "wire")
  private nonisolated(unsafe) var received: [UInt8] = []

  init(port: Int, receiveBuffer: Int32? = nil) async throws {
    // A child process would keep the connection open.
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    self.descriptor = descriptor
    if var size = receiveBuffer { setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, 4) }
    try await run {
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = in_port_t(port).bigEndian
      address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
      let result = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
      guard result == 0 else { throw POSIXError(.ECONNREFUSED) }
    }
  }

  deinit { close(descriptor) }

  // MARK: - Sending

  /// The bytes of a request, with a Host and, for a body, its length.
  static func request(
    _ method: String, _ path: String, _ headers: [String] = [], body: [UInt8] = []
  ) -> [UInt8] {
    var lines = ["\(method) \(path) HTTP/1.1"]
    if !headers.contains(where: { $0.lowercased().hasPrefix("host:") }) { lines.append("Host: localhost") }
    if !body.isEmpty { lines.append("Content-Length: \(body.count)") }
    return Array(((lines + headers).joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
  }

  /// Sends bytes; stops where the server has closed the connection.
  func send(_ bytes: [UInt8]) async throws {
    try await run { [descriptor] in
      var sent = 0
      while sent < bytes.count {
        let count = bytes[sent...].withUnsafeBytes {
          Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard count > 0 else { return }
        sent += count
      }
    }
  }

  func send(_ text: String) async throws { try await send(Array(text.utf8)) }

  /// Says that no more is sent.
  func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Resets the connection.
  func reset() {
    var linger = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
    shutdown(descriptor, Int32(SHUT_RDWR))
  }

  // MARK: - Receiving

  /// The next answer; nil if the connection ends before, or after the time.
  func answer(to method: String = "GET", within seconds: Double = 20) async throws -> Answer? {
    try await run { [self] in
      let deadline = Date(timeIntervalSinceNow: seconds)
      while true {
        if let answer = parse(isHead: method == "HEAD") { return answer }
        guard receive(until: deadline) else { return nil }
      }
    }
  }

  /// Waits until the server closes the connection.
  func end(within seconds: Double = 20) async throws -> End {
    try await run { [self] in
      let deadline = Date(timeIntervalSinceNow: seconds)
      while receive(until: deadline) {}
      return deadline.timeIntervalSinceNow > 0 ? .closed : .open
    }
  }

  /// Returns false at the end of the connection or of the time.
  private func receive(until deadline: Date) -> Bool {
    let left = deadline.timeIntervalSinceNow
    guard left > 0 else { return false }
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&waiting, 1, Int32((left * 1000).rounded(.up))) > 0 else { return false }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    guard count > 0 else { return false }
    received += buffer[..<count]
    return true
  }

  private func parse(isHead: Bool) -> Answer? {
    guard let end = received.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
    let lines = String(decoding: received[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " ", maxSplits: 2)
    guard words.count > 1, let status = Int(words[1]) else { return nil }
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let pair = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let (name, value) = (pair[0].lowercased(), pair[1].trimmingCharacters(in: .whitespaces))
      headers[name] = headers[name].map { "\($0), \(value)" } ?? value
    }
    let hasBody = !isHead && status != 204 && status != 304 && status >= 200
    let length = hasBody ? Int(headers["content-length"] ?? "0") ?? 0 : 0
    guard received.count >= end.upperBound + length else { return nil }
    let body = Array(received[end.upperBound..<end.upperBound + length])
    received.removeFirst(end.upperBound + length)
    return Answer(status: status, headers: headers, body: body)
  }

  private func run<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result(catching: body)) }
    }
  }
}
