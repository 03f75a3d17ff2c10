import GRDB

/// A merge whose postings other threads read and merge, each by a connection of its own, while this one writes what was merged.
struct ParallelMerge {
  private var merge: SegmentMerge
  private let workers: [Producer<MergeTask.Element>]

  /// Begins a merge. A transaction that has changed nothing must have begun, so that the readers see the same segments.
  ///
  /// Each time a reader hands over what it has merged, it begins to read the newest state of the file, so that the WAL can be
  /// moved to the file meanwhile. Until others change the segments, what is left to read does not change but for the page on
  /// which a step has ended, from which the terms before are removed.
  ///
  /// - Parameters:
  ///   - readers: One for each worker.
  ///   - maximumWaiting: The maximum number of elements of a worker that wait to be written; nil for about those of a part:
  ///     while one is written, those after it are merged.
  init(_ merge: SegmentMerge, table: String, readers: [DatabaseQueue], maximumWaiting: Int? = nil) {
    self.merge = merge
    let (task, structure) = (merge.task, merge.structure)
    let partElements = task.pageCount / task.workerCount * SegmentFormat.pageSize / SegmentOutput.size
    workers = readers.enumerated().map { worker, reader in
      Producer(maximumWaiting: maximumWaiting ?? max(8, partElements)) { handOver in
        try reader.unsafeRead { db in
          try ReadTransaction.run(db) { db in
            let storage = try SegmentStorage(db, table: table)
            guard try storage.structure() == structure else { throw SegmentFormat.damage }
            try task.run(storage, worker: worker) { element in
              try ReadTransaction.renew(db) { try handOver(element) }
            }
          }
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
