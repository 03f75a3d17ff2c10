import GRDB

/// All candidates of an index, the most recent first. A candidate's place among them is its ordinal: in memory, a set of
/// ordinals is a bit for each.
struct DocidOrdinals: Sendable {
  /// Ascending.
  let docids: [Int64]

  /// Reads the docid of every candidate: about 70 ms for a million.
  init(_ db: Database, _ cancellation: Cancellation = .never) throws {
    var docids: [Int64] = []
    try RawStatement(db, "SELECT docid FROM candidate ORDER BY docid").forEach {
      try cancellation.check(row: docids.count)
      docids.append($0.integer(orZero: 0))
    }
    self.docids = docids
  }

  var count: Int { docids.count }

  /// Where the first docid that is not below this one stands, at `start` or behind. Its cost grows with the logarithm
  /// of the distance.
  func first(notBelow docid: Int64, from start: Int = 0) -> Int {
    var (low, step) = (start, 1)
    while low + step <= count, docids[low + step - 1] < docid {
      low += step
      step *= 2
    }
    var high = min(low + step - 1, count)
    while low < high {
      let middle = (low + high) / 2
      if docids[middle] < docid { low = middle + 1 } else { high = middle }
    }
    return low
  }

  func holds(_ docid: Int64, at ordinal: Int) -> Bool { ordinal < count && docids[ordinal] == docid }
}
