import Foundation

/// A merge of all segments into one, step by step, each in a transaction. What it writes, and how it describes an unfinished
/// merge, is as FTS5 does it: either can continue what the other began.
struct SegmentMerge {
  let task: MergeTask
  /// The segments as the last step has described them.
  private(set) var structure: SegmentStructure
  /// The segments without the output.
  private let prepared: SegmentStructure
  private let level: Int

  /// Nil if nothing is left to merge.
  ///
  /// - Parameters:
  ///   - pageCount: The number of pages that a step writes at least, unless it is the last one.
  ///   - stepCount: The maximum number of steps.
  init?(_ structure: SegmentStructure, pageCount: Int, stepCount: Int = 1) throws {
    var prepared = structure
    guard let level = prepared.prepareMerge() else { return nil }
    var inputs = prepared.levels[level].segments
    var output: SegmentStructure.Segment
    if prepared.levels[level].merging > 0 {
      guard level + 1 < prepared.levels.count, let last = prepared.levels[level + 1].segments.popLast()
      else {
        throw SegmentFormat.damage
      }
      output = last
      inputs = Array(inputs.prefix(prepared.levels[level].merging))
    } else {
      if level + 1 == prepared.levels.count { prepared.levels.append(SegmentStructure.Level()) }
      output = SegmentStructure.Segment(id: prepared.unusedID, first: 1, last: 0)
    }
    let isOldest = prepared.levels[(level + 1)...].allSatisfy { $0.segments.isEmpty }
    self.structure = structure
    self.prepared = prepared
    self.level = level
    task = MergeTask(
      inputs: inputs, output: output, isOldest: isOldest, pageCount: pageCount, stepCount: stepCount)
  }

  /// Does one step in one transaction.
  mutating func step(_ storage: SegmentStorage) throws {
    var steps: [MergeTask.Step] = []
    let segment = task.output.id
    try task.run(storage) { part in
      switch part {
      case .rows(let rows): try rows.write(to: storage, segment: segment)
      case .step(let step): steps.append(step)
      }
    }
    for step in steps { try end(step, storage) }
  }

  /// Writes what a step changes besides its rows.
  mutating func end(_ step: MergeTask.Step, _ storage: SegmentStorage) throws {
    structure = prepared
    let count = task.inputs.count
    if step.rests.isEmpty {
      for input in task.inputs { try storage.remove(input.id) }
      structure.levels[level].segments.removeFirst(count)
      structure.levels[level].merging = 0
    } else {
      for rest in step.rests { try rest.store(in: storage) }
      structure.levels[level].segments.replaceSubrange(..<count, with: step.rests.map(\.segment))
      structure.levels[level].merging = count
    }
    if step.lastPage > 0 {
      var output = task.output
      output.last = step.lastPage
      structure.levels[level + 1].segments.append(output)
    }
    try storage.store(structure)
    try storage.refreshFTS5()
  }
}

/// Some steps of a merge.
struct MergeTask: Sendable {
  /// From the oldest to the newest.
  let inputs: [SegmentStructure.Segment]
  let output: SegmentStructure.Segment
  /// Whether no older segment exists.
  let isOldest: Bool
  /// The number of pages after which a step ends.
  let pageCount: Int
  /// The maximum number of steps.
  let stepCount: Int

  /// What is made, in order.
  enum Part {
    case rows(SegmentRows)
    /// A step has ended: the rows before belong to it.
    case step(Step)
  }

  struct Step {
    /// The last page of the output.
    let lastPage: Int
    /// What remains of the inputs; empty if nothing does.
    let rests: [SegmentRest]
    let isLast: Bool
  }

  /// Reads the inputs from the storage.
  func run(_ storage: SegmentStorage, _ handOver: @escaping (Part) throws -> Void) throws {
    // The newest first: of several postings of a candidate, the newest holds.
    let readers = SegmentReaders(storage, inputs.reversed())
    let output = SegmentOutput { try handOver(.rows($0)) }
    var terms = try TermQueue(readers)
    var postings = PostingQueue(maximumCount: readers.count)
    var lastPage = self.output.last
    for number in 1...stepCount {
      var writer = SegmentWriter(output, after: lastPage)
      try merge(readers, &terms, &postings, into: &writer)
      lastPage = try writer.finish()
      let isDone = readers[terms.first].isAtEnd
      let rests = isDone ? [] : (0..<readers.count).reversed().map { readers[$0].rest() }
      try handOver(.step(Step(lastPage: lastPage, rests: rests, isLast: isDone || number == stepCount)))
      if isDone { return }
    }
  }

  /// Merges until at least `pageCount` pages were written.
  private func merge(
    _ readers: borrowing SegmentReaders, _ terms: inout TermQueue, _ postings: inout PostingQueue,
    into writer: inout SegmentWriter
  ) throws {
    while !readers[terms.first].isAtEnd, writer.pageCount < pageCount {
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

  /// Moves each reader to its first term.
  init(_ readers: borrowing SegmentReaders) throws {
    tournament = Tournament(maximumCount: readers.count, highestKey: .max)
    try tournament.begin(count: readers.count) { i in
      _ = try readers[i].nextTerm()
      return Self.key(readers[i].termPrefix)
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

extension SegmentStructure {
  /// The level whose segments are to be merged next: one whose merge has begun, else one to which all segments are moved;
  /// nil if there is nothing to merge.
  fileprivate mutating func prepareMerge() -> Int? {
    if let level = levels.firstIndex(where: { $0.merging > 0 }) { return level }
    guard count > 1 else { return nil }
    if let level = levels.firstIndex(where: { $0.segments.count == count }) { return level }
    // Those of higher levels are older.
    let all = levels.reversed().flatMap(\.segments)
    let level = min(levels.count, Self.maximumLevel)
    levels = Array(repeating: Level(), count: level) + [Level(segments: all)]
    return level
  }

  /// FTS5 has at most 64 levels.
  private static let maximumLevel = 60
}
