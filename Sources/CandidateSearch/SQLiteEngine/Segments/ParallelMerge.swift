import GRDB

/// A merge whose postings another thread reads and merges, by a connection of its own, while this one writes what was merged.
struct ParallelMerge {
  private var merge: SegmentMerge
  private let merged: Producer<MergeTask.Part>

  /// The maximum number of parts that wait to be written, of `SegmentOutput.size` bytes each.
  private static let maximumWaiting = 8

  /// Begins a merge. A transaction that has changed nothing must have begun, so that the reader sees the same segments.
  init(_ merge: SegmentMerge, table: String, reader: DatabaseQueue) {
    self.merge = merge
    let (task, structure) = (merge.task, merge.structure)
    merged = Producer(maximumWaiting: Self.maximumWaiting) { handOver in
      try reader.read { db in
        let storage = try SegmentStorage(db, table: table)
        guard try storage.structure() == structure else { throw SegmentFormat.damage }
        try task.run(storage, handOver)
      }
    }
  }

  /// Writes the next step. Returns whether another one follows: not after the last one, nor if others have changed the
  /// segments meanwhile.
  mutating func step(_ storage: SegmentStorage) throws -> Bool {
    guard try storage.structure() == merge.structure else { return false }
    while let part = try merged.next() {
      switch part {
      case .rows(let rows): try rows.write(to: storage, segment: merge.task.output.id)
      case .step(let step):
        try merge.end(step, storage)
        return !step.isLast
      }
    }
    return false
  }

  /// Ends the other thread.
  func end() { merged.cancel() }
}
