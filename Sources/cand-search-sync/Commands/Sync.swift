import ArgumentParser
import CandidateSearch
import CandidateSync
import CommandSupport

/// `cand-search sync`: all connectors at once; one that fails does not stop the others.
struct Sync: AsyncParsableCommand {
  static let configuration = SyncOptionGroup.configuration

  @OptionGroup var options: SyncOptionGroup

  func run() async throws {
    let settings = try options.index.settings(options.scope).expectingAll()
    let connections = try Connections(options.connection, settings.found)
    let location = settings.location
    let index = options.isDryRun ? try location.openExisting() : try location.openForWriting()
    let report = try SyncReport(
      rejects: options.rejects,
      sparing: index.companions + connections.files, options.format)
    defer { report.close(index) }
    var ended: [(connector: String, status: ExitStatus, summary: SyncSummary)] = []
    try await withThrowingTaskGroup(of: (String, Result<SyncSummary, any Error>).self) { group in
      for connector in connections.connectors {
        group.addTask { [self] in (connector.name, await sync(connector, into: index, report)) }
      }
      for try await (connector, result) in group {
        let status = try report.finish(connector, result)
        ended.append((connector, status, Self.summary(result)))
      }
    }
    // The command after a sync may read the file.
    let rejectsFailed = !report.close(index)
    let hookFailed =
      !options.isDryRun
      && !runAfterCommand(
        ended.map { ($0.connector, $0.summary) }, connections: connections, index: index)
    try finish(ended.map(\.status) + (hookFailed || rejectsFailed ? [.unusable] : []))
  }

  private func sync(
    _ connector: Connector, into index: CandidateIndex, _ report: SyncReport
  ) async -> Result<SyncSummary, any Error> {
    do {
      return .success(
        try await index.sync(connector: connector.name, from: connector.client, settings(connector)) {
          report.note($0, of: connector.name)
        })
    } catch {
      return .failure(error)
    }
  }

  private func settings(_ connector: Connector) -> SyncOptions {
    var settings = SyncOptions(
      extent: extent,
      includesCustomFields: options.include.customFields || connector.includesCustomFields,
      includesRawData: options.include.rawData || connector.includesRawData,
      removalGuard: options.removals.removalGuard,
      isDryRun: options.isDryRun)
    settings.pageSize = options.pageSize
    return settings
  }

  private var extent: SyncOptions.Extent {
    if options.full { return .full }
    if let since = options.since { return .since(since.timestamp) }
    if !options.ids.isEmpty { return .only(options.ids.flatMap(\.list)) }
    return .incremental
  }

  private static func summary(_ result: Result<SyncSummary, any Error>) -> SyncSummary {
    switch result {
    case .success(let summary): summary
    case .failure(let error): (error as? SyncFailure)?.summary ?? SyncSummary()
    }
  }

  private func runAfterCommand(
    _ summaries: [(String, SyncSummary)], connections: Connections, index: CandidateIndex
  ) -> Bool {
    guard let command = options.afterCommand else { return true }
    return AfterCommand(command: command, index: index.path, secretVariables: connections.secretVariables)
      .run(summaries)
  }

  /// The worst that happened says how the program ends.
  private func finish(_ statuses: [ExitStatus]) throws {
    for status in [ExitStatus.unusable, .interrupted, .refused] where statuses.contains(status) {
      throw status
    }
  }
}
