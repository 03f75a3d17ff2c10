import Foundation
import GRDB
import TextAnalysis

/// The tables of an index file. Any `sqlite3` shell can read them.
enum Schema {
  /// "CAND", in the file's header.
  static let applicationID: Int32 = 0x4341_4E44

  /// The migrations that readers need. The others run when the file is next opened for writing.
  static let neededForReading: Set<String> = ["1", "3", "4", "5"]

  /// The version of documents of the oldest file that can be upgraded.
  static let oldestDocuments = 3

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { db in
      try db.execute(sql: "PRAGMA application_id = \(applicationID)")
      try db.execute(sql: tables)
      try createPostings(db)
      try Setting.documentVersion.store(Document.version, db)
      try Setting.unicodeVersion.store(UnicodeVersion.current.number, db)
    }
    migrator.registerMigration("2") { db in try db.execute(sql: SyncStore.table) }
    migrator.registerMigration("3") { db in
      try db.execute(sql: TermStatisticsStore.table)
      try StoredKey.cursor.store(Digest.makeKey(), db)
    }
    migrator.registerMigration("4", migrate: addSortNames)
    migrator.registerMigration("5", migrate: hashStrongly)
    migrator.registerMigration("6") { db in try db.execute(sql: RefusedStore.table) }
    migrator.registerMigration("7") { db in try db.execute(sql: DictionaryStore.migration) }
    migrator.registerMigration("8") { db in try db.execute(sql: outlines) }
    return migrator
  }

  private static let tables = """
    CREATE TABLE setting (name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;

    -- The custom fields that are searchable.
    CREATE TABLE custom_field (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

    -- Keyed hashes of those whose records are kept out.
    CREATE TABLE forgotten (hash BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;

    CREATE TABLE connector (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

    -- What a search or an upsert needs to know of a candidate; small, so that a resync touches few pages. Numbers are
    -- given in the order in which candidates come, so that a load writes at the end of the tables.
    CREATE TABLE candidate (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      docid INTEGER NOT NULL,
      connector INTEGER NOT NULL REFERENCES connector,
      id TEXT NOT NULL,
      -- microseconds since 1970, UTC
      modified_at INTEGER,
      -- the value of modified_at as it was last received, where that is not what stands in the record
      modified_json TEXT,
      -- remote_created_at and remote_updated_at, as modified_at
      created_at INTEGER,
      updated_at INTEGER,
      -- a hash of everything in the record but modified_at
      content INTEGER NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX candidate_identity ON candidate (id, connector);
    -- With the times that a query tests for each candidate that FTS5 finds; but not modified_at, which every resync
    -- moves: a search by it reads the row instead, which takes four times as long, and a resync half as long.
    \(docidIndex);

    -- The record as it was received, byte for byte.
    CREATE TABLE record (number INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT;
    """

  private static let outlines = """
    -- Where the members are in the JSON (RecordOutline), so that a search need not parse it; NULL where it must.
    ALTER TABLE record ADD COLUMN outline BLOB
    """

  static let docidIndex =
    "CREATE UNIQUE INDEX candidate_docid ON candidate (docid, created_at, updated_at)"

  /// Replaces the hashes of version 3, which could be forged. A file with candidates must be reindexed, which also
  /// assigns new docids.
  private static func hashStrongly(_ db: Database) throws {
    try db.execute(
      sql: """
        ALTER TABLE candidate DROP COLUMN content;
        -- BLAKE2b, 128 bits, of everything in the record but modified_at
        ALTER TABLE candidate ADD COLUMN content BLOB NOT NULL DEFAULT x'';
        -- what the hash is of: 0 an id, 1 a remote id with its connector, 2 an e-mail address
        ALTER TABLE forgotten ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
        -- the hash of the request that this one follows from; NULL for a request
        ALTER TABLE forgotten ADD COLUMN origin BLOB;
        -- backups and files of refused records, which may hold people who are forgotten later
        CREATE TABLE known_copy (path TEXT PRIMARY KEY, kind TEXT NOT NULL, written_at INTEGER NOT NULL)
          STRICT, WITHOUT ROWID;
        """)
    let containsCandidates = try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM candidate)") ?? false
    if containsCandidates { try Setting.documentVersion.store(Document.version - 1, db) }
  }

  /// Adds the sort names. A file with candidates must be reindexed, since their sort names are not known.
  private static func addSortNames(_ db: Database) throws {
    try db.execute(
      sql: """
        -- What candidates are ordered by where names order them; NULL without a name.
        ALTER TABLE candidate ADD COLUMN sort_name TEXT
        """)
    let containsCandidates = try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM candidate)") ?? false
    if containsCandidates { try Setting.documentVersion.store(Document.version - 1, db) }
  }

  /// Creates the FTS5 table. The hidden column is the first: a posting there is two bytes shorter, and most postings
  /// are in it. The text has been analysed before, so that the tokenizer splits at spaces only. Column sizes are not
  /// stored, since no rank is computed from them.
  static func createPostings(_ db: Database, as table: String = "posting") throws {
    try db.execute(sql: postings(table))
    try db.execute(
      sql: "INSERT INTO \(table) (\(table), rank) VALUES ('hashsize', ?)", arguments: [Segments.bufferSize])
  }

  private static func postings(_ table: String) -> String {
    let characters = SpaceTokenizer.tokenCharacters.replacing("'", with: "''''")
    return """
      CREATE VIRTUAL TABLE \(table) USING fts5(
        keys, \(TextColumn.allCases.map(\.rawValue).joined(separator: ", ")),
        content = '', columnsize = 0,
        tokenize = '\(SpaceTokenizer.name) tokenchars ''\(characters)''')
      """
  }
}

extension Setting {
  func fetch(_ db: Database) throws -> Int? {
    let statement = try RawStatement(cached: "SELECT value FROM setting WHERE name = ?", db)
    var name = rawValue
    return try name.withUTF8 { name in
      statement.bind(1, UnsafeRawBufferPointer(name))
      return try statement.first { Int($0.integer(orZero: 0)) }
    }
  }

  func store(_ value: Int, _ db: Database) throws {
    try db.execute(
      sql: "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", arguments: [rawValue, value])
  }
}

extension StoredKey {
  func fetch(_ db: Database) throws -> Data? {
    let statement = try db.cachedStatement(sql: "SELECT value FROM setting WHERE name = ?")
    return try Data.fetchOne(statement, arguments: [rawValue])
  }

  func store(_ key: Data, _ db: Database) throws {
    try db.execute(
      sql: "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", arguments: [rawValue, key])
  }
}

extension StoredText {
  func fetch(_ db: Database) throws -> String? {
    let statement = try db.cachedStatement(sql: "SELECT value FROM setting WHERE name = ?")
    // Also what another program has written, which may be no text.
    return try Data.fetchOne(statement, arguments: [rawValue]).map { String(decoding: $0, as: UTF8.self) }
  }

  func store(_ text: String, _ db: Database) throws {
    try db.execute(
      sql: "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", arguments: [rawValue, text])
  }
}
