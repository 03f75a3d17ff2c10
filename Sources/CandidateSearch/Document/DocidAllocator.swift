import CandidateModel

/// Gives out free docids. What one transaction has learnt of a second serves all its candidates, so that a million
/// on one second cost one look-up a batch.
struct DocidAllocator {
  /// The highest docid in use within a range, if any.
  typealias Highest = (ClosedRange<Int64>) throws -> Int64?

  private let highest: Highest
  /// The last docid given out, by second; nil stands for no time.
  private var last: [Int64?: Int64] = [:]

  init(highest: @escaping Highest) {
    self.highest = highest
  }

  /// A free docid for a time.
  mutating func allocate(_ time: Timestamp?) throws -> Docid {
    guard let time else { return try nextFree(Docid.timeless, key: nil) ?? Docid(value: .max) }
    var second = time.seconds
    while true {
      if let docid = try nextFree(Docid.slots(ofSecond: second), key: second) { return docid }
      second = Docid.neighbour(ofSecond: second)
    }
  }

  private mutating func nextFree(_ range: ClosedRange<Int64>, key: Int64?) throws -> Docid? {
    let used: Int64?
    if let known = last[key] { used = known } else { used = try highest(range) }
    let next = used.map { $0 + 1 } ?? range.lowerBound
    last[key] = min(next, range.upperBound)
    return next <= range.upperBound ? Docid(value: next) : nil
  }
}
