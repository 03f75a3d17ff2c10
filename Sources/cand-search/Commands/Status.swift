import ArgumentParser
import CandidateConfiguration
import CandidateJSON
import CandidateModel
import CandidateSearch
import CommandSupport
import PostgresEngine

/// `cand-search status`: a plugin for monitoring.
struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Print the state of the index and the age of its data, for monitoring.",
    discussion: """
      Prints the line of a monitoring plugin, with performance data. Nothing is changed.

      Exit, other than of all other commands: 0 fine, 1 stale data, or a connector that has to be relinked or needs another \
      key, 2 the index is missing, broken or on a server that cannot be reached, or data is older than --critical-age, \
      3 unknown: this user may not read the file of the index, a wrong option or configuration.
      """)

  @OptionGroup var index: IndexOptions
  @OptionGroup var scope: ScopeOptions

  @Option(
    name: .customLong("warning-age"), help: "Data of a connector is stale after this time, such as 6h or 2d.")
  var warningAge = Age(ConnectorHealth.standardMaximum)

  @Option(name: .customLong("critical-age"), help: "Data of a connector is critical after this time.")
  var criticalAge: Age?

  @Flag(
    help: "Also compare the tables and a sample of candidates with the postings, as doctor does.")
  var check = false

  @Option(help: "text or json.")
  var format: StatusFormat = .text

  func run() throws {
    let now = Timestamp.now
    var ages = [warningAge, criticalAge].map { $0?.period?.seconds(before: now) }
    // What is critical is stale, too.
    if let warning = ages[0], let critical = ages[1] { ages[0] = min(warning, critical) }
    let limits = Limits(warning: ages[0] ?? .max, critical: ages[1])
    // Some monitoring programs read standard error as a part of the line. doctor tells who can read the configuration.
    let settings = try index.settings(scope, warnsIfShared: false)
    let (report, connectors) = Self.report(settings, limits, checks: check, at: now)
    try format.print(report, connectors)
    throw report.state
  }

  /// The ages from which on data is stale, in seconds.
  private struct Limits {
    let warning: Int64
    let critical: Int64?
  }

  private static func report(
    _ settings: CommandSettings, _ limits: Limits, checks: Bool, at now: Timestamp
  ) -> (MonitoringReport, [ConnectorHealth]) {
    let path = settings.location.path
    do {
      let index = try CandidateIndex(location: path, access: .reading(readers: 1), scope: settings.scope)
      let configured = settings.found.settings.connectors.map(\.name)
      let connectors = try ConnectorHealth.all(index, configured: configured, at: now)
      let missing = try index.missingParts()
      let problems = checks && missing.isEmpty ? try index.sampledCheck().problems.count : 0
      return (
        report(
          connectors, missing: missing, problems: problems, limits, size: FileStatus(path: path)?.size,
          at: now),
        connectors
      )
    } catch {
      return (MonitoringReport(state: MonitoringState(error, of: path), text: "\(error)"), [])
    }
  }

  private static func report(
    _ connectors: [ConnectorHealth], missing: [String], problems: Int, _ limits: Limits, size: Int?,
    at now: Timestamp
  ) -> MonitoringReport {
    var state = MonitoringState.ok
    var texts: [String] = []
    func note(_ new: MonitoringState, _ text: String) {
      if new.rawValue > state.rawValue { state = new }
      texts.append(text)
    }
    if !missing.isEmpty { note(.critical, IndexError.statement(ofMissingParts: missing)) }
    // They name candidates.
    if problems > 0 {
      note(.critical, "\(DoctorText.count(problems, "problem")) in the index: cand-search check")
    }
    for connector in connectors {
      if let critical = limits.critical, connector.isOlder(than: critical, at: now) {
        note(.critical, "\(connector.name): \(connector.ageText)")
      } else if connector.isOlder(than: limits.warning, at: now) {
        note(.warning, "\(connector.name): \(connector.ageText)")
      }
      if connector.isAccessRefused {
        note(.warning, "\(connector.name): the API refuses access: relink it, or renew its key and token")
      }
    }
    let fine =
      connectors.isEmpty
      ? "no connector is synced" : "\(DoctorText.count(connectors.count, "connector")), \(oldest(connectors))"
    let shown = texts.prefix(maximumTexts).joined(separator: "; ")
    let rest = texts.count > maximumTexts ? "; and \(texts.count - maximumTexts) more" : ""
    var report = MonitoringReport(state: state, text: texts.isEmpty ? fine : shown + rest)
    report.metrics = connectors.flatMap { connector in
      [
        connector.age.map {
          MonitoringReport.Metric(
            label: "age \(connector.name)", value: $0, unit: "s", warning: limits.warning,
            critical: limits.critical)
        },
        .init(label: "candidates \(connector.name)", value: Int64(connector.state.candidates)),
      ].compactMap(\.self)
    }
    if let size { report.metrics.append(.init(label: "size", value: Int64(size), unit: "B")) }
    return report
  }

  /// The maximum number of problems in the line: monitoring cuts a long one.
  private static let maximumTexts = 5

  private static func oldest(_ connectors: [ConnectorHealth]) -> String {
    connectors.max { $0.age ?? .max < $1.age ?? .max }?.ageText ?? ""
  }

  /// A value of an option: a period.
  struct Age: ExpressibleByArgument {
    let period: Period?
    let defaultValueDescription: String

    init(_ text: String) {
      period = Period(text)
      defaultValueDescription = text
    }

    init?(argument: String) {
      self.init(argument)
      if period == nil { return nil }
    }
  }
}

/// How a state is printed.
enum StatusFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json

  func print(_ report: MonitoringReport, _ connectors: [ConnectorHealth]) throws {
    try StandardOutput.print(self == .json ? Self.json(report, connectors).text + "\n" : report.line)
  }

  private static func json(_ report: MonitoringReport, _ connectors: [ConnectorHealth]) -> JSONValue {
    .object([
      ("state", .string(report.state.name.lowercased())), ("code", .number(Int(report.state.rawValue))),
      ("text", .string(report.text)),
      (
        "connectors",
        .list(
          connectors.map { connector in
            .object([
              ("name", .string(connector.state.name)), ("candidates", .number(connector.state.candidates)),
              ("fresh_at", JSONValue(connector.state.lastSync?.freshAt)),
              ("age_seconds", connector.age.map { .number(Int($0)) } ?? .null),
              ("running", .bool(connector.state.isSyncing)),
              ("access_refused", .bool(connector.isAccessRefused)),
              (
                "last_outcome",
                connector.state.lastSync?.outcome.map { .string($0.description) } ?? .null
              ),
            ])
          })
      ),
    ])
  }
}
