import CandidateJSON
import CommandSupport

/// What a check of the installation found.
struct Finding {
  /// How bad it is.
  enum Severity: Int, Comparable {
    /// As it should be.
    case fine
    /// To be known, and nothing to do.
    case note
    /// Something should be done.
    case warning
    /// Something does not work.
    case error

    static func < (a: Severity, b: Severity) -> Bool { a.rawValue < b.rawValue }

    var name: String { ["ok", "note", "warning", "error"][rawValue] }

    /// How a program ends that has found this at worst.
    var status: ExitStatus { [.done, .done, .refused, .unusable][rawValue] }
  }

  let severity: Severity
  /// What was found, in a line.
  let found: String
  /// The command or the action that helps; nil for none.
  let advice: String?

  static func fine(_ found: String) -> Finding { Finding(severity: .fine, found: found, advice: nil) }

  static func note(_ found: String, _ advice: String? = nil) -> Finding {
    Finding(severity: .note, found: found, advice: advice)
  }

  static func warning(_ found: String, _ advice: String? = nil) -> Finding {
    Finding(severity: .warning, found: found, advice: advice)
  }

  static func error(_ found: String, _ advice: String? = nil) -> Finding {
    Finding(severity: .error, found: found, advice: advice)
  }

  /// What an error says, and its advice, without the path that its text begins with.
  static func error(_ error: any Error, without path: String = "") -> Finding {
    let (text, prefix) = ("\(error)", path + ": ")
    let problem = text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text
    return .error(problem, (error as? any AdvisableError)?.advice)
  }
}

/// The findings of all checks.
struct Diagnosis {
  /// The findings, each with the name of its check.
  let findings: [(check: String, finding: Finding)]

  /// That of the worst finding.
  var severity: Finding.Severity { findings.map(\.finding.severity).max() ?? .fine }

  /// A line for each finding, and its advice below.
  var text: String {
    let names = ["", "warning"] + findings.map(\.check)
    let width = names.map(TerminalText.width).max() ?? 0
    return findings.map { check, finding in
      let start = finding.severity.name.padding(to: 9) + check.padding(to: width + 2)
      let advice = finding.advice.map { "\n" + "".padding(to: 9 + width + 2) + TerminalText.safe($0) } ?? ""
      return start + TerminalText.safe(finding.found) + advice + "\n"
    }.joined()
  }

  var json: JSONValue {
    .object([
      ("severity", .string(severity.name)),
      (
        "findings",
        .list(
          findings.map { check, finding in
            .object([
              ("check", .string(check)), ("severity", .string(finding.severity.name)),
              ("found", .string(finding.found)), ("advice", finding.advice.map { .string($0) } ?? .null),
            ])
          })
      ),
    ])
  }
}
