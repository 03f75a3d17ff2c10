import CandidateModel

/// A candidate's place in the index. Ascending docids are descending recency, to the second, so that FTS5 meets
/// the most recent candidates first and can stop after the first k.
///
/// ```
/// docid = (epoch − second) · 2^12 + n        for a candidate with a time
/// docid = beyond every such docid + n        for one without
/// ```
/// `n` tells candidates of the same second apart. 2^12 of them have room; more (date-only times put thousands on one
/// second) spill to the next second towards noon, so that a range of days stays exact. The epoch is 2040, not the end
/// of time, and there is no more room than that, since small docids are short in FTS5; later times simply give
/// negative ones.
struct Docid: Hashable, Comparable, Sendable {
  let value: Int64

  static func < (a: Docid, b: Docid) -> Bool { a.value < b.value }

  /// 2040-01-01T00:00:00Z, in seconds since 1970.
  private static let epoch: Int64 = 2_208_988_800
  private static let bits: Int64 = 12
  /// How many candidates one second holds.
  static let slotsPerSecond: Int64 = 1 << bits

  /// The docids of the candidates without any time.
  static let timeless: ClosedRange<Int64> = (1 << 60)...(.max)

  /// The docids of one second.
  static func slots(ofSecond second: Int64) -> ClosedRange<Int64> {
    let first = (epoch - second) << bits
    return first...(first + slotsPerSecond - 1)
  }

  /// The docids of all candidates from a second, inclusive, until another, exclusive; nil leaves the end open. There
  /// must be a second between them.
  static func range(from: Int64?, until: Int64?) -> ClosedRange<Int64> {
    let first = until.map { slots(ofSecond: $0).upperBound + 1 } ?? .min
    let last = from.map { slots(ofSecond: $0).upperBound } ?? timeless.lowerBound - 1
    return first...last
  }

  /// Where to look for a place when a second is full: towards noon of its day.
  static func neighbour(ofSecond second: Int64) -> Int64 {
    let secondOfDay = ((second % 86_400) + 86_400) % 86_400
    return secondOfDay < 43_200 ? second + 1 : second - 1
  }

  /// The second that the docid stands for; nil for a candidate without a time.
  var second: Int64? {
    Self.timeless.contains(value) ? nil : Self.epoch - (value >> Self.bits)
  }
}
