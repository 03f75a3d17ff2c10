import BindbeeClient
import CandidateSearch
import CandidateSync
import CommandSupport
import Dispatch
import Synchronization

/// The report of the syncs of a run: progress on a terminal, refused records, a line a connector.
final class SyncReport: Sendable {
  private struct State {
    let progress = ProgressLine()
    let rejects: RejectsFile?
    var isClosed = false
    /// What each connector has done so far.
    var summaries: [String: SyncSummary] = [:]
    /// Who waits, and for what.
    var waits: [String: String] = [:]
  }

  private let state: Mutex<State>
  private let format: SummaryFormat
  private let start = DispatchTime.now()

  init(rejects path: String?, sparing needed: [String], _ format: SummaryFormat) throws {
    self.format = format
    state = Mutex(State(rejects: try path.map { try RejectsFile(path: $0, sparing: needed) }))
  }

  func note(_ event: SyncEvent, of connector: String) {
    state.withLock { state in
      switch event {
      case .page(let summary):
        state.summaries[connector] = summary
        state.waits[connector] = nil
      case .waiting(let wait): state.waits[connector] = Self.text(wait)
      case .refused(let refusal):
        state.progress.clear()
        StandardError.write(refusal.description)
        state.rejects?.write(refusal)
      }
      state.progress.show(progress(state))
    }
  }

  private func progress(_ state: State) -> String {
    let records = state.summaries.values.reduce(0) { $0 + $1.records.records }
    let pages = state.summaries.values.reduce(0) { $0 + $1.pages }
    let seconds = Double(DispatchTime.now().uptimeNanoseconds - start.uptimeNanoseconds) / 1e9
    let rate = Int(Double(records) / max(seconds, 0.001))
    let waits = state.waits.sorted { $0.key < $1.key }.map { "; \($0) \($1)" }.joined()
    return "\(pages) pages, \(records) records, \(rate) records/s\(waits)"
  }

  private static func text(_ wait: BindbeeClient.Wait) -> String {
    let seconds = "\(Int(wait.seconds.rounded(.up))) s"
    switch wait.reason {
    case .limit: return "waits \(seconds) for the limit"
    case .failure(let reason, let attempt): return "waits \(seconds) after failure \(attempt) (\(reason))"
    }
  }

  /// Prints how a connector's sync ended, and returns its exit status.
  func finish(_ connector: String, _ result: Result<SyncSummary, any Error>) throws -> ExitStatus {
    try state.withLock { state in
      state.progress.clear()
      state.waits[connector] = nil
      let ending = SyncResult(connector: connector, result)
      for line in ending.remarks { StandardError.write(line) }
      switch format {
      case .text: StandardError.write(ending.line)
      case .json:
        try StandardOutput.print(ending.json + "\n")
      }
      return ending.status
    }
  }

  /// Ends the file of refused records, after the last sync, and stores in the index where it is. Returns whether the file
  /// is complete. A second call does nothing.
  @discardableResult func close(_ index: CandidateIndex) -> Bool {
    state.withLock { state in
      guard !state.isClosed else { return state.rejects?.failure == nil }
      state.isClosed = true
      state.rejects?.close()
      if let failure = state.rejects?.failure { StandardError.write("cand-search: \(failure)") }
      do {
        try state.rejects?.note(in: index)
      } catch {
        StandardError.write(lines: ["cand-search: \(ErrorText.text(error))"])
      }
      return state.rejects?.failure == nil
    }
  }
}
