import Foundation
import GRDB

/// Merges segments step by step, each in a transaction of the caller's. What it writes, and how it describes an unfinished
/// merge, is as FTS5 does it: either can continue what the other began.
struct SegmentMerge {
  private let storage: SegmentStorage

  init(_ storage: SegmentStorage) { self.storage = storage }

  /// Does one step of merging all segments into one: writes at least `pageCount` pages, or what is left. Returns false
  /// if nothing was left, and nil if the segments are described in a way that is not known here.
  func step(pageCount: Int) throws -> Bool? {
    try storage.flushFTS5()
    guard var structure = try storage.structure() else { return nil }
    guard let level = structure.prepareMerge() else { return false }
    var inputs = structure.levels[level].segments
    var output: SegmentStructure.Segment
    if structure.levels[level].merging > 0 {
      guard level + 1 < structure.levels.count, let last = structure.levels[level + 1].segments.popLast()
      else {
        throw SegmentFormat.damage
      }
      output = last
      inputs = Array(inputs.prefix(structure.levels[level].merging))
    } else {
      if level + 1 == structure.levels.count { structure.levels.append(SegmentStructure.Level()) }
      output = SegmentStructure.Segment(id: structure.unusedID, first: 1, last: 0)
    }
    let isOldest = structure.levels[(level + 1)...].allSatisfy { $0.segments.isEmpty }

    // The newest first: of several postings of a candidate, the newest holds.
    let readers = SegmentReaders(storage, inputs.reversed())
    var writer = SegmentWriter(storage, segment: output.id, after: output.last)
    let rest = try merge(readers, into: &writer, isOldest: isOldest, pageCount: pageCount)
    output.last = try writer.finish()

    if rest.isEmpty {
      for input in inputs { try storage.remove(input.id) }
      structure.levels[level].segments.removeFirst(inputs.count)
      structure.levels[level].merging = 0
    } else {
      let trimmed = try (0..<readers.count).map { try readers[$0].trim(isAtEnd: !rest.contains($0)) }
      structure.levels[level].segments.replaceSubrange(..<inputs.count, with: trimmed.reversed())
      structure.levels[level].merging = inputs.count
    }
    if output.last > 0 { structure.levels[level + 1].segments.append(output) }
    try storage.store(structure)
    try storage.refreshFTS5()
    return true
  }

  /// Merges until at least `pageCount` pages were written. Returns the positions of the readers that have terms left.
  private func merge(
    _ readers: borrowing SegmentReaders, into writer: inout SegmentWriter, isOldest: Bool, pageCount: Int
  ) throws -> Set<Int> {
    var terms = MinimumHeap<TermKey>()
    var postings = MinimumHeap<PostingKey>()
    for i in 0..<readers.count where try readers[i].nextTerm() {
      terms.insert(readers.key(i)) { readers.precedes($0, $1) }
    }
    var same: [Int] = []
    while let first = terms.first {
      if writer.pageCount >= pageCount { break }
      same.removeAll(keepingCapacity: true)
      while let next = terms.first, readers.areEqual(next, first) {
        same.append(next.reader)
        terms.removeFirst { readers.precedes($0, $1) }
      }
      try mergePostings(of: same, readers, into: &writer, &postings, isOldest: isOldest)
      for i in same where try readers[i].nextTerm() {
        terms.insert(readers.key(i)) { readers.precedes($0, $1) }
      }
    }
    return Set(terms.all.map(\.reader))
  }

  /// Merges the postings of the current term of some readers.
  private func mergePostings(
    of same: [Int], _ readers: borrowing SegmentReaders, into writer: inout SegmentWriter,
    _ queue: inout MinimumHeap<PostingKey>, isOldest: Bool
  ) throws {
    var isTermWritten = false
    var last: Int64?
    for i in same where try readers[i].nextPosting() {
      queue.insert(PostingKey(docid: readers[i].docid, reader: i)) { $0.precedes($1) }
    }
    while let first = queue.first {
      let reader = readers.start + first.reader
      // A removal without positions has removed everything that is older.
      let isNothing = reader.pointee.positions.isEmpty && (isOldest || reader.pointee.header & 1 == 0)
      if first.docid != last, !isNothing {
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
