import CandidateSearch
import Foundation

/// A state of the Monitoring Plugins Development Guidelines (monitoring-plugins.org/doc/guidelines.html, “Plugin Return
/// Codes”): also how `cand-search status` ends, in place of `ExitStatus`.
enum MonitoringState: Int32, Error {
  case ok = 0
  case warning = 1
  case critical = 2
  case unknown = 3

  /// The name as plugins print it.
  var name: String { ["OK", "WARNING", "CRITICAL", "UNKNOWN"][Int(rawValue)] }

  /// The state of an index that cannot be read: broken, or not known, where the reason is this process.
  init(_ error: any Error, of path: String) {
    switch error as? IndexError {
    case .missing: self = Self.isOutOfReach(path) ? .unknown : .critical
    case .notReadable: self = access(path, R_OK) != 0 && errno == EACCES ? .unknown : .critical
    case .notAnIndex, .newerVersion, .tooOld, .olderVersion, .damaged, .recordDamaged, .forgottenDamaged,
      .unreachable, .partsMissing:
      self = .critical
    case .notWritable, .busy, .erasureBlocked, .changedWhileRead, .diskFull, .failed, nil: self = .unknown
    }
  }

  /// Whether this process may not see if a file exists.
  private static func isOutOfReach(_ path: String) -> Bool { access(path, F_OK) != 0 && errno == EACCES }
}

/// What `cand-search status` prints.
struct MonitoringReport {
  /// A value of the performance data (guidelines, “Performance data”).
  struct Metric {
    let label: String
    let value: Int64
    var unit = ""
    var warning: Int64?
    var critical: Int64?

    /// `'label'=value[UOM];[warn];[crit];[min];[max]`. A label contains no equals sign and no quote.
    var text: String {
      let thresholds = [warning, critical].map { $0.map(String.init) ?? "" }.joined(separator: ";")
      return "'\(MonitoringReport.label(label))'=\(value)\(unit);\(thresholds);0;"
    }
  }

  let state: MonitoringState
  /// What happened, in a few words.
  let text: String
  var metrics: [Metric] = []

  /// One line: the state, the text, and the performance data after a bar.
  var line: String {
    let data = metrics.isEmpty ? "" : " | " + metrics.map(\.text).joined(separator: " ")
    // A bar would begin the performance data.
    return "CAND-SEARCH \(state.name) - \(text.onOneLine.replacing("|", with: "/"))\(data)\n"
  }

  private static func label(_ name: String) -> String {
    String(name.onOneLine.map { "'=|".contains($0) ? "_" : $0 })
  }
}
