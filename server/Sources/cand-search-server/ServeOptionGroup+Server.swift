import BindbeeClient
import CandidateConfiguration
import CandidateSearch
import CandidateServer
import CommandSupport
import Foundation
import Logging

extension ServeOptionGroup {
  /// The options of the server: those of the command line, then of the configuration, then of the environment.
  /// - Throws: `ServerError`, `ConfigurationError`.
  func serverOptions() throws -> CandidateServer.Options {
    let environment = ProcessInfo.processInfo.environment.filter { !$0.value.isEmpty }
    try Self.expectNoScope(environment)
    let configuration = try (config ?? environment["CAND_SEARCH_CONFIG"]).map { path in
      PrivateFile.warnIfShared(path)
      return try ProgramConfiguration(path: path)
    }
    let settings = configuration ?? ProgramConfiguration()
    var index = index
    index.path = index.path ?? settings.index
    var options = CandidateServer.Options(indexPath: index.privatePath())
    let address =
      try listen.map { try Self.value($0, "--listen", "an address such as 127.0.0.1:7470") }
      ?? settings.listen
    (options.host, options.port) = (address.host, address.port)
    options.keysPath = keys ?? settings.keys ?? environment["CAND_SEARCH_KEYS"]
    options.origins = Set(settings.server.origins)
    let logPath = log ?? settings.log.file ?? environment["CAND_SEARCH_LOG"]
    options.logPath = logPath == Self.noLog ? nil : logPath ?? options.indexPath + "-searches"
    options.logPeriod =
      try logKeep.map { try Self.value($0, "--log-keep", "a period such as 13mo") } ?? settings.log.keep
    options.requiresPurpose = settings.log.purpose == LogSettings.Purpose.required
    options.program = "cand-search \(Program.version)"
    options.limits = Limits(settings.server)
    options.logLevel =
      try logLevel.map {
        try Self.value($0, "--log-level", "one of trace, debug, info, notice, warning, error, critical")
      }
      ?? Logger.Level(settings.logLevel.rawValue) ?? .info
    options.connectors = try settings.connectors.map { try source($0, of: settings, environment) }
    if !settings.webhook.keys.isEmpty {
      options.webhookKeys = try WebhookKeys(settings.webhook.keys.map { try $0.source.read(environment) })
    }
    return options
  }

  /// The value of `--log` with which searches are not recorded.
  private static let noLog = "none"

  /// Refuses variables that restrict what commands find: a server that ignored them would show more.
  private static func expectNoScope(_ environment: [String: String]) throws(ServerError) {
    let isScoped = environment["CAND_SEARCH_VISIBILITY"].map { $0 != "all" } ?? false
    for (name, isSet) in [
      ("CAND_SEARCH_VISIBILITY", isScoped), ("CAND_SEARCH_SCOPE", environment["CAND_SEARCH_SCOPE"] != nil),
    ] where isSet {
      throw .wrongOption("\(name): does not apply to a server, whose keys have scopes (cand-search keys add)")
    }
  }

  private func source(
    _ settings: ConnectorSettings, of configuration: ProgramConfiguration, _ environment: [String: String]
  ) throws -> ConnectorSource {
    let access = try settings.access(sharedKey: configuration.apiKey, environment)
    var source = ConnectorSource(
      name: settings.name, client: BindbeeClient(access), bindbeeID: settings.bindbeeID)
    source.includesCustomFields = settings.includesCustomFields
    source.includesRawData = settings.includesRawData
    source.syncEvery = try Self.duration(syncEvery, "--sync-every", else: settings.syncEvery)
    source.fullEvery = try Self.duration(fullEvery, "--full-every", else: settings.fullEvery)
    return source
  }

  /// The length of a period that begins now.
  private static func duration(
    _ text: String?, _ option: String, else standard: Period?
  ) throws(ServerError) -> Duration? {
    let period: Period? = if let text { try value(text, option, "a period such as 1h") } else { standard }
    let now = Timestamp.now
    return period.flatMap { $0.after(now) }.map { .seconds($0.seconds - now.seconds) }
  }

  private static func value<Value: LosslessStringConvertible>(
    _ text: String, _ option: String, _ expected: String
  ) throws(ServerError) -> Value {
    guard let value = Value(text) else { throw .wrongOption("\(option): takes \(expected)") }
    return value
  }
}

extension Limits {
  fileprivate init(_ settings: ServerSettings) {
    self.init()
    bodyBytes = settings.bodyBytes
    concurrentSearches = settings.concurrentSearches
    waitingSearches = settings.queue
    requestSeconds = Double(settings.requestSeconds)
    connections = settings.connections
  }
}
