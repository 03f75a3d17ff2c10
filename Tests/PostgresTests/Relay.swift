import Foundation
import Synchronization

/// Connections to a port of loopback through another one, counted in bytes, which can be cut.
final class Relay: Sendable {
  /// The port that it listens on.
  let port: Int
  private let target: Int
  private let listener: Int32
  private let state = Mutex(State())

  private struct State {
    var sockets: Set<Int32> = []
    var count = 0
    var turns = 0
    var lastCameFromClient = false
    var trigger: (count: Int, action: @Sendable () -> Void)?
  }

  /// Listens at once.
  init(to target: Int) throws {
    self.target = target
    (listener, port) = try Self.listen()
    let listener = listener
    signal(SIGPIPE, SIG_IGN)
    Thread { [weak self] in
      while true {
        let client = accept(listener, nil, nil)
        guard client >= 0, let self else { break }
        self.connect(client)
      }
    }.start()
  }

  /// The number of bytes that were passed on, in both directions.
  var byteCount: Int { state.withLock(\.count) }

  /// How often a client has sent something after an answer, or first.
  var turns: Int { state.withLock(\.turns) }

  /// Whether the last bytes came from a client.
  var isUnanswered: Bool { state.withLock(\.lastCameFromClient) }

  /// Runs an action once, when this many more bytes have come.
  func run(afterBytes count: Int, _ action: @escaping @Sendable () -> Void) {
    state.withLock { $0.trigger = ($0.count + count, action) }
  }

  /// Forgets the action that has not run yet.
  func disarm() { state.withLock { $0.trigger = nil } }

  /// Cuts all connections.
  func cut() {
    state.withLock { state in for socket in state.sockets { shutdown(socket, Int32(SHUT_RDWR)) } }
  }

  /// Listens no longer, and cuts all connections.
  func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
    cut()
  }

  /// A socket that listens on a free port of loopback, and the port.
  static func listen(backlog: Int32 = 64) throws -> (listener: Int32, port: Int) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = loopback(0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, length) == 0 && Glibc.listen(listener, backlog) == 0
          && getsockname(listener, $0, &length) == 0
      }
    }
    guard isListening else { throw POSIXError(.EADDRNOTAVAIL) }
    return (listener, Int(in_port_t(bigEndian: address.sin_port)))
  }

  static func loopback(_ port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    return address
  }

  private func connect(_ client: Int32) {
    let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = Self.loopback(target)
    let isConnected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(server, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    guard isConnected else {
      close(server)
      close(client)
      return
    }
    for socket in [client, server] {
      var isOn: Int32 = 1
      setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<Int32>.size))
    }
    state.withLock { $0.sockets.formUnion([client, server]) }
    let pump = Pump { [self] in
      state.withLock { $0.sockets.subtract([client, server]) }
      close(server)
      close(client)
    }
    for (source, sink) in [(client, server), (server, client)] {
      Thread { [self] in
        pass(from: source, to: sink, isClient: source == client)
        shutdown(source, Int32(SHUT_RDWR))
        shutdown(sink, Int32(SHUT_RDWR))
        pump.end()
      }.start()
    }
  }

  /// Both directions of a connection: the sockets are closed when both have ended.
  private final class Pump: Sendable {
    private let open = Mutex(2)
    private let close: @Sendable () -> Void

    init(_ close: @escaping @Sendable () -> Void) { self.close = close }

    func end() {
      let isLast = open.withLock { open in
        open -= 1
        return open == 0
      }
      if isLast { close() }
    }
  }

  private func pass(from source: Int32, to sink: Int32, isClient: Bool) {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = recv(source, &buffer, buffer.count, 0)
      guard count > 0 else { return }
      note(count, isClient)
      var sent = 0
      while sent < count {
        let passed = buffer[sent..<count].withUnsafeBytes {
          send(sink, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard passed > 0 else { return }
        sent += passed
      }
    }
  }

  private func note(_ count: Int, _ isClient: Bool) {
    let action = state.withLock { state -> (@Sendable () -> Void)? in
      state.count += count
      if isClient, !state.lastCameFromClient { state.turns += 1 }
      state.lastCameFromClient = isClient
      guard let trigger = state.trigger, state.count >= trigger.count else { return nil }
      state.trigger = nil
      return trigger.action
    }
    action?()
  }
}
