/// The records of a connector that come in parts, from an API say, each part a transaction or more of its own.
package struct IngestSession: Sendable {
  /// What is remembered of the parts.
  package enum Noting { case nothing, whoComes }

  private let index: CandidateIndex
  private let connector: String
  private let isDryRun: Bool
  private let replacement: UnseenRemoval?
  private var seen: SeenNumbers?
  /// What became of the records so far.
  package private(set) var summary = IngestSummary()

  /// Nothing yet. To remove in the end who did not come, it must be noted who does. Throws `IndexError`.
  package init(_ index: CandidateIndex, connector: String, noting: Noting, isDryRun: Bool) throws {
    (self.index, self.connector, self.isDryRun) = (index, connector, isDryRun)
    let notesSeen = noting == .whoComes
    replacement =
      notesSeen
      ? try UnseenRemoval(engine: index.engine, connector: connector) : nil
    seen = notesSeen ? SeenNumbers() : nil
  }

  /// Brings a part in: `body` names its inputs. Throws `IndexError`, and what `body` throws.
  package mutating func add(_ body: (Ingest) throws -> Void) throws {
    let (part, numbers) = try index.ingest(
      connector, notesSeen: seen != nil, isDryRun: isDryRun, body)
    summary.add(part)
    summary.seconds += part.seconds
    if let numbers { seen?.formUnion(numbers) }
  }

  /// After the last part: removes the connector's candidates that were in the index before the first, and came in
  /// none. Throws `IndexError`.
  package func removeWhoDidNotCome(_ removalGuard: RemovalGuard) throws -> Removal {
    guard summary.refused == 0, let replacement, let seen else { return .inputIncomplete }
    guard summary.records > 0 else { return .inputEmpty }
    return try replacement.finish(seen, removalGuard, isDryRun: isDryRun)
  }
}
