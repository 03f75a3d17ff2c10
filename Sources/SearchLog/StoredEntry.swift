import Foundation
import GRDB

/// A row of the log, with the bytes that are stored. Texts are not read as `String`: SQLite's texts may contain NUL, at
/// which GRDB would end them, and those of a forger need not be UTF-8.
struct StoredEntry {
  /// A text that can be erased; all three are nil where there is none.
  struct Text {
    var text: Data?
    var salt: Data?
    var digest: Data?

    init(text: Data?, salt: Data?, digest: Data?) {
      self.text = text
      self.salt = salt
      self.digest = digest
    }

    /// A text with a salt of its own.
    init(_ text: String?) {
      guard let text else {
        self.init(text: nil, salt: nil, digest: nil)
        return
      }
      let (bytes, salt) = (Data(text.utf8), LogDigest.random(LogDigest.saltLength))
      self.init(text: bytes, salt: salt, digest: LogDigest.salted(bytes, salt: salt))
    }

    /// Whether the text is the one that the digest is of, or has been erased with its salt.
    var isSound: Bool {
      switch (text, salt, digest) {
      case (nil, nil, _): true
      case (let text?, let salt?, let digest?): LogDigest.salted(text, salt: salt) == digest
      default: false
      }
    }

    var isErased: Bool { text == nil && digest != nil }
  }

  /// A candidate that was shown. The keyed hash of the id takes the place of a salted digest: it remains when the id is
  /// erased, and a second digest would protect nothing.
  struct Candidate {
    /// The position in the answer, from 0.
    let place: Int64
    let connector: Data
    var id: Data?
    let hash: Data
  }

  var number: Int64
  let time: Int64
  let kind: Data
  let key: Data
  let scope: Data
  let count: Int64?
  let generation: Int64?
  let program: Data
  let request: Data
  let texts: [Text]
  let digest: Data?

  /// The columns of the texts that can be erased, in the order of `texts`.
  static let textColumns = ["query", "canonical", "purpose"]

  /// The row of an entry; it has no digest before it is chained.
  init(_ entry: SearchLogEntry) {
    number = 0
    time = entry.time.microseconds
    kind = Data(entry.kind.rawValue.utf8)
    key = Data(entry.key.utf8)
    scope = Data(entry.scope.utf8)
    count = entry.count.map(Int64.init)
    generation = entry.generation.map(Int64.init)
    program = Data(entry.program.utf8)
    request = Data(entry.request.utf8)
    texts = [entry.query, entry.canonicalQuery, entry.purpose].map { Text($0) }
    digest = nil
  }

  /// The columns that `init(row:)` reads.
  static let columns =
    "number, time, CAST(kind AS BLOB), CAST(key AS BLOB), CAST(scope AS BLOB), count, generation, "
    + "CAST(program AS BLOB), CAST(request AS BLOB), digest, "
    + textColumns.map { "CAST(\($0) AS BLOB), \($0)_salt, \($0)_digest" }.joined(separator: ", ")

  init(row: Row) {
    number = row.number(0) ?? 0
    time = row.number(1) ?? 0
    kind = row.bytes(2) ?? Data()
    key = row.bytes(3) ?? Data()
    scope = row.bytes(4) ?? Data()
    count = row.number(5)
    generation = row.number(6)
    program = row.bytes(7) ?? Data()
    request = row.bytes(8) ?? Data()
    digest = row.bytes(9)
    texts = Self.textColumns.indices.map { i in
      Text(text: row.bytes(10 + 3 * i), salt: row.bytes(11 + 3 * i), digest: row.bytes(12 + 3 * i))
    }
  }

  /// The digest of the entry with the candidates that it showed, after the previous one. Of what can be erased it
  /// depends on the digests alone.
  func chainedDigest(_ candidates: [Candidate], after previous: Data, key logKey: Data) -> Data {
    var fields = FieldBytes()
    fields.append(previous)
    fields.append(logKey)
    for number in [number, time, count, generation] { fields.append(number) }
    for text in [kind, key, scope, program, request] { fields.append(text) }
    for text in texts { fields.append(text.digest) }
    fields.append(Int64(candidates.count))
    for candidate in candidates {
      fields.append(candidate.place)
      fields.append(candidate.connector)
      fields.append(candidate.hash)
    }
    return LogDigest.digest(of: fields)
  }

  /// Writes the row and its candidates.
  func insert(_ candidates: [Candidate], digest: Data, _ db: Database) throws {
    var arguments: [(any DatabaseValueConvertible)?] = [
      number, time, kind, key, scope, count, generation, program, request, digest,
    ]
    for text in texts { arguments += [text.text, text.salt, text.digest] }
    try db.cachedStatement(sql: Self.insertion).execute(arguments: StatementArguments(arguments))
    var rest = candidates[...]
    for length in [Self.rowsOfAPage, 1] {
      let shown = try db.cachedStatement(sql: Self.insertion(ofRows: length))
      while rest.count >= length {
        var arguments: [(any DatabaseValueConvertible)?] = []
        for candidate in rest.prefix(length) {
          arguments += [number, candidate.place, candidate.connector, candidate.id, candidate.hash]
        }
        try shown.execute(arguments: StatementArguments(arguments))
        rest = rest.dropFirst(length)
      }
    }
  }

  /// The number of candidates that one statement inserts: most answers have as many, and a statement for each of them takes
  /// longer than its row.
  private static let rowsOfAPage = 10

  private static func insertion(ofRows count: Int) -> String {
    "INSERT INTO shown (entry, place, connector, id, hash) VALUES "
      + Array(repeating: "(?, ?, CAST(? AS TEXT), CAST(? AS TEXT), ?)", count: count).joined(separator: ", ")
  }

  private static let insertion =
    "INSERT INTO entry (number, time, kind, key, scope, count, generation, program, request, digest, "
    + textColumns.map { "\($0), \($0)_salt, \($0)_digest" }.joined(separator: ", ")
    + ") VALUES (?, ?, CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), ?, ?, CAST(? AS TEXT), CAST(? AS TEXT), ?, "
    + textColumns.map { _ in "CAST(? AS TEXT), ?, ?" }.joined(separator: ", ") + ")"

  /// The candidates that an entry showed, in order.
  static func candidates(of number: Int64, _ db: Database) throws -> [Candidate] {
    let statement = try db.cachedStatement(
      sql:
        "SELECT place, CAST(connector AS BLOB), CAST(id AS BLOB), hash FROM shown WHERE entry = ? ORDER BY place"
    )
    return try Row.fetchAll(statement, arguments: [number]).map {
      Candidate(
        place: $0.number(0) ?? 0, connector: $0.bytes(1) ?? Data(), id: $0.bytes(2),
        hash: $0.bytes(3) ?? Data())
    }
  }

  /// The years 1 to 9999. The clock of a forger may be wrong.
  private static let times: ClosedRange<Int64> = -62_135_596_800_000_000...253_402_300_799_999_999

  /// The entry as the log returns it.
  func logged(_ candidates: [Candidate]) -> LoggedEntry {
    func text(_ text: Text) -> LoggedEntry.Text? {
      text.isErased ? .erased : text.text.map { .text(String(decoding: $0, as: UTF8.self)) }
    }
    return LoggedEntry(
      number: Int(number),
      time: Timestamp(microseconds: min(max(time, Self.times.lowerBound), Self.times.upperBound)),
      // `verify` reports any other kind as a change of the entry.
      kind: SearchLogEntry.Kind(rawValue: String(decoding: kind, as: UTF8.self)) ?? .search,
      key: String(decoding: key, as: UTF8.self),
      purpose: text(texts[2]), query: text(texts[0]), canonicalQuery: text(texts[1]),
      scope: String(decoding: scope, as: UTF8.self),
      count: count.map { Int($0) },
      candidates: candidates.map { candidate in
        LoggedEntry.Candidate(
          connector: String(decoding: candidate.connector, as: UTF8.self),
          id: candidate.id.map { String(decoding: $0, as: UTF8.self) })
      },
      generation: generation.map { Int($0) },
      program: String(decoding: program, as: UTF8.self), request: String(decoding: request, as: UTF8.self))
  }
}

/// Columns of a file that anybody may have changed, its types included: GRDB's subscripts would end the program.
extension Row {
  /// The number in a column; nil for anything else.
  func number(_ column: Int) -> Int64? { Int64.fromDatabaseValue(self[column]) }

  /// The bytes of the text or BLOB in a column; nil for anything else.
  func bytes(_ column: Int) -> Data? { Data.fromDatabaseValue(self[column]) }
}
