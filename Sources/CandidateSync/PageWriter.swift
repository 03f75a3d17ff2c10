import BindbeeClient
import CandidateSearch
import Dispatch

/// Adds pages to an ingest session on a thread of its own: writing waits for other writers, which must not block the
/// threads of other tasks.
actor PageWriter {
  /// What became of a page.
  struct Outcome: Sendable {
    /// The counts of all pages so far.
    let summary: IngestSummary
    /// The ids of the page's records that were refused, where they could be read.
    let refusedIDs: [String]
  }

  private let session: IngestSession
  /// The refused records of the current walk, by their hash values, and those of its earlier attempts that have not come again.
  private var refused: [Int: Int] = [:]
  private var expected: [Int: Int] = [:]
  /// The number of refused records that came again.
  private var repeatedRefusals = 0
  private let executor = QueueExecutor()

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// - Throws: `IndexError` or `ConnectorNameError`.
  init(_ index: CandidateIndex, connector: String, tracksSeen: Bool, isDryRun: Bool) throws {
    session = try index.ingestSession(
      connector: connector, tracksSeen: tracksSeen, isDryRun: isDryRun)
  }

  /// Begins the current walk anew: a refused record that comes again is neither reported nor counted.
  func beginAgain() {
    expected = refused
    refused = [:]
  }

  private func isRepeated(_ refusal: Refusal) -> Bool {
    let hash = refusal.record.hashValue
    refused[hash, default: 0] += 1
    guard let count = expected[hash], count > 0 else { return false }
    expected[hash] = count - 1
    repeatedRefusals += 1
    return true
  }

  /// Adds the records of a page and commits them, in one transaction.
  ///
  /// - Throws: `IndexError`.
  func add(_ items: [UInt8], name: String, onRefusal: @escaping (Refusal) -> Void) throws -> Outcome {
    var refusedIDs: [String] = []
    var refusals: [Refusal] = []
    session.onRefusal = { refusal in
      if let id = RecordID.find(in: Array(refusal.record.utf8)[...]) { refusedIDs.append(id) }
      refusals.append(refusal)
    }
    try session.add(ByteSource(bytes: items, name: name))
    try session.commit()
    for refusal in refusals where !isRepeated(refusal) { onRefusal(refusal) }
    var summary = session.summary
    summary.refused -= repeatedRefusals
    return Outcome(summary: summary, refusedIDs: refusedIDs)
  }

  /// Removes the candidates that were on none of the pages.
  ///
  /// - Throws: `IndexError`.
  func removeUnseen(_ removalGuard: RemovalGuard) throws -> Removal { try session.removeUnseen(removalGuard) }

  /// Runs the maintenance of the index. Call it once, after the last page.
  ///
  /// - Throws: `IndexError`.
  func finish() throws { try session.finish() }
}

/// Runs the jobs of an actor on a dispatch queue.
private final class QueueExecutor: SerialExecutor {
  private let queue = DispatchQueue(label: "cand-search.sync")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
