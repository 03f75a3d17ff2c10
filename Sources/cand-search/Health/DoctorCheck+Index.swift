import CandidateConfiguration
import CandidateSearch
import CommandSupport
import Foundation

/// The checks of versions, of connectors and of what the index contains.
extension DoctorCheck {
  static let program = DoctorCheck(name: "program") { _ in
    // An empty index has the versions of this program.
    let versions = (try? CandidateIndex.inMemory().statistics()).map { ", " + $0.versionsText } ?? ""
    return [.fine("cand-search \(Program.version)\(versions)")]
  }

  static let system = DoctorCheck(name: "system") { _ in
    var name = utsname()
    guard uname(&name) == 0 else { return [] }
    func text<T>(_ bytes: T) -> String {
      withUnsafeBytes(of: bytes) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
    // Not the name of the machine.
    return [.fine("\(text(name.sysname)) \(text(name.release)) \(text(name.machine))")]
  }

  static let versions = DoctorCheck(name: "versions") { context in
    read(context) { index in
      let statistics = try index.statistics()
      var findings = [
        Finding.fine(
          "\(statistics.versionsText), \(statistics.candidates) candidates\(scopeText(index.scope))")
      ]
      if let note = UnicodeNote.text(statistics.unicodeVersion) {
        findings.append(.warning(String(note.trimmingPrefix("note: ")), "cand-search reindex"))
      }
      return findings
    }
  }

  static let connectors = DoctorCheck(name: "connectors") { context in
    read(context) { index in
      let all = try ConnectorHealth.all(index, configured: context.connectors, at: context.now)
      let maximum = Period(ConnectorHealth.standardMaximum)?.seconds(before: context.now) ?? .max
      guard !all.isEmpty else { return [.fine("none is synced")] }
      return all.map { connector in
        let text = "\(connector.name): \(connector.ageText), \(connector.state.candidates) candidates"
        let again = connector.state.lastSync?.toRequestAgain.flatMap {
          $0 > 0
            ? Finding.note("\(text), \($0) records refused", "cand-search sync --rejects FILE shows them")
            : nil
        }
        if connector.isOlder(than: maximum, at: context.now) { return .warning(text, "cand-search sync") }
        return again ?? .fine(text)
      }
    }
  }

  static let errors = DoctorCheck(name: "errors") { context in
    read(context) { index in
      let all = try ConnectorHealth.all(index, configured: context.connectors, at: context.now)
      let failed = all.compactMap { connector -> Finding? in
        guard let sync = connector.state.lastSync else { return nil }
        if connector.isKilled { return .warning("\(connector.name): the sync of \(sync.begunAt) was killed") }
        guard case .failed(let reason)? = sync.outcome else { return nil }
        let advice =
          connector.isAccessRefused ? "renew its key and token, or relink the connector at Bindbee" : nil
        return .warning("\(connector.name): \(reason) (\(sync.endedAt ?? sync.begunAt))", advice)
      }
      return failed.isEmpty ? [.fine("no last sync failed")] : failed
    }
  }

  static let sample = DoctorCheck(name: "sample") { context in
    read(context) { index in
      let report: CheckReport
      do {
        report = try index.sampledCheck()
      } catch is ScopeError {
        return [
          .note(
            "not checked, since the scope restricts what may be read", "--visibility all, without a scope")
        ]
      }
      var findings: [Finding] = []
      // The problems name candidates.
      if report.isSound {
        findings.append(.fine("\(report.compared) of \(report.candidates) candidates are sound"))
      } else {
        findings.append(
          .error(
            "\(DoctorText.count(report.problems.count, "problem")) in a sample of \(report.compared) candidates",
            "cand-search check names them, and check --repair mends them"))
      }
      if report.isErasurePending {
        findings.append(
          .warning(
            "forgotten candidates are not erased from the file yet",
            "cand-search forget, or index, erases them"))
      }
      return findings
    }
  }

  /// The findings in an open index. One that cannot be opened is told by `indexFile`.
  private static func read(
    _ context: DoctorContext, _ body: (CandidateIndex) throws -> [Finding]
  ) -> [Finding] {
    guard let index = try? context.index?.get() else { return [] }
    do {
      return try body(index)
    } catch {
      return [.error(error, without: index.path)]
    }
  }

  private static func scopeText(_ scope: Scope) -> String { scope == .all ? "" : " in the scope" }
}
