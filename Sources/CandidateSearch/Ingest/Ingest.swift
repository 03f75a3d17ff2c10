import CandidateModel
import Dispatch

/// Brings the records of inputs into the index. Reading and preparing happen on the caller's thread, writing on
/// another.
///
/// Records are written in batches, each one transaction: what has been committed stays, whatever happens later.
public final class Ingest {
  /// A batch is written when it holds so many records, from 1, or `batchBytes` of JSON. Each is one transaction: fewer
  /// are sooner seen by searches, more are written faster.
  public var batchRecords = 50_000
  private static let batchBytes = 20 << 20

  /// A record of the batch that is being read.
  private enum Pending {
    case prepared(IncomingRecord)
    /// The index may hold it already.
    case unprepared(IncomingRecord, file: String, line: Int)
  }

  private let queue: WriteQueue
  private let builder: DocumentBuilder
  private let decoder = CandidateDecoder()
  private let start = DispatchTime.now()

  private var contents: UnchangedFilter
  private var batch: [Pending] = []
  private var batchLength = 0
  /// What became of the records that never reached the writer.
  private var ownSummary = IngestSummary()

  /// Called with each record that is refused.
  public var onRefusal: (Refusal) -> Void = { _ in }
  /// Called after each batch, with the counts so far and the reader that it came from.
  public var onProgress: (IngestSummary, RecordReader) -> Void = { _, _ in }

  init(queue: WriteQueue, builder: DocumentBuilder, contents: UnchangedFilter) {
    (self.queue, self.builder, self.contents) = (queue, builder, contents)
  }

  /// What became of the records so far; those of the last batches are still to come.
  public var summary: IngestSummary {
    var summary = queue.summary
    summary.add(ownSummary)
    summary.seconds = Double(DispatchTime.now().uptimeNanoseconds - start.uptimeNanoseconds) / 1e9
    return summary
  }

  /// Takes all records of an input. What is no record is refused, as is an input that cannot be read on; all that
  /// was read is kept. Throws `IndexError` where the index cannot be written.
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

  /// Takes candidates that are at hand. Throws `IndexError` where the index cannot be written.
  public func add(_ candidates: some Sequence<Candidate>) throws {
    for candidate in candidates {
      append(.prepared(IncomingRecord(candidate, builder)), length: candidate.jsonBytes.count)
      if isFull { try flush() }
    }
  }

  /// Refuses what never became a record: a file that cannot be opened, say.
  public func refuse(_ refusal: Refusal) {
    ownSummary.refused += 1
    onRefusal(refusal)
  }

  /// Hands what is at hand to the writer and waits until all is written.
  func drain() throws {
    if !batch.isEmpty { try flush() }
    try queue.drain()
  }

  private func take(_ item: RecordReader.Item, from reader: RecordReader) throws {
    switch item {
    case .refused(let error, let bytes, let line):
      refuse(Refusal(file: reader.name, line: line, reason: error.description, record: text(bytes)))
    case .record(let bytes, let line):
      do throws(RecordDefect) {
        if contents.isWorthAsking {
          let record = IncomingRecord(try decoder.head(of: bytes), json: bytes)
          append(.unprepared(record, file: reader.name, line: line), length: bytes.count)
        } else {
          let record = IncomingRecord(try decoder.decode(bytes), builder)
          noteUnreadMembers(reader.name, line)
          append(.prepared(record), length: bytes.count)
        }
      } catch {
        refuse(Refusal(file: reader.name, line: line, reason: error.description, record: text(bytes)))
      }
    }
  }

  private func append(_ record: Pending, length: Int) {
    batch.append(record)
    batchLength += length
  }

  /// Notes what of the last record that was decoded and prepared is not read, or not indexed.
  private func noteUnreadMembers(_ file: String, _ line: Int) {
    for field in builder.cutFields {
      let defect = MemberDefect(field: field.rawValue, problem: .tooLong)
      ownSummary.note(defect, count: 1, place: "\(file):\(line)")
    }
    for found in decoder.memberDefects {
      ownSummary.note(found.defect, count: found.count, place: "\(file):\(line)")
    }
  }

  /// A refused record may be an input of any length; what is kept of it is not.
  private func text(_ bytes: UnsafeRawBufferPointer) -> String {
    String(decoding: bytes.prefix(RecordLimits.maximumBytes), as: UTF8.self)
  }

  private var isFull: Bool { batch.count >= batchRecords || batchLength >= Self.batchBytes }

  private func flush() throws {
    let records = try prepared(batch)
    batch.removeAll(keepingCapacity: true)
    batchLength = 0
    try queue.submit(records)
  }

  /// The records of a batch, with documents for those that the index does not hold as they are.
  private func prepared(_ batch: [Pending]) throws -> [IncomingRecord] {
    var held = try askForHeld(batch)[...]
    return batch.compactMap { pending in
      switch pending {
      case .prepared(let record): return record
      case .unprepared(let record, let file, let line):
        return held.removeFirst() ? record : prepare(record, file, line)
      }
    }
  }

  private func askForHeld(_ batch: [Pending]) throws -> [Bool] {
    let unprepared = batch.compactMap { pending in
      if case .unprepared(let record, _, _) = pending { record } else { nil }
    }
    guard !unprepared.isEmpty else {
      contents.skip()
      return []
    }
    return try contents.hold(unprepared)
  }

  private func prepare(_ record: IncomingRecord, _ file: String, _ line: Int) -> IncomingRecord? {
    do throws(RecordDefect) {
      let prepared = IncomingRecord(try decoder.decode(bytes: record.json), builder)
      noteUnreadMembers(file, line)
      return prepared
    } catch {
      let text = String(decoding: record.json, as: UTF8.self)
      refuse(Refusal(file: file, line: line, reason: error.description, record: text))
      return nil
    }
  }
}
