import AccessKeys
import CandidatePage
import CandidateSearch
import Foundation
import Hummingbird
import Logging
import NIOCore
import PostgresEngine
import SearchLog
import ServiceLifecycle

/// An HTTP server over one index.
public struct CandidateServer: Sendable {
  /// What a server is and may do.
  public struct Options: Sendable {
    /// The path of the index.
    public var indexPath: String
    /// The path beside which the files of the index are that have no path of their own.
    public var filesPath: String
    /// The address to listen at: a name or an IP address of this machine.
    public var host = "127.0.0.1"
    /// The port; 0 for any that is free.
    public var port = 7470
    /// The path of the file of keys; nil for a server that answers its own machine alone.
    public var keysPath: String?
    /// The origins whose pages may call the server from a browser.
    public var origins: Set<String> = []
    /// The connectors that the server syncs.
    public var connectors: [ConnectorSource] = []
    /// The keys of webhooks; nil for a server that accepts none.
    public var webhookKeys: WebhookKeys?
    /// The path of the file of webhook events; nil for one beside the index.
    public var eventsPath: String?
    /// The path of the search log, or the address of a server; nil if searches are not recorded.
    public var logPath: String?
    /// How long the search log keeps entries; nil for ever.
    public var logPeriod: Period?
    /// Whether requests without a purpose are refused.
    public var requiresPurpose = false
    /// The name and the version of the program, for the search log.
    public var program = "cand-search-server"
    /// The limits.
    public var limits = Limits()
    /// The least important messages that are logged.
    public var logLevel = Logger.Level.info

    /// Options for an index; the standard ones otherwise.
    public init(indexPath: String) { self.init(index: indexPath, filesPath: indexPath) }

    /// The options for an index at a path or at the address of a server, and for the path beside which its files are.
    public init(index: String, filesPath: String) {
      indexPath = index
      self.filesPath = filesPath
    }
  }

  private let options: Options
  private let service: Service
  private let responder: Responder
  private let logger: Logger

  /// Opens the index, the keys and the file of webhook events.
  /// - Throws: `IndexError`, `ServerError`, `AccessKeyError` if the keys cannot be read, `EventStoreError`,
  ///   `DuplicateConnectorError`, and `SearchLogError`.
  public init(_ options: Options) throws { try self.init(options, reader: nil) }

  /// Opens as `init(_:)` does. `reader`: an open index to search in place of the one of the options; for tests.
  init(_ options: Options, reader: CandidateIndex?) throws {
    guard options.keysPath != nil || Self.isLoopback(options.host) else {
      throw ServerError.keysMissing(host: options.host)
    }
    var logger = Logger(label: "cand-search-server") { _ in JSONLogHandler(level: options.logLevel) }
    logger.logLevel = options.logLevel
    self.options = options
    self.logger = logger
    let keys = try options.keysPath.map { [logger] in try ServerKeys(path: $0, logger: logger) }
    service = try Service(
      indexPath: options.indexPath, limits: options.limits, needsKeys: keys != nil,
      connectors: Connectors(
        options.connectors, keys: options.webhookKeys,
        storePath: options.eventsPath ?? options.filesPath + "-webhooks", metrics: ServerMetrics(),
        logger: logger),
      recorder: try options.logPath.map {
        SearchRecorder(
          try SearchLog(location: $0), requiresPurpose: options.requiresPurpose, program: options.program)
      }, reader: reader)
    responder = Responder(
      service: service,
      admission: Admission(keys: keys, sessions: service.sessions, origins: options.origins),
      origins: options.origins,
      logger: logger)
  }

  /// Answers requests until the process receives SIGTERM or SIGINT or the task is cancelled. Then accepts no more, and
  /// returns when the running requests and jobs have ended. `onListening` is called with the port.
  /// - Throws: The error of the system if it cannot listen.
  public func run(onListening: @escaping @Sendable (Int) async -> Void = { _ in }) async throws {
    let limits = options.limits
    let application = Application(
      responder: responder,
      server: .http1(
        configuration: .init(
          additionalChannelHandlers: [
            ConnectionHandler(limits)
          ],
          idleTimeout: .milliseconds(Int64(limits.idleSeconds * 1000)),
          httpDecoderConfiguration: .init(
            maxHeaderFieldSize: limits.headerBytes, maxHeaderListSize: limits.headerBytes,
            maxHeaderFieldCount: limits.headerFields))),
      configuration: .init(
        address: .hostname(options.host, port: options.port), backlog: 1_024,
        availableConnectionsDelegate: .maximum(limits.connections, logger: logger)),
      onServerRunning: { [logger] channel in
        let port = channel.localAddress?.port ?? 0
        logger.notice("listening", metadata: ["port": .stringConvertible(port)])
        // Beside the first requests, so that the start does not wait for it.
        Task.detached { try? PageFrame.prepare() }
        await onListening(port)
      },
      logger: Logger(label: "hummingbird") { _ in SwiftLogNoOpLogHandler() })
    let scheduler = SyncScheduler(connectors: service.connectors, index: service.indexForSyncs)
    let group = ServiceGroup(
      configuration: .init(
        services: [
          application, scheduler,
          LogKeeper(recorder: service.recorder, period: options.logPeriod, logger: application.logger),
          MemoryKeeper(releaseMemory: service.releaseMemory),
        ],
        gracefulShutdownSignals: [.sigterm, .sigint],
        logger: application.logger))
    do {
      try await group.run()
    } catch let error as IOError {
      throw ServerError.addressUnusable(
        "\(options.host):\(options.port)", reason: String(cString: strerror(error.errnoCode)))
    }
    await service.jobs.finish()
    try service.recorder?.finish()
    logger.notice("stopped")
  }

  /// A name such as 127.example.com is not an address of this machine.
  private static func isLoopback(_ host: String) -> Bool {
    if host == "localhost" { return true }
    guard let address = try? SocketAddress(ipAddress: host, port: 0) else { return false }
    return host == "::1" || address.protocol == .inet && host.hasPrefix("127.")
  }
}

/// Why a server does not start.
public enum ServerError: Error, Hashable, Sendable, CustomStringConvertible {
  /// It would answer other machines without keys.
  case keysMissing(host: String)
  /// An option or a configuration that cannot be used.
  case wrongOption(String)
  /// It cannot listen at its address.
  case addressUnusable(String, reason: String)

  /// Whether the caller must write something else.
  public var isOfUsage: Bool { if case .addressUnusable = self { false } else { true } }

  /// The problem.
  public var description: String {
    switch self {
    case .keysMissing(let host): "without keys the server listens on this machine alone, not at \(host)"
    case .wrongOption(let problem): problem
    case .addressUnusable(let address, let reason): "cannot listen at \(address): \(reason)"
    }
  }
}
