import GRDB

/// A merge whose postings other threads read and merge, each by a connection of its own, while this one writes what was merged.
struct ParallelMerge {
  private var merge: SegmentMerge
  private let workers: [Producer<MergeTask.Element>]

  /// Begins a merge. A transaction that has changed nothing must have begun, so that the readers see the same segments.
  ///
  /// - Parameter readers: One for each worker.
  init(_ merge: SegmentMerge, table: String, readers: [DatabaseQueue]) {
    self.merge = merge
    let (task, structure) = (merge.task, merge.structure)
    // About the rows of a part: while one is written, those after it are merged.
    let maximumWaiting = max(
      8, task.pageCount / task.workerCount * SegmentFormat.pageSize / SegmentOutput.size)
    workers = readers.enumerated().map { worker, reader in
      Producer(maximumWaiting: maximumWaiting) { handOver in
        try reader.read { db in
          let storage = try SegmentStorage(db, table: table)
          guard try storage.structure() == structure else { throw SegmentFormat.damage }
          try task.run(storage, worker: worker, handOver)
        }
      }
    }
  }

  /// Writes the next step. Returns whether another one follows: not after the last one, nor if others have changed the
  /// segments meanwhile.
  mutating func step(_ storage: SegmentStorage) throws -> Bool {
    guard try storage.structure() == merge.structure else { return false }
    return try merge.step(storage) { try workers[$0].next() }
  }

  /// Ends the other threads.
  func end() { for worker in workers { worker.cancel() } }
}
