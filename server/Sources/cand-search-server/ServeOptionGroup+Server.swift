import BindbeeClient
import CandidateConfiguration
import CandidateSearch
import CandidateServer
import CommandSupport
import ConnectorAccess
import Foundation
import Logging

extension ServeOptionGroup {
  /// The options of the server: those of the command line, then of the environment, then of the configuration.
  /// - Throws: `ServerError`, `ConfigurationError`.
  func serverOptions() throws -> CandidateServer.Options {
    let environment = ProcessInfo.processInfo.environment.filter { !$0.value.isEmpty }
    let found = try index.found()
    found.warnIfShared()
    try Self.expectNoScope(found)
    let settings = found.settings
    let location = index.location(found)
    var options = CandidateServer.Options(index: location.privatePath(), filesPath: location.filesPath)
    let address =
      try listen.map { try Self.value($0, "--listen", "an address such as 127.0.0.1:7470") }
      ?? settings.listen
    (options.host, options.port) = (address.host, address.port)
    options.keysPath = keys ?? settings.keys
    options.origins = Set(settings.server.origins)
    let logPath = log ?? settings.log.file
    options.logPath = logPath == Self.noLog ? nil : logPath ?? location.searchLog
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
    // Wrong ones are refused also where there is no connector.
    let periods: (sync: Period?, full: Period?) = try (
      sync: syncEvery.map { try Self.value($0, "--sync-every", Self.period) },
      full: fullEvery.map { try Self.value($0, "--full-every", Self.period) }
    )
    options.connectors = try settings.connectors.map { try source($0, of: settings, environment, periods) }
    if !settings.webhook.keys.isEmpty {
      options.webhookKeys = try WebhookKeys(settings.webhook.keys.map { try $0.source.read(environment) })
    }
    return options
  }

  /// The value of `--log` with which searches are not recorded.
  private static let noLog = "none"

  /// Refuses what restricts the candidates of commands: a server that ignored it would show more.
  private static func expectNoScope(_ found: FoundConfiguration) throws(ConfigurationError) {
    let visibility = found.settings.visibility == .public ? found.source(of: "visibility") : nil
    if let source = visibility ?? found.settings.scopes.first?.source {
      throw source.error("this does not apply to a server, whose keys have scopes (cand-search keys add)")
    }
  }

  private func source(
    _ settings: ConnectorSettings, of configuration: ProgramConfiguration, _ environment: [String: String],
    _ periods: (sync: Period?, full: Period?)
  ) throws -> ConnectorSource {
    let access = try settings.access(sharedKey: configuration.apiKey, environment)
    var source = ConnectorSource(
      name: settings.name, client: BindbeeClient(access), bindbeeID: settings.bindbeeID)
    source.includesCustomFields = settings.includesCustomFields
    source.includesRawData = settings.includesRawData
    source.syncEvery = Self.duration(of: periods.sync ?? settings.syncEvery)
    source.fullEvery = Self.duration(of: periods.full ?? settings.fullEvery)
    return source
  }

  private static let period = "a period such as 1h"

  /// The length of a period that begins now.
  private static func duration(of period: Period?) -> Duration? {
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
