/// A merge of all segments into one, step by step, each in a transaction. What it writes, and how it describes an unfinished
/// merge, is as FTS5 does it: either can continue what the other began.
struct SegmentMerge {
  let task: MergeTask
  /// The segments as the last step has described them.
  private(set) var structure: SegmentStructure
  /// The segments without the output.
  private let prepared: SegmentStructure
  private let level: Int
  /// The number of parts that were written.
  private var partCount = 0
  /// The last page that was written.
  private var lastPage: Int
  /// Where the inputs are after the last part.
  private var places: [SegmentReader.Place]?
  /// The first page of each input that is still in the file.
  private var firstPages: [Int]
  /// The minimum number of pages that are removed at once.
  private static let minimumRemovedPages = 8

  /// Nil if nothing is left to merge.
  ///
  /// - Parameters:
  ///   - pageCount: About the number of pages that a step writes. Each of its parts ends after this number of pages at the
  ///     latest, with the term that is being merged.
  ///   - stepCount: The maximum number of steps.
  ///   - workerCount: The number of parts of a step, which different threads can merge.
  init?(
    _ structure: SegmentStructure, in storage: SegmentStorage, pageCount: Int, stepCount: Int = 1,
    workerCount: Int = 1
  ) throws {
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
    lastPage = output.last
    firstPages = inputs.map(\.first)
    task = MergeTask(
      inputs: inputs, output: output, isOldest: isOldest, pageCount: pageCount, workerCount: workerCount,
      maximumPartCount: stepCount * workerCount,
      boundaries: try Self.boundaries(
        of: inputs, in: storage, pageCount: pageCount / workerCount,
        maximumCount: workerCount > 1 ? stepCount * workerCount : 0))
  }

  /// Terms that divide a merge into parts of about a number of pages, ascending. They divide the longest segment: the others
  /// are taken to have as many of their terms before each.
  private static func boundaries(
    of inputs: [SegmentStructure.Segment], in storage: SegmentStorage, pageCount: Int, maximumCount: Int
  ) throws -> [[UInt8]] {
    guard maximumCount > 0, let longest = inputs.max(by: { $0.pageCount < $1.pageCount }) else { return [] }
    // A part has longest.pageCount · pageCount / inputPageCount pages of the longest segment. The quotient would be rounded.
    let inputPageCount = Double(inputs.reduce(0) { $0 + $1.pageCount })
    let product = Double(longest.pageCount) * Double(max(pageCount, 1))
    var boundaries: [[UInt8]] = []
    /// The number of parts before the last boundary.
    var last = 0.0
    try storage.forEachEntry(of: longest) { page, separator in
      // A damaged file may contain any numbers.
      let pagesBefore = page - longest.first
      let partsBefore = (Double(pagesBefore + 1) * inputPageCount / product).rounded(.up) - 1
      guard page <= longest.last, partsBefore > last else { return true }
      boundaries.append(Array(separator))
      last = partsBefore
      return boundaries.count < maximumCount
    }
    return boundaries
  }

  /// Does all steps in one transaction, one worker after the other.
  mutating func run(_ storage: SegmentStorage) throws {
    var waiting: [[MergeTask.Element]] = []
    for worker in 0..<task.workerCount {
      var elements: [MergeTask.Element] = []
      try task.run(storage, worker: worker) { elements.append($0) }
      waiting.append(elements.reversed())
    }
    while try step(storage, { waiting[$0].popLast() }) {}
  }

  /// Writes the parts of one step, in one transaction. Returns whether another step follows.
  ///
  /// - Parameter next: Returns the next element of a worker.
  mutating func step(
    _ storage: SegmentStorage, _ next: (_ worker: Int) throws -> MergeTask.Element?
  ) throws -> Bool {
    for worker in 0..<task.workerCount {
      let pagesBefore = lastPage - task.firstPage(ofPart: partCount) + 1
      var end: MergeTask.End?
      while end == nil, let element = try next(worker) {
        switch element {
        case .rows(let rows, let firstPages):
          try rows.write(to: storage, segment: task.output.id, pagesBefore: pagesBefore)
          try removePages(before: firstPages, storage)
        case .end(let part): end = part
        }
      }
      // A part finds its beginning by the table `…_idx`. If that were damaged, terms between two parts would be lost.
      guard let end, places == nil || places == end.first else { throw SegmentFormat.damage }
      partCount += 1
      lastPage += end.pageCount
      places = end.last
      let isLast = !end.isComplete || end.isDone || partCount == task.partCount
      if !isLast, worker + 1 < task.workerCount { continue }
      let before = structure
      try finish(end, storage)
      guard structure != before else { throw SegmentFormat.damage }
      return !isLast
    }
    return false
  }

  /// Removes pages that were read. All of their postings are written before the step ends, in the same transaction. SQLite
  /// stores the next rows there: a page that is removed at the end of a step is written twice, first with zeros.
  private mutating func removePages(before pages: [Int], _ storage: SegmentStorage) throws {
    for (i, input) in task.inputs.enumerated() {
      let end = min(pages[i], input.last + 1)
      if end - firstPages[i] < Self.minimumRemovedPages { continue }
      try storage.removePages(firstPages[i]...(end - 1), of: input.id)
      firstPages[i] = end
    }
  }

  /// Writes what a step changes besides its rows.
  private mutating func finish(_ end: MergeTask.End, _ storage: SegmentStorage) throws {
    structure = prepared
    let count = task.inputs.count
    if end.isDone {
      for input in task.inputs { try storage.remove(input.id) }
      structure.levels[level].segments.removeFirst(count)
      structure.levels[level].merging = 0
    } else {
      for rest in end.rests { try rest.store(in: storage) }
      structure.levels[level].segments.replaceSubrange(..<count, with: end.rests.map(\.segment))
      // FTS5 knows no merge without an output. There is none while only marks of removals were read.
      structure.levels[level].merging = lastPage > 0 ? count : 0
    }
    if lastPage > 0 {
      var output = task.output
      output.last = lastPage
      structure.levels[level + 1].segments.append(output)
    }
    try storage.store(structure)
    try storage.refreshFTS5()
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
