import Foundation
import Synchronization

/// A small HTTP/1.1 server on loopback: GET alone, an answer made by a closure, and every way in which a connection can
/// go wrong.
public final class LoopbackServer: Sendable {
  /// What came in.
  public struct Request: Sendable {
    /// As it was sent, still encoded.
    public let path: String
    /// Decoded.
    public let query: [String: String]
    /// By lower-case name.
    public let headers: [String: String]
  }

  /// What goes out.
  public enum Reply: Sendable {
    case answer(Answer)
    /// The head and so many bytes of the body, then the connection is reset.
    case reset(Answer, afterBytes: Int)
    /// The same, but the connection is closed properly.
    case cut(Answer, afterBytes: Int)
    /// As `cut`, and the head did not say how long the body is.
    case cutWithoutLength(Answer, afterBytes: Int)
    /// The head and this many bytes of the body, then nothing, until the client or the server goes away.
    case stall(Answer, afterBytes: Int)
    /// The head, then this many bytes of the body at a time with a pause after each, in seconds.
    case drip(Answer, bytes: Int, pause: Double)
    /// Nothing, until the client or the server goes away.
    case silence
  }

  /// A whole answer.
  public struct Answer: Sendable {
    /// 200, say.
    public var status: Int
    /// Besides the type and the length.
    public var headers: [String: String]
    /// JSON, as a rule.
    public var body: [UInt8]

    /// An answer of any bytes.
    public init(status: Int, headers: [String: String] = [:], bytes: [UInt8]) {
      self.status = status
      self.headers = headers
      body = bytes
    }

    /// An answer.
    public init(status: Int, headers: [String: String] = [:], body: String) {
      (self.status, self.headers, self.body) = (status, headers, Array(body.utf8))
    }
  }

  private let listener: Int32
  /// Where it listens.
  public let port: UInt16
  private let reply: @Sendable (Request) -> Reply
  private let connections = Mutex<Set<Int32>>([])

  /// Listens at once.
  public init(_ reply: @escaping @Sendable (Request) -> Reply) throws {
    self.reply = reply
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = listener
    port = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        guard bind(descriptor, generic, length) == 0, listen(descriptor, 64) == 0 else { return 0 }
        getsockname(descriptor, generic, &length)
        return pointer.pointee.sin_port.bigEndian
      }
    }
    guard port > 0 else { throw POSIXError(.EADDRNOTAVAIL) }
    Thread { [weak self] in
      while true {
        let connection = accept(descriptor, nil, nil)
        guard connection >= 0, let self else { break }
        Thread { self.serve(connection) }.start()
      }
    }.start()
  }

  /// `http://127.0.0.1:PORT`
  public var url: String { "http://127.0.0.1:\(port)" }

  /// Hangs up on everybody. Whoever made the server calls it.
  public func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
    for connection in connections.withLock({ $0 }) { shutdown(connection, Int32(SHUT_RDWR)) }
  }

  private func serve(_ connection: Int32) {
    signal(SIGPIPE, SIG_IGN)
    connections.withLock { _ = $0.insert(connection) }
    while let head = readHead(connection), let request = Self.request(head), send(reply(request), connection)
    {}
    connections.withLock { _ = $0.remove(connection) }
    close(connection)
  }

  private func readHead(_ connection: Int32) -> String? {
    var head: [UInt8] = []
    var byte: UInt8 = 0
    while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
      guard read(connection, &byte, 1) == 1 else { return nil }
      head.append(byte)
    }
    return String(decoding: head, as: UTF8.self)
  }

  private static func request(_ head: String) -> Request? {
    let lines = head.components(separatedBy: "\r\n").filter { !$0.isEmpty }
    let words = (lines.first ?? "").split(separator: " ")
    guard words.count == 3, words[0] == "GET" else { return nil }
    let parts = words[1].split(separator: "?", maxSplits: 1)
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let pair = line.split(separator: ":", maxSplits: 1)
      headers[pair[0].lowercased()] = pair.count > 1 ? pair[1].trimmingCharacters(in: .whitespaces) : ""
    }
    var query: [String: String] = [:]
    for item in (parts.count > 1 ? parts[1] : "").split(separator: "&") {
      let pair = item.split(separator: "=", maxSplits: 1).map {
        // As servers read a form: a plus sign is a space.
        $0.replacing("+", with: " ").removingPercentEncoding ?? ""
      }
      query[pair[0]] = pair.count > 1 ? pair[1] : ""
    }
    return Request(path: String(parts[0]), query: query, headers: headers)
  }

  /// False where the connection is over.
  private func send(_ reply: Reply, _ connection: Int32) -> Bool {
    switch reply {
    case .answer(let answer):
      return send(head(answer) + answer.body, connection)
    case .reset(let answer, let count):
      _ = send(head(answer) + answer.body.prefix(count), connection)
      var linger = linger(l_onoff: 1, l_linger: 0)
      setsockopt(connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
    case .cut(let answer, let count):
      _ = send(head(answer) + answer.body.prefix(count), connection)
    case .cutWithoutLength(let answer, let count):
      _ = send(head(answer, tellsLength: false) + answer.body.prefix(count), connection)
    case .drip(let answer, let count, let pause):
      guard send(head(answer), connection) else { return false }
      for start in stride(from: 0, to: answer.body.count, by: count) {
        guard send(Array(answer.body[start...].prefix(count)), connection) else { return false }
        usleep(UInt32(pause * 1e6))
      }
      return true
    case .stall(let answer, let count):
      if send(head(answer) + answer.body.prefix(count), connection) { waitForEnd(connection) }
    case .silence: waitForEnd(connection)
    }
    return false
  }

  private func waitForEnd(_ connection: Int32) {
    var byte: UInt8 = 0
    _ = read(connection, &byte, 1)
  }

  private func head(_ answer: Answer, tellsLength: Bool = true) -> [UInt8] {
    var lines = ["HTTP/1.1 \(answer.status) Status", "Content-Type: application/json"]
    lines += answer.headers.map { "\($0.key): \($0.value)" }
    lines.append(tellsLength ? "Content-Length: \(answer.body.count)" : "Connection: close")
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }

  private func send(_ bytes: [UInt8], _ connection: Int32) -> Bool {
    var position = 0
    while position < bytes.count {
      let count = bytes[position...].withUnsafeBytes { write(connection, $0.baseAddress, $0.count) }
      guard count > 0 else { return false }
      position += count
    }
    return true
  }
}
