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
    var terms = MinimumHeap<TermKey>()
    for i in 0..<readers.count where try readers[i].nextTerm() {
      terms.insert(readers.key(i)) { readers.precedes($0, $1) }
    }
    var lastPage = self.output.last
    for number in 1...stepCount {
      var writer = SegmentWriter(output, after: lastPage)
      try merge(readers, &terms, into: &writer)
      lastPage = try writer.finish()
      let open = Set(terms.all.map(\.reader))
      let rests =
        open.isEmpty
        ? [] : (0..<readers.count).reversed().map { readers[$0].rest(isAtEnd: !open.contains($0)) }
      try handOver(.step(Step(lastPage: lastPage, rests: rests, isLast: open.isEmpty || number == stepCount)))
      if open.isEmpty { return }
    }
  }

  /// Merges until at least `pageCount` pages were written. `terms` contains the readers that have terms left.
  private func merge(
    _ readers: borrowing SegmentReaders, _ terms: inout MinimumHeap<TermKey>, into writer: inout SegmentWriter
  ) throws {
    var postings = MinimumHeap<PostingKey>()
    var same: [Int] = []
    while let first = terms.first, writer.pageCount < pageCount {
      // Most terms are those of one segment.
      if !terms.children.contains(where: { readers.areEqual($0, first) }) {
        try copyPostings(of: readers.start + first.reader, into: &writer)
        if try readers[first.reader].nextTerm() {
          terms.replaceFirst(with: readers.key(first.reader)) { readers.precedes($0, $1) }
        } else {
          terms.removeFirst { readers.precedes($0, $1) }
        }
        continue
      }
      same.removeAll(keepingCapacity: true)
      while let next = terms.first, readers.areEqual(next, first) {
        same.append(next.reader)
        terms.removeFirst { readers.precedes($0, $1) }
      }
      try mergePostings(of: same, readers, into: &writer, &postings)
      for i in same where try readers[i].nextTerm() {
        terms.insert(readers.key(i)) { readers.precedes($0, $1) }
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
    of same: [Int], _ readers: borrowing SegmentReaders, into writer: inout SegmentWriter,
    _ queue: inout MinimumHeap<PostingKey>
  ) throws {
    var isTermWritten = false
    var last: Int64?
    for i in same where try readers[i].nextPosting() {
      queue.insert(PostingKey(docid: readers[i].docid, reader: i)) { $0.precedes($1) }
    }
    while let first = queue.first {
      let reader = readers.start + first.reader
      if first.docid != last, !isNothing(reader) {
        if !isTermWritten { try writer.append(term: reader.pointee.term) }
        isTermWritten = true
        try writer.append(
          docid: first.docid, header: reader.pointee.header, positions: reader.pointee.positions)
      }
      last = first.docid
      if try reader.pointee.nextPosting() {
        queue.replaceFirst(with: PostingKey(docid: reader.pointee.docid, reader: first.reader)) {
          $0.precedes($1)
        }
      } else {
        queue.removeFirst { $0.precedes($1) }
      }
    }
  }
}

/// A reader's current term.
private struct TermKey {
  let prefix: UInt64
  let reader: Int
}

/// A reader's current posting.
private struct PostingKey {
  let docid: Int64
  let reader: Int

  /// Of equal docids, that of the newer segment precedes.
  @inline(__always) func precedes(_ other: PostingKey) -> Bool {
    docid != other.docid ? docid < other.docid : reader < other.reader
  }
}

extension SegmentReaders {
  fileprivate func key(_ i: Int) -> TermKey { TermKey(prefix: start[i].termPrefix, reader: i) }

  @inline(__always) fileprivate func precedes(_ a: TermKey, _ b: TermKey) -> Bool {
    if a.prefix != b.prefix { return a.prefix < b.prefix }
    let (x, y) = (start[a.reader].term, start[b.reader].term)
    let order = memcmp(
      x.baseAddress.unsafelyUnwrapped, y.baseAddress.unsafelyUnwrapped, min(x.count, y.count))
    if order != 0 { return order < 0 }
    return x.count != y.count ? x.count < y.count : a.reader < b.reader
  }

  @inline(__always) fileprivate func areEqual(_ a: TermKey, _ b: TermKey) -> Bool {
    guard a.prefix == b.prefix else { return false }
    let (x, y) = (start[a.reader].term, start[b.reader].term)
    return x.count == y.count
      && memcmp(x.baseAddress.unsafelyUnwrapped, y.baseAddress.unsafelyUnwrapped, x.count) == 0
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

/// A binary heap; the element that precedes all others is the first.
private struct MinimumHeap<Element> {
  private(set) var all: [Element] = []

  var first: Element? { all.first }
  /// The two elements below the first, or fewer: no other element precedes both.
  var children: ArraySlice<Element> { all.dropFirst().prefix(2) }

  @inline(__always) mutating func insert(_ element: Element, by precedes: (Element, Element) -> Bool) {
    all.append(element)
    var i = all.count - 1
    while i > 0, precedes(all[i], all[(i - 1) / 2]) {
      all.swapAt(i, (i - 1) / 2)
      i = (i - 1) / 2
    }
  }

  @inline(__always) mutating func removeFirst(by precedes: (Element, Element) -> Bool) {
    let last = all.removeLast()
    if !all.isEmpty { replaceFirst(with: last, by: precedes) }
  }

  @inline(__always) mutating func replaceFirst(with element: Element, by precedes: (Element, Element) -> Bool)
  {
    all.withUnsafeMutableBufferPointer { all in
      var i = 0
      while 2 * i + 1 < all.count {
        var child = 2 * i + 1
        if child + 1 < all.count, precedes(all[child + 1], all[child]) { child += 1 }
        guard precedes(all[child], element) else { break }
        all[i] = all[child]
        i = child
      }
      all[i] = element
    }
  }
}
