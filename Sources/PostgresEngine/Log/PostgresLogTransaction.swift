import Foundation
import SearchLog

/// A transaction of a log on a server, or one state of it.
struct PostgresLogTransaction: LogTransaction {
  let connection: PostgresConnection
  let isChanging: Bool

  // MARK: - Reading

  func chain() throws -> LogChain? {
    try connection.first(
      PostgresQuery(
        "SELECT anchor, anchor_digest, head, head_digest, key FROM log_chain WHERE id = 1"
          + (isChanging ? " FOR UPDATE" : ""))
    ) { row in
      LogChain(
        anchor: LogHead(number: Int(row.integer(orZero: 0)), digest: Data(row.bytes(1))),
        head: LogHead(number: Int(row.integer(orZero: 2)), digest: Data(row.bytes(3))),
        key: Data(row.bytes(4)))
    }
  }

  func visitEntries(_ selection: LogSelection, _ body: (StoredEntry) throws -> Bool) throws {
    var last = selection.after
    // A list needs few entries, a search or a verification all.
    var limit = Self.minimumPage
    while true {
      let page = try entries(selection, after: last, limit: limit)
      for entry in page where try !body(entry) { return }
      if page.count < limit { return }
      last = page.last?.number
      limit = Self.maximumPage
    }
  }

  private static let minimumPage = 50
  private static let maximumPage = 1_000

  private func entries(_ selection: LogSelection, after last: Int64?, limit: Int) throws -> [StoredEntry] {
    let (comparison, order) = selection.isNewestFirst ? ("<", "DESC") : (">", "ASC")
    return try connection.rows(
      PostgresQuery(
        """
        SELECT \(Self.columns) FROM log_entry \
        WHERE number \(comparison) $1::bigint AND ($2::bytea IS NULL OR key = $2) AND ($3::text IS NULL OR kind = $3) \
        AND ($4::bigint IS NULL OR time >= $4) AND ($5::bigint IS NULL OR time < $5) \
        ORDER BY number \(order) LIMIT $6
        """,
        [
          .integer(last ?? (selection.isNewestFirst ? .max : 0)),
          selection.key.map { .bytes(Array($0.utf8)) } ?? .null,
          selection.kind.map { .text($0) } ?? .null, selection.since.map { .integer($0) } ?? .null,
          selection.until.map { .integer($0) } ?? .null, .integer(Int64(limit)),
        ]), StoredEntry.init(row:))
  }

  func entries(numbered numbers: [Int64]) throws -> [StoredEntry] {
    let found = try connection.rows(
      PostgresQuery(
        "SELECT \(Self.columns) FROM log_entry WHERE number = ANY ($1::bigint[])", [.integers(numbers)]),
      StoredEntry.init(row:))
    let entries = Dictionary(found.map { ($0.number, $0) }) { first, _ in first }
    return numbers.compactMap { entries[$0] }
  }

  func candidates(of numbers: [Int64]) throws -> [Int64: [StoredEntry.Candidate]] {
    if numbers.isEmpty { return [:] }
    var found: [Int64: [StoredEntry.Candidate]] = [:]
    try connection.run([
      PostgresQuery(
        """
        SELECT entry, place, connector, id, hash FROM log_shown WHERE entry = ANY ($1::bigint[]) ORDER BY entry, place
        """, [.integers(numbers)])
    ]) { _, row in
      found[row.integer(orZero: 0), default: []].append(
        StoredEntry.Candidate(
          place: row.integer(orZero: 1), connector: Data(row.bytes(2)), id: row.data(3),
          hash: Data(row.bytes(4))))
    }
    return found
  }

  func candidateCount() throws -> Int {
    Int(try connection.first(PostgresQuery("SELECT count(*) FROM log_shown")) { $0.integer(orZero: 0) } ?? 0)
  }

  func shown(withHashes hashes: [Data]) throws -> [(entry: Int64, connector: Data)] {
    try connection.rows(
      PostgresQuery(
        "SELECT DISTINCT entry, connector FROM log_shown WHERE hash = ANY ($1::bytea[]) ORDER BY entry DESC",
        [.byteStrings(hashes.map { Array($0) })])
    ) { ($0.integer(orZero: 0), Data($0.bytes(1))) }
  }

  func visitShownIDs(after number: Int64, _ body: (StoredEntry.ShownID) -> Void) throws {
    var last = StoredEntry.Place(entry: number, place: .max)
    while true {
      var count = 0
      try connection.run([
        PostgresQuery(
          """
          SELECT entry, place, connector, id FROM log_shown WHERE (entry, place) > ($1::bigint, $2::bigint) AND id IS NOT NULL \
          ORDER BY entry, place LIMIT \(Self.maximumIDs)
          """, [.integer(last.entry), .integer(last.place)])
      ]) { _, row in
        last = StoredEntry.Place(entry: row.integer(orZero: 0), place: row.integer(orZero: 1))
        count += 1
        body(StoredEntry.ShownID(place: last, connector: Data(row.bytes(2)), id: Data(row.bytes(3))))
      }
      if count < Self.maximumIDs { return }
    }
  }

  private static let maximumIDs = 10_000

  private static let textColumns = StoredEntry.TextColumn.allCases.flatMap {
    ["\($0)", "\($0)_salt", "\($0)_digest"]
  }
  /// The columns that `StoredEntry.init(row:)` reads, and that `append` writes.
  private static let columns =
    (["number", "time", "kind", "key", "scope", "count", "generation", "program", "request", "digest"]
    + textColumns)
    .joined(separator: ", ")

  // MARK: - Changing

  func store(_ chain: LogChain) throws {
    try connection.execute(
      "UPDATE log_chain SET anchor = $1, anchor_digest = $2, head = $3, head_digest = $4",
      [
        .integer(Int64(chain.anchor.number)), .bytes(Array(chain.anchor.digest)),
        .integer(Int64(chain.head.number)), .bytes(Array(chain.head.digest)),
      ])
  }

  func append(_ entries: [ChainedEntry]) throws {
    try connection.copy("COPY log_entry (\(Self.columns)) FROM STDIN (FORMAT binary)") { rows in
      for chained in entries {
        let entry = chained.entry
        try rows.add(columns: Int16(10 + 3 * entry.texts.count)) { row in
          row.integer(entry.number)
          row.integer(entry.time)
          row.bytes(entry.kind)
          row.bytes(entry.key)
          row.bytes(entry.scope)
          row.integer(entry.count)
          row.integer(entry.generation)
          row.bytes(entry.program)
          row.bytes(entry.request)
          row.bytes(chained.digest)
          for text in entry.texts {
            for bytes in [text.text, text.salt, text.digest] { row.bytes(orNull: bytes) }
          }
        }
      }
    }
    guard entries.contains(where: { !$0.candidates.isEmpty }) else { return }
    try connection.copy("COPY log_shown (entry, place, connector, id, hash) FROM STDIN (FORMAT binary)") {
      rows in
      for chained in entries {
        for candidate in chained.candidates {
          try rows.add(columns: 5) { row in
            row.integer(chained.entry.number)
            row.integer(candidate.place)
            row.bytes(candidate.connector)
            row.bytes(orNull: candidate.id)
            row.bytes(candidate.hash)
          }
        }
      }
    }
  }

  func eraseIDs(_ ids: [StoredEntry.Place]) throws -> Int {
    try connection.execute(
      """
      UPDATE log_shown s SET id = NULL FROM unnest($1::bigint[], $2::bigint[]) AS erased (entry, place) \
      WHERE s.entry = erased.entry AND s.place = erased.place AND s.id IS NOT NULL
      """, [.integers(ids.map(\.entry)), .integers(ids.map(\.place))])
    return connection.changedRows
  }

  func eraseTexts(_ column: StoredEntry.TextColumn, of entries: [Int64]) throws -> Int {
    let column = column.rawValue
    try connection.execute(
      """
      UPDATE log_entry SET \(column) = NULL, \(column)_salt = NULL \
      WHERE number = ANY ($1::bigint[]) AND \(column) IS NOT NULL
      """, [.integers(entries)])
    return connection.changedRows
  }

  func beginErasure() throws {
    try connection.execute(
      "INSERT INTO setting (name, number) VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET number = 1",
      [.text(PostgresErasure.Part.log.setting)])
  }

  func removeEntries(through last: Int64) throws {
    try connection.execute("DELETE FROM log_shown WHERE entry <= $1", [.integer(last)])
    try connection.execute("DELETE FROM log_entry WHERE number <= $1", [.integer(last)])
  }
}

extension StoredEntry {
  fileprivate init(row: PostgresRow) {
    self.init(number: row.integer(orZero: 0))
    time = row.integer(1)
    kind = Data(row.bytes(2))
    key = Data(row.bytes(3))
    scope = Data(row.bytes(4))
    count = row.integer(5)
    generation = row.integer(6)
    program = Data(row.bytes(7))
    request = Data(row.bytes(8))
    digest = row.data(9)
    texts = TextColumn.allCases.indices.map { i in
      let start = Int32(10 + 3 * i)
      return Text(text: row.data(start), salt: row.data(start + 1), digest: row.data(start + 2))
    }
  }
}

extension PostgresRow {
  /// The bytes of a column; nil for null.
  fileprivate func data(_ column: Int32) -> Data? { isNull(column) ? nil : Data(bytes(column)) }
}

extension BinaryWriter {
  fileprivate mutating func bytes(orNull bytes: Data?) {
    if let bytes { self.bytes(bytes) } else { null() }
  }
}
