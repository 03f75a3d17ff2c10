import BindbeeClient
import CandidateJSON
import CandidateSync
import CommandSupport

/// How a connector's sync ended, in words and as JSON.
struct SyncResult {
  let connector: String
  private let summary: SyncSummary
  private let failure: (any Error)?

  init(connector: String, _ result: Result<SyncSummary, any Error>) {
    self.connector = connector
    switch result {
    case .success(let summary): (self.summary, failure) = (summary, nil)
    case .failure(let error): (summary, failure) = ((error as? SyncFailure)?.summary ?? SyncSummary(), error)
    }
  }

  private var isInterruption: Bool { (failure as? SyncFailure)?.isInterruption ?? false }

  var status: ExitStatus {
    if isInterruption { return .interrupted }
    if failure != nil { return .unusable }
    return summary.records.refused > 0 || summary.removal?.isRefused == true ? .refused : .done
  }

  /// What is said before the line.
  var remarks: [String] {
    let unread = summary.records.unreadMembers.map(\.description)
    let removal = summary.removal.flatMap { removal in
      RemovalText.text(removal).map {
        removal.isRefused ? "cand-search: \(connector): \($0)" : "\(connector): \($0)"
      }
    }
    return unread + [removal, error.map { "cand-search: \(connector): \($0)" }].compactMap(\.self)
  }

  private var error: String? {
    guard let failure else { return nil }
    let advice = isTooLong ? "; request less of each candidate: sync without --include-raw-data" : ""
    let kept = summary.pages > 0 ? "; what had come is kept, and the next sync requests it again" : ""
    return "\(ErrorText.text(failure))\(advice)\(kept)"
  }

  private var isTooLong: Bool {
    if case .answerTooLong? = (failure as? SyncFailure)?.reason as? BindbeeError { true } else { false }
  }

  var line: String {
    "\(connector): \(SummaryFormat.line(summary.records, summary.removal)), \(pages)"
  }

  private var pages: String { summary.pages == 1 ? "1 page" : "\(summary.pages) pages" }

  var json: String {
    let ending = failure == nil ? "complete" : isInterruption ? "interrupted" : "failed"
    return JSONValue.object(
      [("connector", .string(connector)), ("ending", .string(ending))]
        + (failure.map { [("error", .string(ErrorText.text($0)))] } ?? [])
        + [("pages", .number(summary.pages))]
        + summary.records.jsonMembers(removal: summary.removal)
    ).text
  }
}
