import CandidateModel

/// Decides what a batch of records does to the index, in the order in which they came, before anything is written:
/// FTS5 wants its rows in ascending order, and a record may come twice.
struct BatchPlan {
  /// A record to store, in place of `replaced` if there is one.
  struct Change {
    var record: IncomingRecord
    let replaced: KnownRecord?
  }

  /// A record of which only `modified_at` moves.
  struct Touch {
    let known: KnownRecord
    let record: ReceivedRecord
  }

  private(set) var changes: [Change] = []
  private(set) var touches: [Touch] = []
  /// The numbers of the records that came and were known.
  private(set) var seen: [Int64] = []

  /// The position in `changes` of a record of this batch, by its id.
  private var changed: [ExactText: Int] = [:]
  /// The last touch of a record in this batch, by its id.
  private var touched: [ExactText: Int] = [:]

  /// A day from now. Clocks differ.
  private let latestTime = Timestamp(microseconds: Timestamp.now.microseconds + 86_400_000_000)

  /// - Parameter count: The number of records that will be added.
  init(count: Int) {
    changes.reserveCapacity(count)
    changed.reserveCapacity(count)
  }

  mutating func add(_ record: IncomingRecord, known: KnownRecord?, to summary: inout IngestSummary) {
    if let known { seen.append(known.number) }
    let id = ExactText(record.id)
    if let i = changed[id] {
      replace(i, with: record, &summary)
    } else if let known {
      update(known, with: record, id, &summary)
    } else {
      change(record, id, replacing: nil)
      summary.added += 1
    }
  }

  private mutating func change(_ record: IncomingRecord, _ id: ExactText, replacing known: KnownRecord?) {
    changed[id] = changes.count
    changes.append(Change(record: record, replaced: known))
  }

  private mutating func update(
    _ known: KnownRecord, with record: IncomingRecord, _ id: ExactText, _ summary: inout IngestSummary
  ) {
    let received = record.received
    let earlierTouch = touched[id]
    let modifiedAt = earlierTouch.map { touches[$0].record.modifiedAt } ?? known.modifiedAt
    if isOlder(received.modifiedAt, than: modifiedAt) {
      summary.stale += 1
    } else if received.contentHash == known.contentHash {
      summary.unchanged += 1
      guard received.modifiedAt != modifiedAt else { return }
      touched[id] = touches.count
      touches.append(Touch(known: known, record: received))
    } else {
      change(record, id, replacing: known)
      summary.updated += 1
    }
  }

  /// The same record once more in one batch.
  private mutating func replace(_ i: Int, with record: IncomingRecord, _ summary: inout IngestSummary) {
    let received = record.received
    let earlier = changes[i].record.received
    if isOlder(received.modifiedAt, than: earlier.modifiedAt) {
      summary.stale += 1
      return
    }
    if received.contentHash == earlier.contentHash { summary.unchanged += 1 } else { summary.updated += 1 }
    changes[i].record = record
  }

  /// Older than what is stored; what has no time is neither. Nor is anything older than a time in the future, which is wrong:
  /// no later record could replace it.
  private func isOlder(_ a: Timestamp?, than b: Timestamp?) -> Bool {
    guard let a, let b, b <= latestTime else { return false }
    return a < b
  }
}
