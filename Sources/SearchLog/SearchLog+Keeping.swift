import Foundation
import GRDB

extension SearchLog {
  /// The number of entries that one transaction removes, so that others need not wait long to append.
  private static let maximumRemoved: Int64 = 2_000

  /// Removes the entries that are older than a period, from the oldest one on. Returns their number. The digest of the
  /// last one stays as the anchor of the chain. Ends at the first entry that is not older, so that an entry with a wrong
  /// time removes no others; a wrong time in the future keeps those after it until then.
  ///
  /// The cost grows with the number of removed entries. Their bytes are overwritten; the file does not become smaller,
  /// but later entries use the space.
  /// - Throws: `SearchLogError`.
  @discardableResult
  public func keep(_ period: Period, now: Timestamp = SearchLog.present()) throws -> Int {
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
    return try change { db, chain in
      let anchor = chain.anchor.number
      guard last > Int64(anchor),
        let digest = try Data.fetchOne(
          db, sql: "SELECT digest FROM entry WHERE number = ?", arguments: [last])
      else { return 0 }
      chain.anchor = LogHead(number: Int(last), digest: digest)
      // The triggers admit the removal of entries up to the anchor.
      try chain.store(db)
      try db.execute(sql: "DELETE FROM shown WHERE entry <= ?", arguments: [last])
      try db.execute(sql: "DELETE FROM entry WHERE number <= ?", arguments: [last])
      return Int(last) &- anchor
    }
  }

  /// The number of the last of the oldest entries that are to be removed next; nil if there is none.
  private static func lastRemoved(before start: Int64, _ db: Database) throws -> Int64? {
    let rows = try Row.fetchCursor(
      db, sql: "SELECT number, time FROM entry ORDER BY number LIMIT ?", arguments: [maximumRemoved])
    var last: Int64?
    while let row = try rows.next(), let time = row.number(1), time < start { last = row.number(0) }
    return last
  }
}
