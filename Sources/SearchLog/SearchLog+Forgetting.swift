import Foundation
import GRDB

/// A candidate to be forgotten.
public struct ForgottenCandidate: Sendable, Hashable {
  /// The name of the connector; nil for all.
  public var connector: String?
  /// The record's id, in any case.
  public var id: String

  /// A candidate of a connector, or with nil of any.
  public init(connector: String? = nil, id: String) {
    self.connector = connector
    self.id = id
  }
}

/// The result of forgetting candidates.
public struct LogErasure: Sendable, Hashable {
  /// The number of ids that were erased; their keyed hashes remain.
  public internal(set) var ids = 0
  /// The number of texts that were erased: queries, canonical queries and purposes.
  public internal(set) var texts = 0
}

extension SearchLog {
  /// Removes candidates from the log: erases their ids, and the queries and purposes that name them by an id or by one of
  /// `texts`: names, e-mail addresses, phone numbers, web addresses. A text names them if it contains all words of one
  /// of these texts, in any order, case and accents; so give no common word alone. Of a query that names them, both the
  /// typed and the canonical form are erased. No byte of what was erased stays in the file or its WAL. The chain stays
  /// valid.
  ///
  /// An id is replaced by its keyed hash, with which `entries(thatShowed:)` still finds the entries for whoever knows the
  /// id. The key is the log's own: it must last as long as the log, which may outlive the index, or serve several. So who
  /// has both the file and a guess can test the guess, as in the index.
  ///
  /// Reads the whole log, and writes the whole file once. The entries that were appended before are included.
  /// - Throws: `SearchLogError`; then the same call must be made again.
  @discardableResult
  public func forget(_ candidates: [ForgottenCandidate], texts: [String] = []) throws -> LogErasure {
    try flush()
    let rule = ForgettingRule(candidates, texts)
    // The long search runs without a transaction that writes, and is completed within it.
    var found = FoundErasures()
    try read { try found.search($0, rule) }
    let erasure = try change { db, _ in
      try found.search(db, rule)
      try db.execute(sql: "UPDATE chain SET erasure_pending = 1")
      return try found.erase(db)
    }
    try finishErasure(ifPending: false)
    return erasure
  }

  /// Removes what is left of erased texts in free bytes of the file and in the WAL. With `ifPending`, only what an
  /// interrupted `forget` has left.
  /// - Throws: `SearchLogError`.
  func finishErasure(ifPending: Bool) throws {
    if ifPending, try read({ try LogChain($0) })?.isErasurePending != true { return }
    try file.explained {
      let pool = try writer()
      try pool.writeWithoutTransaction { db in
        // The copy that VACUUM makes contains no erased text.
        try db.execute(sql: "PRAGMA temp_store = FILE; VACUUM; PRAGMA temp_store = MEMORY")
        try emptyWAL(db)
        try db.execute(sql: "UPDATE chain SET erasure_pending = 0")
        try emptyWAL(db)
      }
    }
  }

  private func emptyWAL(_ db: Database) throws {
    let isBlocked = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)").flatMap { $0.number(0) } ?? 0
    if isBlocked == 1 { throw SearchLogError.erasureBlocked(path: path) }
  }
}

/// Which ids and texts are erased.
private struct ForgettingRule {
  /// The connectors by id in lower case; a nil connector is any.
  private let connectors: [String: Set<String?>]
  private let names: PersonTexts

  init(_ candidates: [ForgottenCandidate], _ texts: [String]) {
    connectors = candidates.reduce(into: [:]) { $0[$1.id.lowercased(), default: []].insert($1.connector) }
    names = PersonTexts(candidates.map(\.id) + texts)
  }

  func contains(id: Data, connector: Data) -> Bool {
    guard let connectors = connectors[String(decoding: id, as: UTF8.self).lowercased()] else { return false }
    return connectors.contains(nil) || connectors.contains(String(decoding: connector, as: UTF8.self))
  }

  func isNamed(in text: Data?) -> Bool {
    text.map { names.areNamed(in: String(decoding: $0, as: UTF8.self)) } ?? false
  }
}

/// What is to be erased in the entries that have been read so far.
private struct FoundErasures {
  private var lastEntry: Int64 = 0
  private var ids: [(entry: Int64, place: Int64)] = []
  /// Numbers of entries by column.
  private var texts: [(column: String, entry: Int64)] = []

  /// Reads the entries that have come since the last call.
  mutating func search(_ db: Database, _ rule: ForgettingRule) throws {
    let start = lastEntry
    let shown = try Row.fetchCursor(
      db,
      sql: """
        SELECT entry, place, CAST(connector AS BLOB), CAST(id AS BLOB) FROM shown WHERE entry > ? AND id IS NOT NULL
        """, arguments: [start])
    while let row = try shown.next() {
      guard let entry = row.number(0), let place = row.number(1), let connector = row.bytes(2),
        let id = row.bytes(3)
      else { continue }
      if rule.contains(id: id, connector: connector) { ids.append((entry, place)) }
    }
    let columns = StoredEntry.textColumns.map { "CAST(\($0) AS BLOB)" }.joined(separator: ", ")
    let entries = try Row.fetchCursor(
      db, sql: "SELECT number, \(columns) FROM entry WHERE number > ? ORDER BY number", arguments: [start])
    while let row = try entries.next() {
      guard let number = row.number(0) else { continue }
      let texts = [row.bytes(1), row.bytes(2), row.bytes(3)]
      let isNamed = texts.map(rule.isNamed)
      for (column, text) in zip(StoredEntry.textColumns, texts) where text != nil {
        let isErased = column == "purpose" ? isNamed[2] : isNamed[0] || isNamed[1]
        if isErased { self.texts.append((column, number)) }
      }
      lastEntry = number
    }
  }

  func erase(_ db: Database) throws -> LogErasure {
    var erasure = LogErasure()
    let shown = try db.cachedStatement(
      sql: "UPDATE shown SET id = NULL WHERE entry = ? AND place = ? AND id IS NOT NULL")
    for id in ids {
      try shown.execute(arguments: [id.entry, id.place])
      erasure.ids += db.changesCount
    }
    for text in texts {
      let column = text.column
      try db.cachedStatement(
        sql:
          "UPDATE entry SET \(column) = NULL, \(column)_salt = NULL WHERE number = ? AND \(column) IS NOT NULL"
      ).execute(arguments: [text.entry])
      erasure.texts += db.changesCount
    }
    return erasure
  }
}
