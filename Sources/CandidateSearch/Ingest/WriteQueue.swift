import Dispatch
import Synchronization

/// Writes batches on threads of its own while the next one is read: one for each lane of the engine, with the batch's
/// records of that lane. In each, at most one part waits or is being written: a reader that is faster waits.
final class WriteQueue: Sendable {
  private struct State {
    var summary = IngestSummary()
    var failure: (any Error)?
    var seen: SeenNumbers?
    /// The batches that are written. The thread that made them frees them: if the writing one did, each of the two would
    /// wait for the other's lock of the allocator, for a tenth of a load's time.
    var written: [[IncomingRecord]] = []
  }

  /// A part of a batch, which only one thread refers to at a time.
  private final class Part: Sendable {
    private let records: Mutex<[IncomingRecord]>

    init(_ records: [IncomingRecord]) { self.records = Mutex(records) }

    func take() -> [IncomingRecord] {
      records.withLock { records in
        defer { records = [] }
        return records
      }
    }
  }

  private final class Writer: Sendable {
    let lane: Lane
    let queue: DispatchQueue
    let slot = DispatchSemaphore(value: 1)

    init(_ lane: Lane) {
      self.lane = lane
      queue = DispatchQueue(label: "cand-search.write.\(lane.number)")
    }
  }

  private let engine: any IndexEngine
  private let batchWriter: BatchWriter
  private let writers: [Writer]
  private let state: Mutex<State>

  init(engine: any IndexEngine, batchWriter: BatchWriter, tracksSeen: Bool) {
    self.engine = engine
    self.batchWriter = batchWriter
    writers = (0..<engine.laneCount).map { Writer(Lane(number: $0)) }
    state = Mutex(State(seen: tracksSeen ? SeenNumbers() : nil))
  }

  /// The counts of the records that were written.
  var summary: IngestSummary { state.withLock(\.summary) }
  /// The candidates that came; nil if they are not tracked.
  var seen: SeenNumbers? { state.withLock(\.seen) }

  /// Hands a batch over. Throws the error of an earlier batch; then nothing more is written.
  func submit(_ batch: [IncomingRecord]) throws {
    let parts = parts(of: batch)
    for writer in writers {
      guard let part = parts[writer.lane].map(Part.init) else { continue }
      writer.slot.wait()
      if let failure = state.withLock(\.failure) {
        writer.slot.signal()
        throw failure
      }
      writer.queue.async { [self] in
        defer { writer.slot.signal() }
        do {
          try write(part.take(), lane: writer.lane)
        } catch {
          state.withLock { $0.failure = $0.failure ?? error }
        }
      }
    }
    freeWritten()
  }

  private func freeWritten() {
    var written: [[IncomingRecord]] = []
    state.withLock { swap(&$0.written, &written) }
  }

  private func parts(of batch: [IncomingRecord]) -> [Lane: [IncomingRecord]] {
    if writers.count == 1 { return [writers[0].lane: batch] }
    return Dictionary(grouping: batch) { Lane(ofID: $0.received.id, count: writers.count) }
  }

  /// Waits until everything is written. Throws the error of a batch that failed.
  func drain() throws {
    for writer in writers { writer.queue.sync {} }
    freeWritten()
    if let failure = state.withLock(\.failure) { throw failure }
  }

  private func write(_ batch: [IncomingRecord], lane: Lane) throws {
    let outcome =
      batchWriter.isDryRun
      ? try engine.read { try batchWriter.preview(batch, in: $0) }
      : try engine.write(ofConnector: batchWriter.connector, lane: lane) {
        try batchWriter.write(batch, in: $0)
      }
    state.withLock { state in
      state.summary.add(outcome.summary)
      state.seen?.formUnion(outcome.seen)
      state.written.append(batch)
    }
  }
}
