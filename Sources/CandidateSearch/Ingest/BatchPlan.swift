import CandidateModel

/// Decides what a batch of records does to the index, in the order in which they came, before anything is written:
/// FTS5 wants its rows in ascending order, and a record may come twice.
struct BatchPlan {
  /// A record that goes in, for an old one or none.
  struct Insertion {
    var record: PreparedRecord
    let replaced: RecordStore.Known?
  }

  private(set) var insertions: [Insertion] = []
  /// Candidates of which only `modified_at` moves.
  private(set) var touches: [(docid: Docid, candidate: Candidate)] = []

  /// Where a record of this batch stands in `insertions`, by its id.
  private var inserted: [String: Int] = [:]
  /// The last touch of a record in this batch, by its id.
  private var touched: [String: Int] = [:]

  mutating func add(
    _ record: PreparedRecord, known: RecordStore.Known?, to summary: inout IngestSummary
  ) {
    if let i = inserted[record.candidate.id] {
      replace(i, with: record, &summary)
    } else if let known {
      update(known, with: record, &summary)
    } else {
      insert(record, replacing: nil)
      summary.added += 1
    }
  }

  private mutating func insert(_ record: PreparedRecord, replacing known: RecordStore.Known?) {
    inserted[record.candidate.id] = insertions.count
    insertions.append(Insertion(record: record, replaced: known))
  }

  private mutating func update(
    _ known: RecordStore.Known, with record: PreparedRecord, _ summary: inout IngestSummary
  ) {
    let earlierTouch = touched[record.candidate.id]
    let modifiedAt = earlierTouch.map { touches[$0].candidate.modifiedAt } ?? known.modifiedAt
    if isOlder(record.candidate.modifiedAt, than: modifiedAt) {
      summary.stale += 1
    } else if record.content == known.content {
      summary.unchanged += 1
      guard record.candidate.modifiedAt != modifiedAt else { return }
      touched[record.candidate.id] = touches.count
      touches.append((known.docid, record.candidate))
    } else {
      insert(record, replacing: known)
      summary.updated += 1
    }
  }

  /// The same record once more in one batch.
  private mutating func replace(_ i: Int, with record: PreparedRecord, _ summary: inout IngestSummary) {
    let earlier = insertions[i].record
    if isOlder(record.candidate.modifiedAt, than: earlier.candidate.modifiedAt) {
      summary.stale += 1
      return
    }
    if record.content == earlier.content { summary.unchanged += 1 } else { summary.updated += 1 }
    insertions[i].record = record
  }

  /// Older than what is stored; what has no time is neither.
  private func isOlder(_ a: Timestamp?, than b: Timestamp?) -> Bool {
    guard let a, let b else { return false }
    return a < b
  }
}
