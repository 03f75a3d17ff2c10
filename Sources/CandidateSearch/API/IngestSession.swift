import CandidateModel
import Dispatch

/// Brings the records of one connector into an index: a load, a replacement, or a whole sync.
///
/// Reading and preparing happen on the caller's thread, writing on others. Records are written in batches, each in one
/// transaction: what has been committed stays, whatever happens later. A session belongs to one thread at a time.
public final class IngestSession {
  /// The maximum number of records in a batch, from 1. A batch also ends at 10 MiB of JSON, the first two sooner, so that
  /// writing begins. Searches see small batches sooner; large batches are written faster.
  public var batchRecords = 50_000
  private static let batchBytes = 10 << 20
  /// The number of batches at the beginning that are shorter, each half as long as the next one.
  private static let shorterBatches = 2

  /// A record of the batch that is being read.
  private enum Pending {
    case prepared(PreparedRecord)
    /// A record that the index may contain already.
    case unprepared(ReceivedRecord, file: String, line: Int)
  }

  private let engine: any IndexEngine
  private let isDryRun: Bool
  private let queue: WriteQueue
  private let builder: DocumentBuilder
  private let decoder = CandidateDecoder()
  private let unseenRemoval: UnseenRemoval?
  private let start = DispatchTime.now()

  private var filter: UnchangedFilter
  private var batch: [Pending] = []
  private var batchLength = 0
  /// The number of batches before this one.
  private var batchCount = 0
  /// The records that never reached the writer.
  private var ownSummary = IngestSummary()

  /// Called with each record that is refused.
  public var onRefusal: (Refusal) -> Void = { _ in }
  /// Called after each batch, with the counts so far and the reader of the batch's last record.
  public var onProgress: (IngestSummary, RecordReader) -> Void = { _, _ in }

  /// Opens a session on an engine that can write.
  ///
  /// - Parameters:
  ///   - tracksSeen: Whether the session remembers which candidates come, as `removeUnseen` needs.
  ///   - isDryRun: Whether everything is counted and nothing written.
  ///   - onPause: Called before each transaction that removes candidates.
  /// - Throws: `IndexError`, `ConnectorNameError`.
  init(
    _ engine: any IndexEngine, connector: String, tracksSeen: Bool = false, isDryRun: Bool = false,
    onPause: @escaping @Sendable () throws -> Void = {}
  ) throws {
    try ConnectorNameError.check(connector)
    try engine.checkIsWritable()
    self.engine = engine
    self.isDryRun = isDryRun
    unseenRemoval =
      tracksSeen ? try UnseenRemoval(engine: engine, connector: connector, onPause: onPause) : nil
    let customFields = try engine.read { try $0.customFields() }
    queue = WriteQueue(
      engine: engine,
      batchWriter: BatchWriter(connector: connector, customFields: customFields, isDryRun: isDryRun),
      tracksSeen: tracksSeen)
    builder = DocumentBuilder(connector: connector, customFields: customFields)
    filter = try UnchangedFilter(engine, connector: connector)
  }

  /// The counts so far, without the records of the batches that are not written yet.
  public var summary: IngestSummary {
    var summary = queue.summary
    summary.add(ownSummary)
    summary.seconds = Double(DispatchTime.now().uptimeNanoseconds - start.uptimeNanoseconds) / 1e9
    return summary
  }

  // MARK: - Adding

  /// Adds all records of an input. Refuses what is not a record, and an input that cannot be read further; what was
  /// read before is kept.
  ///
  /// - Throws: `IndexError` if the index cannot be written.
  public func add(_ source: ByteSource) throws {
    let reader = RecordReader(source)
    do {
      while let item = try reader.next() {
        try take(item, from: reader)
        if isFull {
          try flush()
          onProgress(summary, reader)
        }
      }
    } catch let failure as ReadFailure {
      refuse(Refusal(failure))
    }
    onProgress(summary, reader)
  }

  /// Adds candidates. One of an index of an earlier version is refused if its id is longer than `RecordLimits.maximumIDBytes`.
  ///
  /// - Throws: `IndexError` if the index cannot be written.
  public func add(_ candidates: some Sequence<Candidate>) throws {
    for (i, candidate) in candidates.enumerated() {
      if candidate.id.utf8.count > RecordLimits.maximumIDBytes {
        let defect = RecordDefect.idTooLong(limit: RecordLimits.maximumIDBytes)
        refuse(
          Refusal(
            file: "candidates", line: i + 1, reason: defect.description,
            record: candidate.jsonBytes.withUnsafeBytes(text)))
        continue
      }
      append(.prepared(PreparedRecord(candidate, builder)), length: candidate.jsonBytes.count)
      if isFull { try flush() }
    }
  }

  /// Refuses an input that never became a record, such as a file that cannot be opened.
  public func refuse(_ refusal: Refusal) {
    ownSummary.refused += 1
    onRefusal(refusal)
  }

  // MARK: - Ending

  /// Writes everything that was added, and waits until it is committed.
  ///
  /// - Throws: `IndexError` if a batch could not be written.
  package func commit() throws {
    if !batch.isEmpty { try flush() }
    try queue.drain()
  }

  /// Removes the connector's candidates that were in the index when the session began and were not added since. Call it
  /// after `commit`.
  ///
  /// - Throws: `IndexError`.
  package func removeUnseen(_ removalGuard: RemovalGuard) throws -> Removal {
    let summary = summary
    guard summary.refused == 0, let unseenRemoval, let seen = queue.seen else { return .inputIncomplete }
    guard summary.records > 0 else { return .inputEmpty }
    return try unseenRemoval.finish(seen, removalGuard, isDryRun: isDryRun)
  }

  /// Commits what was added and runs the index's maintenance. Call it once, at the end.
  ///
  /// - Throws: `IndexError`.
  package func finish() throws {
    try commit()
    if !isDryRun { try engine.optimize() }
  }

  /// Runs `body` and finishes the session, also if `body` throws: what was added before is kept.
  ///
  /// - Throws: `IndexError`, and what `body` throws.
  func finish<T>(after body: (IngestSession) throws -> T) throws -> T {
    let result = Result { try body(self) }
    try finish()
    return try result.get()
  }

  // MARK: - Batches

  private func take(_ item: RecordReader.Item, from reader: RecordReader) throws {
    switch item {
    case .refused(let error, let bytes, let line):
      refuse(Refusal(file: reader.name, line: line, reason: error.description, record: text(bytes)))
    case .record(let record, let line):
      do throws(RecordDefect) {
        if filter.isWorthLookingUp {
          let received = ReceivedRecord(try decoder.head(of: record), json: record.bytes)
          append(.unprepared(received, file: reader.name, line: line), length: record.bytes.count)
        } else {
          let prepared = PreparedRecord(try decoder.decode(record), builder)
          noteUnreadMembers(reader.name, line)
          append(.prepared(prepared), length: record.bytes.count)
        }
      } catch {
        refuse(Refusal(file: reader.name, line: line, reason: error.description, record: text(record.bytes)))
      }
    }
  }

  private func append(_ record: Pending, length: Int) {
    batch.append(record)
    batchLength += length
  }

  /// Notes the members of the last prepared record that cannot be read or are not indexed in full.
  private func noteUnreadMembers(_ file: String, _ line: Int) {
    for field in builder.cutFields {
      let defect = MemberDefect(field: field.rawValue, problem: .tooLong)
      ownSummary.note(defect, count: 1, place: "\(file):\(line)")
    }
    for found in decoder.memberDefects {
      ownSummary.note(found.defect, count: found.count, place: "\(file):\(line)")
    }
  }

  /// The text of a refused record. The record may have any length; the text has not.
  private func text(_ bytes: UnsafeRawBufferPointer) -> String {
    String(decoding: bytes.prefix(RecordLimits.maximumBytes), as: UTF8.self)
  }

  private var isFull: Bool {
    if batch.count >= batchRecords || batchLength >= Self.batchBytes { return true }
    return batch.count >= BatchWriter.minimumBulkChanges
      && batchLength >= Self.batchBytes >> max(0, Self.shorterBatches - batchCount)
  }

  private func flush() throws {
    let records = try prepared(batch)
    batch.removeAll(keepingCapacity: true)
    batchLength = 0
    batchCount += 1
    try queue.submit(records)
  }

  /// The records of a batch, prepared unless the index contains them unchanged.
  private func prepared(_ batch: [Pending]) throws -> [IncomingRecord] {
    var areUnchanged = try findUnchanged(batch)[...]
    return batch.compactMap { pending in
      switch pending {
      case .prepared(let record): return .prepared(record)
      case .unprepared(let record, let file, let line):
        return areUnchanged.removeFirst()
          ? .received(record) : prepare(record, file: file, line: line).map { .prepared($0) }
      }
    }
  }

  /// Whether the index contains each unprepared record of a batch.
  private func findUnchanged(_ batch: [Pending]) throws -> [Bool] {
    let unprepared = batch.compactMap { pending in
      if case .unprepared(let record, _, _) = pending { record } else { nil }
    }
    guard !unprepared.isEmpty else {
      filter.skip()
      return []
    }
    return try filter.findUnchanged(unprepared)
  }

  private func prepare(_ record: ReceivedRecord, file: String, line: Int) -> PreparedRecord? {
    do throws(RecordDefect) {
      let prepared = PreparedRecord(try decoder.decode(bytes: record.json.all), builder)
      noteUnreadMembers(file, line)
      return prepared
    } catch {
      let text = String(decoding: record.json.all, as: UTF8.self)
      refuse(Refusal(file: file, line: line, reason: error.description, record: text))
      return nil
    }
  }
}
