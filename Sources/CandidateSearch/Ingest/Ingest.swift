import CandidateModel
import CandidateQuery
import Dispatch
import GRDB

/// Brings the records of inputs into the index: read, decode, prepare, write.
///
/// Records are written in batches, each one transaction: what has been committed stays, whatever happens later.
public final class Ingest {
  /// A batch is written when it holds so many records, or so many bytes of JSON.
  private static let batchRecords = 20_000
  private static let batchBytes = 32 << 20

  private let writer: any DatabaseWriter
  private let builder: DocumentBuilder
  private let explain: IndexFile
  private let batchWriter: BatchWriter
  private let decoder = CandidateDecoder()
  private let start = DispatchTime.now()

  private var batch: [PreparedRecord] = []
  private var batchLength = 0
  private var counted = IngestSummary()

  /// Called with each record that is refused.
  public var onRefusal: (Refusal) -> Void = { _ in }
  /// Called after each batch, with the counts so far and the reader that it came from.
  public var onProgress: (IngestSummary, RecordReader) -> Void = { _, _ in }

  init(writer: any DatabaseWriter, file: IndexFile, connector: String, customFields: Set<CustomField>) {
    self.writer = writer
    explain = file
    builder = DocumentBuilder(connector: connector, customFields: customFields)
    batchWriter = BatchWriter(connector: connector, builder: builder)
  }

  /// What became of the records so far.
  public var summary: IngestSummary {
    var summary = counted
    summary.seconds = Double(DispatchTime.now().uptimeNanoseconds - start.uptimeNanoseconds) / 1e9
    return summary
  }

  /// Takes all records of an input. What is no record is refused, as is an input that cannot be read on; all that
  /// was read is kept. Throws `IndexError` where the index cannot be written.
  public func add(_ source: ByteSource) throws {
    let reader = RecordReader(source)
    do {
      while let item = try reader.next() {
        take(item, from: reader)
        if batch.count >= Self.batchRecords || batchLength >= Self.batchBytes {
          try write()
          onProgress(summary, reader)
        }
      }
    } catch let failure as ReadFailure {
      refuse(Refusal(failure))
    }
    try write()
    onProgress(summary, reader)
  }

  /// Takes candidates that are at hand. Throws `IndexError` where the index cannot be written.
  public func add(_ candidates: some Sequence<Candidate>) throws {
    for candidate in candidates {
      append(candidate)
      if batch.count >= Self.batchRecords { try write() }
    }
    try write()
  }

  /// Refuses what never became a record: a file that cannot be opened, say.
  public func refuse(_ refusal: Refusal) {
    counted.refused += 1
    onRefusal(refusal)
  }

  private func take(_ item: RecordReader.Item, from reader: RecordReader) {
    switch item {
    case .refused(let error, let bytes, let line):
      refuse(Refusal(file: reader.name, line: line, reason: error.description, record: text(bytes)))
    case .record(let bytes, let line):
      do throws(RecordDefect) {
        append(try decoder.decode(bytes))
        for time in decoder.unreadTimes {
          counted.noteUnreadTime(field: time.field, place: "\(reader.name):\(line)")
        }
      } catch {
        refuse(Refusal(file: reader.name, line: line, reason: error.description, record: text(bytes)))
      }
    }
  }

  private func append(_ candidate: Candidate) {
    batch.append(PreparedRecord(candidate, builder))
    batchLength += candidate.jsonBytes.count
  }

  /// A refused record may be an input of any length; what is kept of it is not.
  private func text(_ bytes: UnsafeRawBufferPointer) -> String {
    String(decoding: bytes.prefix(RecordReader.maximumRecordLength), as: UTF8.self)
  }

  private func write() throws {
    guard !batch.isEmpty else { return }
    let records = batch
    batch.removeAll(keepingCapacity: true)
    batchLength = 0
    counted = try explain.explained {
      try writer.write { db in
        var summary = counted
        try batchWriter.write(records, db, &summary)
        return summary
      }
    }
  }
}
