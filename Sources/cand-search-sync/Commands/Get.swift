import ArgumentParser
import BindbeeClient
import CandidateConfiguration
import CandidateSearch
import CommandSupport

/// `cand-search get ID`: one candidate from the API.
struct Get: AsyncParsableCommand {
  static let configuration = GetOptionGroup.configuration

  @OptionGroup var options: GetOptionGroup

  func run() async throws {
    // The record may be of a private candidate.
    let settings = try options.index.settings(options.scope).expectingAll()
    let connections = try connections(settings)
    let connector = try connector(connections)
    let record = try await fetch(connector)
    var output = StandardOutput()
    try output.write(record)
    try output.write("\n")
    try output.flush()
    if options.indexesIt { try bringIn(record, connector, settings.location) }
  }

  private func connections(_ settings: CommandSettings) throws -> Connections {
    guard !options.id.isEmpty else { throw ValidationError("the id is empty") }
    return try Connections(options.connection, settings.found)
  }

  private func connector(_ connections: Connections) throws -> Connector {
    guard let connector = connections.connectors.first, connections.connectors.count == 1 else {
      throw ConfigurationError("a candidate is one connector's; choose it with --connector")
    }
    return connector
  }

  private func fetch(_ connector: Connector) async throws -> [UInt8] {
    do {
      return try await connector.client.candidate(
        id: options.id,
        includesCustomFields: options.include.customFields || connector.includesCustomFields,
        includesRawData: options.include.rawData || connector.includesRawData)
    } catch is CancellationError {
      throw ExitStatus.interrupted
    } catch {
      if case .notFound? = error as? BindbeeError { throw ExitStatus.fail(error, .nothingFound) }
      throw ExitStatus.fail(error, .unusable)
    }
  }

  private func bringIn(_ record: [UInt8], _ connector: Connector, _ location: IndexLocation) throws {
    let index = try location.openForWriting()
    let summary = try index.ingest(connector: connector.name) { ingest in
      ingest.onRefusal = { StandardError.write($0.description) }
      try ingest.add(ByteSource(bytes: record, name: options.id))
    }
    StandardError.write("\(connector.name): \(SummaryFormat.line(summary, nil))")
    if summary.refused > 0 { throw ExitStatus.refused }
  }
}
