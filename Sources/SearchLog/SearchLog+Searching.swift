import Foundation
import GRDB
import TextAnalysis

/// Which entries of a log are wanted. Each condition that is set must hold.
public struct SearchLogQuery: Sendable, Hashable {
  /// Words that the query or the canonical query contains, all of them, in any order, case and accents.
  public var text: String?
  /// The name of the key.
  public var key: String?
  /// The purpose, in any case of its letters.
  public var purpose: String?
  /// The kind.
  public var kind: SearchLogEntry.Kind?
  /// The first moment.
  public var since: Timestamp?
  /// The moment after the last.
  public var until: Timestamp?
  /// The maximum number of entries, from 0.
  public var limit: Int

  /// All entries, the newest first.
  public init(limit: Int = 20) { self.limit = limit }
}

extension SearchLog {
  /// The entries that a query describes, the newest first. Reads the log from its end until the limit is reached: some
  /// microseconds for each entry that was appended since.
  /// - Throws: `SearchLogError`.
  public func entries(_ query: SearchLogQuery = .init()) throws -> [LoggedEntry] {
    var conditions = ["TRUE"]
    var arguments: [(any DatabaseValueConvertible)?] = []
    func require(_ condition: String, _ value: (any DatabaseValueConvertible)?) {
      guard let value else { return }
      conditions.append(condition)
      arguments.append(value)
    }
    require("CAST(key AS BLOB) = ?", query.key.map { Data($0.utf8) })
    require("CAST(kind AS BLOB) = ?", query.kind.map { Data($0.rawValue.utf8) })
    require("time >= ?", query.since?.microseconds)
    require("time < ?", query.until?.microseconds)
    let words = query.text.map { Analyzer.words(of: $0) } ?? []
    let purpose = query.purpose?.lowercased()
    return try read { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT \(StoredEntry.columns) FROM entry WHERE \(conditions.joined(separator: " AND ")) ORDER BY number DESC
          """, arguments: StatementArguments(arguments))
      var entries: [LoggedEntry] = []
      while entries.count < query.limit, let row = try rows.next() {
        let entry = StoredEntry(row: row)
        guard Self.matches(entry, words, purpose) else { continue }
        entries.append(entry.logged(try StoredEntry.candidates(of: entry.number, db)))
      }
      return entries
    }
  }

  private static func matches(_ entry: StoredEntry, _ words: [Word], _ purpose: String?) -> Bool {
    func text(_ i: Int) -> String? { entry.texts[i].text.map { String(decoding: $0, as: UTF8.self) } }
    if let purpose, text(2)?.lowercased() != purpose { return false }
    if words.isEmpty { return true }
    return [text(0), text(1)].contains { text in
      guard let text else { return false }
      let logged = LoggedWords(text)
      return words.allSatisfy(logged.contains)
    }
  }

  /// The entries that showed a candidate, the newest first, at most `limit`: by its id as it was shown, or by that id in
  /// lower case. Also after the candidate was forgotten, by the keyed hash of the id. With nil, of any connector. Reads
  /// all ids of the log, about a microsecond for each entry: an index of random hashes would make appending three times
  /// as slow.
  /// - Throws: `SearchLogError`.
  public func entries(
    thatShowed id: String, connector: String? = nil, limit: Int = .max
  ) throws -> [LoggedEntry] {
    try read { db in
      guard let chain = try LogChain(db) else { throw SearchLogError.damaged(path: path) }
      let hashes = [id, id.lowercased()].map { LogDigest.keyed(Data($0.utf8), key: chain.key) }
      let numbers = try Row.fetchCursor(
        db,
        sql: """
          SELECT DISTINCT entry, CAST(connector AS BLOB) FROM shown WHERE hash IN (?, ?) ORDER BY entry DESC
          """, arguments: [hashes[0], hashes[1]])
      var found: [LoggedEntry] = []
      while found.count < limit, let row = try numbers.next() {
        guard let number = row.number(0) else { continue }
        if let connector, row.bytes(1) != Data(connector.utf8) { continue }
        if found.last?.number == Int(number) { continue }
        guard
          let entry = try Row.fetchOne(
            db, sql: "SELECT \(StoredEntry.columns) FROM entry WHERE number = ?", arguments: [number])
        else { continue }
        found.append(StoredEntry(row: entry).logged(try StoredEntry.candidates(of: number, db)))
      }
      return found
    }
  }
}
