import CandidateModel

/// A candidate's number in the postings. Ascending docids are descending recency, to the second, so that FTS5 finds the
/// most recent candidates first and can stop after the first k.
///
/// ```
/// docid = (epoch − second) · 2^24 + slot     for a candidate with a time
/// docid = 2^60 + slot                        for one without
/// ```
/// Candidates of one second are ordered by a hash of connector and id (`DocidKey`): the order of two candidates depends
/// on these two alone and is the same in every index. The hash determines the slot. If the slot is taken, candidates
/// move without changing their order (`DocidAllocator`).
///
/// A second has 2^24 slots. FTS5 stores differences of docids as varints of 7 bits a byte, so that a posting is one to
/// two bytes longer than with 2^12 slots.
package struct Docid: Hashable, Comparable, Sendable {
  package let value: Int64

  package init(value: Int64) { self.value = value }

  package static func < (a: Docid, b: Docid) -> Bool { a.value < b.value }

  /// The epoch, 2040-01-01T00:00:00Z, in seconds since 1970. Later times have negative docids.
  private static let epoch: Int64 = 2_208_988_800
  private static let slotBits: Int64 = 24
  /// The years 1 to 9999, in seconds since 1970. Other times are clamped to this range.
  private static let seconds: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  /// The last second of a candidate.
  package static var lastSecond: Int64 { seconds.upperBound }

  /// The docids of the candidates without any time.
  package static let timeless: ClosedRange<Int64> = (1 << 60)...(1 << 60 + 1 << 36 - 1)

  /// The docids of one second; of the candidates without a time, if it is nil.
  package static func slots(ofSecond second: Int64?) -> ClosedRange<Int64> {
    guard let second else { return timeless }
    let first = (epoch - indexed(second)) << slotBits
    return first...(first + 1 << slotBits - 1)
  }

  /// The docids of all candidates from a second, inclusive, until another, exclusive; nil leaves an end open. The range
  /// must not be empty.
  package static func range(from: Int64?, until: Int64?) -> ClosedRange<Int64> {
    let first = until.flatMap { $0 > lastSecond ? nil : slots(ofSecond: $0).upperBound + 1 } ?? .min
    let last = from.map { slots(ofSecond: $0).upperBound } ?? timeless.lowerBound - 1
    return min(first, last)...last
  }

  /// The second that represents a time in docids.
  package static func indexed(_ second: Int64) -> Int64 {
    min(max(second, seconds.lowerBound), seconds.upperBound)
  }

  /// The second of the docid; nil for a candidate without a time.
  package var second: Int64? {
    value >= Self.timeless.lowerBound ? nil : Self.epoch - (value >> Self.slotBits)
  }
}

/// The key by which candidates are ordered: their time, to the second, the most recent first and those without one
/// last; then a hash of connector and id.
package struct DocidKey: Hashable, Comparable, Sendable {
  /// Seconds since 1970; nil without a time.
  package let second: Int64?
  private let hash: Hash128

  package init(second: Int64?, connector: String, id: String) {
    self.second = second.map(Docid.indexed)
    var (connector, id) = (connector, id)
    hash = connector.withUTF8 { connector in
      id.withUTF8 { id in
        withUnsafeTemporaryAllocation(byteCount: connector.count + 1 + id.count, alignment: 1) { identity in
          identity.copyBytes(from: connector)
          // No connector's name contains NUL (`ConnectorNameError`), so that different pairs are different texts.
          identity[connector.count] = 0
          UnsafeMutableRawBufferPointer(rebasing: identity[(connector.count + 1)...]).copyBytes(from: id)
          return Hash128(UnsafeRawBufferPointer(identity))
        }
      }
    }
  }

  package static func < (a: DocidKey, b: DocidKey) -> Bool {
    guard a.second == b.second else { return a.second ?? .min > b.second ?? .min }
    return a.hash < b.hash
  }

  /// The slot that the hash determines, among those of the candidate's second. It ascends with the hash.
  package func slot(in slots: ClosedRange<Int64>) -> Int64 {
    // The last slots are reserved for candidates that are moved.
    let width = UInt64(slots.upperBound - slots.lowerBound)
    let usual = width - width / Self.reservedShare
    return slots.lowerBound + Int64(usual.multipliedFullWidth(by: hash.prefix).high)
  }

  /// One of this many slots is reserved.
  private static let reservedShare: UInt64 = 256
}
