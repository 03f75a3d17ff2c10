import CandidateModel
import CandidateSearch

/// Changes of candidates that are not written yet, and the docids as they are with them.
struct PendingChanges {
  struct Row {
    let number: Int64
    var docid: Docid
    let record: PreparedRecord
    let connector: Int64
  }

  struct Touch {
    let number: Int64
    let modifiedAt: Int64?
    let json: [UInt8]?
  }

  typealias Identified = (entry: DocidEntry, id: String, connector: String)

  /// The candidate with the lowest docid from a slot on, in the same second, as the tables have it.
  struct Found {
    let slot: Int64
    let entry: Identified?
  }

  /// The rows that replace others, or are new.
  private var rows: [Row] = []
  private var positions: [Int64: Int] = [:]
  /// The rows that are replaced.
  private var replaced: [(number: Int64, docid: Int64)] = []
  /// Whether rows of the tables move.
  var hasMoves: Bool { !moves.isEmpty }
  /// The moves of rows of the tables: their docid there, and the new one.
  private var moves: [Int64: (from: Int64, to: Int64)] = [:]
  var touches: [Touch] = []
  var renewals: [(number: Int64, values: DerivedValues)] = []

  /// The docids that were taken since, and those of the tables that were left.
  private var taken = TakenDocids()
  private var left: Set<Int64> = []
  private var found: [Int64: DocidEntry?] = [:]
  /// The ids and connectors of candidates, by number.
  private(set) var identities: [Int64: (id: String, connector: String)] = [:]

  var isEmpty: Bool {
    rows.isEmpty && replaced.isEmpty && moves.isEmpty && touches.isEmpty && renewals.isEmpty && found.isEmpty
      && taken.isEmpty
  }

  // MARK: - Changes

  mutating func insert(_ row: Row, name: String) {
    identities[row.number] = (row.record.received.id, name)
    positions[row.number] = rows.count
    rows.append(row)
    taken.insert(DocidEntry(number: row.number, docid: row.docid))
  }

  /// The docid of a candidate, if it is not that of the tables.
  func docid(ofNumber number: Int64) -> Int64? {
    positions[number].map { rows[$0].docid.value } ?? moves[number]?.to
  }

  mutating func replace(former: Int64?, by row: Row, name: String) {
    if let former {
      if let move = moves.removeValue(forKey: row.number) {
        replaced.append((row.number, move.from))
        taken.remove(DocidEntry(number: row.number, docid: Docid(value: former)))
      } else {
        replaced.append((row.number, former))
        left.insert(former)
      }
    }
    insert(row, name: name)
  }

  mutating func move(_ entry: DocidEntry, to docid: Docid) {
    if let position = positions[entry.number] {
      rows[position].docid = docid
      taken.remove(entry)
    } else if let move = moves[entry.number] {
      moves[entry.number] = (move.from, docid.value)
      taken.remove(entry)
    } else {
      moves[entry.number] = (entry.docid.value, docid.value)
      left.insert(entry.docid.value)
    }
    taken.insert(DocidEntry(number: entry.number, docid: docid))
  }

  // MARK: - Docids

  mutating func note(_ entries: [Found]) {
    for found in entries {
      self.found[found.slot] = .some(found.entry?.entry)
      if let (entry, id, connector) = found.entry { identities[entry.number] = (id, connector) }
    }
  }

  /// The candidate with the lowest docid in a range. `read` reads it from the tables.
  mutating func first(
    in range: ClosedRange<Int64>, _ read: (ClosedRange<Int64>) throws -> Identified?
  ) throws -> DocidEntry? {
    let own = taken.first(in: range)
    var stored: DocidEntry?
    var start = range.lowerBound
    while start <= range.upperBound {
      if let known = found[start] {
        stored = known
      } else if let (entry, id, connector) = try read(start...range.upperBound) {
        identities[entry.number] = (id, connector)
        stored = entry
      } else {
        stored = nil
      }
      guard let next = stored, left.contains(next.docid.value) else { break }
      stored = nil
      start = next.docid.value + 1
    }
    if let found = stored, found.docid.value > range.upperBound { stored = nil }
    guard let own else { return stored }
    guard let stored else { return own }
    return own.docid < stored.docid ? own : stored
  }

  // MARK: - Writing

  func write(_ connection: PostgresConnection) throws {
    if !replaced.isEmpty { try removeReplaced(connection) }
    if !moves.isEmpty { try writeMoves(connection) }
    try copyRows(connection)
    try writeTouches(connection)
    try writeRenewals(connection)
  }

  private func copyRows(_ connection: PostgresConnection) throws {
    if rows.isEmpty { return }
    let columns = "docid, number, connector, id, created_at, updated_at, modified_at, content, sort_name"
    try connection.copy("COPY candidate (\(columns)) FROM STDIN BINARY") { copied in
      for row in rows {
        try copied.add(columns: 9) { writer in
          let (record, times) = (row.record, row.record.times)
          writer.integer(row.docid.value)
          writer.integer(row.number)
          writer.int32(Int32(truncatingIfNeeded: row.connector))
          writer.text(record.received.id)
          writer.integer(times.created?.microseconds)
          writer.integer(times.updated?.microseconds)
          writer.integer(record.received.modifiedAt?.microseconds)
          record.received.contentHash.withBytes { writer.bytes($0) }
          if let name = record.sortName { writer.text(name) } else { writer.null() }
        }
      }
    }
    try connection.copy("COPY record (docid, json) FROM STDIN BINARY") { copied in
      for row in rows {
        try copied.add(columns: 2) { writer in
          writer.integer(row.docid.value)
          row.record.received.json.withUnsafeBytes { writer.bytes($0) }
        }
      }
    }
  }

  /// Removes the rows that are replaced. The row of `candidate` comes first in every change, so that its lock is that of all
  /// rows with its docid.
  private func removeReplaced(_ connection: PostgresConnection) throws {
    let docids = PostgresValue.integers(replaced.map(\.docid))
    try connection.execute(
      """
      DELETE FROM candidate c USING unnest($1::bigint[], $2::bigint[]) r(docid, number) \
      WHERE c.docid = r.docid AND c.number = r.number
      """, [docids, .integers(replaced.map(\.number))])
    try expectChanged(replaced.count, connection)
    try connection.execute("DELETE FROM record WHERE docid = ANY($1::bigint[])", [docids])
  }

  private func writeMoves(_ connection: PostgresConnection) throws {
    let all = moves.sorted { $0.value.from > $1.value.from }
    let from = PostgresValue.integers(all.map(\.value.from))
    let to = PostgresValue.integers(all.map(\.value.to))
    // Unique again at the end of each statement.
    try connection.execute(
      """
      UPDATE candidate c SET docid = m.new FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) m(old, new, number) \
      WHERE c.docid = m.old AND c.number = m.number
      """, [from, to, .integers(all.map(\.key))])
    try expectChanged(all.count, connection)
    try connection.execute(
      """
      UPDATE record r SET docid = m.new FROM unnest($1::bigint[], $2::bigint[]) m(old, new) WHERE r.docid = m.old
      """, [from, to])
  }

  /// Verifies that candidates had the docids that were read: a writer of another connector may have moved them since, to make
  /// room, and may have assigned these docids to its own; or this transaction makes room among candidates of another one.
  private func expectChanged(_ count: Int, _ connection: PostgresConnection) throws {
    guard connection.changedRows == count else {
      throw PostgresError(kind: .conflict, message: "another transaction has moved a candidate")
    }
  }

  private func writeTouches(_ connection: PostgresConnection) throws {
    for start in stride(from: 0, to: touches.count, by: 10_000) {
      let part = touches[start..<min(start + 10_000, touches.count)]
      try connection.execute(
        """
        UPDATE candidate c SET modified_at = nullif(m.modified, $4::bigint), modified_json = nullif(m.json, ''::bytea) \
        FROM unnest($1::bigint[], $2::bigint[], $3::bytea[]) m(number, modified, json) WHERE c.number = m.number
        """,
        [
          .integers(part.map(\.number)), .integers(part.map { $0.modifiedAt ?? .min }),
          .byteStrings(part.map { $0.json ?? [] }), .integer(.min),
        ])
    }
  }

  private func writeRenewals(_ connection: PostgresConnection) throws {
    if renewals.isEmpty { return }
    let values = renewals.map(\.values)
    try connection.execute(
      """
      UPDATE candidate c SET content = nullif(m.content, ''::bytea), created_at = nullif(m.created, $6::bigint), \
      updated_at = nullif(m.updated, $6::bigint), sort_name = nullif(m.name, ''::bytea) \
      FROM unnest($1::bigint[], $2::bytea[], $3::bigint[], $4::bigint[], $5::bytea[]) m(number, content, created, updated, name) \
      WHERE c.number = m.number
      """,
      [
        .integers(renewals.map(\.number)),
        .byteStrings(values.map { $0.contentHash.map { Array($0.data) } ?? [] }),
        .integers(values.map { $0.created ?? .min }), .integers(values.map { $0.updated ?? .min }),
        .byteStrings(values.map { Array(($0.sortName ?? "").utf8) }), .integer(.min),
      ])
  }
}
