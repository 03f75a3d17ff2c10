import Foundation

extension SearchLog {
  /// The number of entries that one transaction removes, so that others need not wait long to append.
  private static let maximumRemoved = 2_000

  /// Removes the entries that are older than a period, from the oldest one on. Returns their number. The digest of the
  /// last one stays as the anchor of the chain. Ends at the first entry that is not older, so that an entry with a wrong
  /// time removes no others; a wrong time in the future keeps those after it until then.
  ///
  /// The cost grows with the number of removed entries. In a file their bytes are overwritten; it does not become smaller,
  /// but later entries use the space. A server does so when it vacuums the tables; `forget` erases the bytes.
  /// - Throws: `SearchLogError`.
  @discardableResult
  public func removeEntries(olderThan period: Period, now: Timestamp = SearchLog.present()) throws -> Int {
    let start = period.startOfDay(before: now).microseconds
    var removed = 0
    while true {
      let count = try removeOldest(before: start)
      removed += count
      if count == 0 { return removed }
    }
  }

  /// Removes the oldest entries before a moment, at most `maximumRemoved`.
  private func removeOldest(before start: Int64) throws -> Int {
    guard let last = try read({ try Self.lastRemoved(before: start, $0) }) else { return 0 }
    return try change { transaction, chain in
      let anchor = chain.anchor.number
      guard last > Int64(anchor), let digest = try transaction.entries(numbered: [last]).first?.digest
      else { return 0 }
      chain.anchor = LogHead(number: Int(last), digest: digest)
      // The triggers admit the removal of entries up to the anchor.
      try transaction.store(chain)
      try transaction.removeEntries(through: last)
      return Int(last) &- anchor
    }
  }

  /// The number of the last of the oldest entries that are to be removed next; nil if there is none.
  private static func lastRemoved(before start: Int64, _ snapshot: any LogSnapshot) throws -> Int64? {
    var last: Int64?
    var count = 0
    try snapshot.visitEntries(LogSelection()) { entry in
      guard let time = entry.time, time < start else { return false }
      last = entry.number
      count += 1
      return count < maximumRemoved
    }
    return last
  }
}
