/// A corpus of made-up candidates, for benchmarks and tests: with the shape of Bindbee's records, and with words as
/// unevenly frequent as in real ones.
///
/// Record `i` is a pure function of the seed, the revision and `i`: the same bytes on every machine, in any order, by
/// any number of threads; and the first thousand of a million are those of a thousand.
public struct Corpus: Sendable {
  /// Which corpus.
  public let seed: UInt64
  /// Which state of it.
  public let revision: CorpusRevision
  private let writer: RecordWriter

  /// The corpus of a seed, as it is at first or in a later state.
  public init(seed: UInt64, revision: CorpusRevision = .original) {
    self.seed = seed
    self.revision = revision
    writer = RecordWriter(vocabulary: .shared, seed: seed, revision: revision)
  }

  /// A record, from 0 on: one JSON object, without a line break.
  public func record(_ i: Int) -> [UInt8] {
    var buffer: [UInt8] = []
    append(i, to: &buffer)
    return buffer
  }

  /// Appends a record to a buffer; reuse the buffer for many.
  public func append(_ i: Int, to buffer: inout [UInt8]) {
    precondition(i >= 0, "records count from 0")
    writer.append(i, to: &buffer)
  }
}
