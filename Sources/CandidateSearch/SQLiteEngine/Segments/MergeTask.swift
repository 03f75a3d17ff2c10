import Foundation

/// Some steps of a merge. Each consists of as many parts as there are workers, the last one perhaps of fewer; a worker merges
/// one part of each step.
struct MergeTask: Sendable {
  /// From the oldest to the newest.
  let inputs: [SegmentStructure.Segment]
  let output: SegmentStructure.Segment
  /// Whether no older segment exists.
  let isOldest: Bool
  /// The number of pages after which a part ends before its boundary.
  let pageCount: Int
  let workerCount: Int
  let maximumPartCount: Int
  /// The text before which each part ends, ascending: one fewer than the parts if the last part is the rest.
  let boundaries: [[UInt8]]

  var partCount: Int { min(maximumPartCount, boundaries.count + 1) }

  /// What a worker makes, in order.
  enum Element {
    /// Some rows, and the page of each input before which everything was read: its postings are in these rows, or in others
    /// of the same part or of earlier ones.
    case rows(SegmentRows, firstPages: [Int])
    /// A part has ended: the rows before belong to it.
    case end(End)
  }

  /// The end of a part.
  struct End {
    let pageCount: Int
    /// Where the inputs were when the part began, and where they are now: where the next part begins.
    let (first, last): ([SegmentReader.Place], [SegmentReader.Place])
    /// Whether nothing remains of the inputs.
    let isDone: Bool
    /// Whether the part has reached its boundary; else the parts after it are of no use.
    let isComplete: Bool
    /// What remains of the inputs, if a step may end here.
    let rests: [SegmentRest]
  }

  /// The number that a worker gives to the first page of a part. Only the first part of a segment begins with 1; the pages of
  /// others are numbered anew when they are written.
  func firstPage(ofPart number: Int) -> Int { number == 0 && output.last == 0 ? 1 : 2 }

  /// Merges the parts of a worker. Reads the inputs from the storage.
  func run(
    _ storage: SegmentStorage, worker: Int, _ handOver: @escaping (Element) throws -> Void
  ) throws {
    // The newest first: of several postings of a candidate, the newest holds.
    let readers = SegmentReaders(storage, inputs.reversed())
    let (start, count) = (readers.start, readers.count)
    let output = SegmentOutput { rows in
      try handOver(.rows(rows, firstPages: (0..<count).reversed().map { start[$0].place.page }))
    }
    var terms = TermQueue(maximumCount: readers.count)
    var postings = PostingQueue(maximumCount: readers.count)
    for number in stride(from: worker, to: partCount, by: workerCount) {
      for i in 0..<readers.count {
        if number > 0 {
          try readers[i].skip(to: boundaries[number - 1])
        } else {
          _ = try readers[i].nextTerm()
        }
      }
      terms.begin(readers)
      let first = (0..<readers.count).map { readers[$0].place }
      let lastPage = firstPage(ofPart: number) - 1
      var writer = SegmentWriter(output, after: lastPage)
      let boundary = number < boundaries.count ? boundaries[number] : nil
      let isComplete = try merge(readers, &terms, &postings, until: boundary, into: &writer)
      let isDone = readers[terms.first].isAtEnd
      let endsStep = !isComplete || number % workerCount == workerCount - 1 || number == partCount - 1
      let rests = isDone || !endsStep ? [] : (0..<readers.count).reversed().map { readers[$0].rest() }
      let pageCount = try writer.finish() - lastPage
      try handOver(
        .end(
          End(
            pageCount: pageCount, first: first, last: (0..<readers.count).map { readers[$0].place },
            isDone: isDone, isComplete: isComplete, rests: rests)))
      if isDone || !isComplete { return }
    }
  }

  /// Merges the terms before a boundary. Returns false if it ends before, since `pageCount` pages were written.
  private func merge(
    _ readers: borrowing SegmentReaders, _ terms: inout TermQueue, _ postings: inout PostingQueue,
    until boundary: [UInt8]?, into writer: inout SegmentWriter
  ) throws -> Bool {
    while !readers[terms.first].isAtEnd {
      if let boundary, !readers[terms.first].isTerm(below: boundary) { break }
      if writer.pageCount >= pageCount { return false }
      // Most terms are those of one segment.
      if terms.firstCount == 1 {
        try copyPostings(of: readers.start + terms.first, into: &writer)
        try terms.advance(terms.first, readers)
      } else {
        postings.removeAll()
        terms.forEachFirst { postings.add($0) }
        try mergePostings(of: &postings, readers, into: &writer)
        for reader in postings.readers { try terms.advance(reader, readers) }
      }
    }
    return true
  }

  /// Copies the postings of the current term of a reader.
  private func copyPostings(of reader: UnsafeMutablePointer<SegmentReader>, into writer: inout SegmentWriter)
    throws
  {
    var isTermWritten = false
    while try reader.pointee.nextPosting() {
      if isNothing(reader) { continue }
      if !isTermWritten { try writer.append(term: reader.pointee.term) }
      isTermWritten = true
      try writer.append(
        docid: reader.pointee.docid, header: reader.pointee.header, positions: reader.pointee.positions)
    }
  }

  /// Whether the current posting of a reader is only a mark that nothing older needs. A removal without positions has removed
  /// everything that is older.
  @inline(__always) private func isNothing(_ reader: UnsafeMutablePointer<SegmentReader>) -> Bool {
    reader.pointee.positions.isEmpty && (isOldest || reader.pointee.header & 1 == 0)
  }

  /// Merges the postings of the current term of some readers.
  private func mergePostings(
    of queue: inout PostingQueue, _ readers: borrowing SegmentReaders, into writer: inout SegmentWriter
  ) throws {
    var isTermWritten = false
    var last: Int64?
    try queue.begin(readers)
    while let first = try queue.first {
      let reader = readers.start + first
      if reader.pointee.docid != last, !isNothing(reader) {
        if !isTermWritten { try writer.append(term: reader.pointee.term) }
        isTermWritten = true
        try writer.append(
          docid: reader.pointee.docid, header: reader.pointee.header, positions: reader.pointee.positions)
      }
      last = reader.pointee.docid
      try queue.advance(readers)
    }
  }
}

/// The current terms of readers.
private struct TermQueue: ~Copyable {
  private var tournament: Tournament<Int128>

  init(maximumCount: Int) { tournament = Tournament(maximumCount: maximumCount, highestKey: .max) }

  mutating func begin(_ readers: borrowing SegmentReaders) {
    tournament.begin(count: readers.count) { i in
      Self.key(readers[i].termPrefix)
    } order: {
      readers.order($0, $1)
    }
  }

  /// The reader whose term is the first; of equal terms, that of the newest segment.
  var first: Int { tournament.winner }

  /// The number of readers of the first term.
  var firstCount: Int { tournament.winnerCount }

  /// Calls `body` with each reader of the first term.
  func forEachFirst(_ body: (Int) -> Void) { tournament.forEachFirst(body) }

  /// Moves a reader to its next term.
  mutating func advance(_ i: Int, _ readers: borrowing SegmentReaders) throws {
    _ = try readers[i].nextTerm()
    tournament.update(i, key: Self.key(readers[i].termPrefix)) { readers.order($0, $1) }
  }

  /// The prefix without its last bit, so that differences can be represented.
  @inline(__always) private static func key(_ prefix: UInt128) -> Int128 {
    Int128(truncatingIfNeeded: prefix >> 1)
  }
}

/// The postings of the current term of some readers, by docid; of equal docids, that of the newer segment comes first.
private struct PostingQueue: ~Copyable {
  /// From the newest to the oldest segment.
  private(set) var readers: [Int] = []
  private var openCount = 0
  private var tournament: Tournament<Int64>

  /// No docid is as high as this, nor so low that the difference could not be represented. It comes after the last one.
  private static let ended: Int64 = 1 << 62

  init(maximumCount: Int) {
    tournament = Tournament(maximumCount: maximumCount, highestKey: Self.ended)
  }

  mutating func removeAll() { readers.removeAll(keepingCapacity: true) }

  mutating func add(_ reader: Int) { readers.append(reader) }

  /// Moves each reader to its first posting.
  mutating func begin(_ all: borrowing SegmentReaders) throws {
    var openCount = readers.count
    try tournament.begin(count: readers.count) { i in
      if try all[readers[i]].nextPosting() { return all[readers[i]].docid }
      openCount -= 1
      return Self.ended
    } order: { _, _ in
      0
    }
    self.openCount = openCount
  }

  /// The reader whose posting is the first; nil after the last posting.
  var first: Int? {
    get throws {
      if openCount == 0 { return nil }
      guard tournament.lowestKey < Self.ended else { throw SegmentFormat.damage }
      return readers[tournament.winner]
    }
  }

  /// Moves the reader whose posting is the first to its next one.
  @inline(__always) mutating func advance(_ all: borrowing SegmentReaders) throws {
    let i = tournament.winner
    var docid = Self.ended
    if try all[readers[i]].nextPosting() { docid = all[readers[i]].docid } else { openCount -= 1 }
    tournament.update(i, key: docid) { _, _ in 0 }
  }
}

extension SegmentReaders {
  /// Compares the current terms of two readers: negative if the first precedes, 0 if they are equal. A reader without a term
  /// comes last.
  fileprivate func order(_ a: Int, _ b: Int) -> Int {
    if self[a].isAtEnd || self[b].isAtEnd { return (self[a].isAtEnd ? 1 : 0) - (self[b].isAtEnd ? 1 : 0) }
    let (x, y) = (self[a].term, self[b].term)
    if x.count == y.count, x.count <= 16, self[a].termPrefix == self[b].termPrefix { return 0 }
    guard let xStart = x.baseAddress, let yStart = y.baseAddress else { return x.count - y.count }
    let order = memcmp(xStart, yStart, min(x.count, y.count))
    return order != 0 ? Int(order) : x.count - y.count
  }
}
