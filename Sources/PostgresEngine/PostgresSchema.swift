import CandidateSearch
import Foundation
import SearchLog
import TextAnalysis

/// The tables of an index, in the schema `cand_search` of its database. psql can read them.
enum PostgresSchema {
  /// The version of the tables: the number of migrations.
  static var version: Int { migrations.count }
  /// The migration that adds the search log.
  private static let logVersion = 2

  /// The schema of all tables.
  static let name = "cand_search"

  /// The number of partitions of the tables with a row for each candidate. They can move to other servers later.
  static let partitionCount = 4

  /// The tables that are partitioned, by a hash of the docid.
  static let partitioned = ["candidate", "record", "posting"]

  /// The statements of each migration: libpq sends one at a time outside of its simplest interface.
  private static let migrations: [[String]] = [
    statements(of: tables + "\n" + partitions),
    PostgresLogSchema.statements + withoutStatistics(PostgresLogSchema.personalColumns),
    statements(of: ClusterSchema.tables),
  ]

  private static let tables =
    """
    -- Numbers, keys and texts that the index stores about itself.
    CREATE TABLE setting (name text COLLATE "C" PRIMARY KEY, number bigint, bytes bytea);

    -- How often each source of changes has changed the postings: the generation is the sum. One row for all would make
    -- the writers of different connectors wait for one another.
    CREATE TABLE change (source text COLLATE "C" PRIMARY KEY, generation bigint NOT NULL);

    -- The custom fields that are searchable.
    CREATE TABLE custom_field (name text COLLATE "C" PRIMARY KEY);

    -- Keyed hashes of those whose records are kept out: kind 0 an id, 1 a remote id, 2 an e-mail address; origin is the
    -- hash of the request that this one follows from.
    CREATE TABLE forgotten (hash bytea PRIMARY KEY, kind int NOT NULL, origin bytea);

    CREATE TABLE connector (number int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text COLLATE "C" NOT NULL UNIQUE);

    -- The numbers of candidates, in the order in which they come.
    CREATE SEQUENCE candidate_number;

    -- What an upsert or an order needs to know of a candidate. Times are microseconds since 1970, UTC; modified_json is the
    -- value of modified_at as it was last received, where that is not what the record says; content is a hash of everything
    -- in the record but modified_at. Ids are bytes, since they may contain any character.
    CREATE TABLE candidate (
      docid bigint NOT NULL,
      number bigint NOT NULL,
      connector int NOT NULL,
      id bytea NOT NULL,
      created_at bigint,
      updated_at bigint,
      modified_at bigint,
      modified_json bytea,
      content bytea,
      sort_name bytea,
      PRIMARY KEY (docid) DEFERRABLE INITIALLY IMMEDIATE
    ) PARTITION BY HASH (docid);
    CREATE INDEX candidate_by_number ON candidate (number);
    CREATE INDEX candidate_identity ON candidate (id, connector);

    -- The record as it was received, byte for byte.
    CREATE TABLE record (
      docid bigint NOT NULL, json text COLLATE "C" NOT NULL, PRIMARY KEY (docid) DEFERRABLE INITIALLY IMMEDIATE
    ) PARTITION BY HASH (docid);

    -- The document: filter terms, words, and words after the letter of their column. facets are the filter terms by which
    -- hits are counted.
    CREATE TABLE posting (docid bigint PRIMARY KEY, doc tsvector NOT NULL, facets text[] COLLATE "C" NOT NULL)
      PARTITION BY HASH (docid);
    CREATE INDEX posting_doc ON posting USING gin (doc);

    -- How many documents hold a word in a field, and how many of them are of private candidates. Writers append changes,
    -- so that none waits for another; maintenance adds them up. The empty word of names counts all documents.
    CREATE TABLE vocabulary (
      term text COLLATE "C" NOT NULL, field "char" NOT NULL, documents bigint NOT NULL, hidden bigint NOT NULL,
      PRIMARY KEY (term, field)
    );
    CREATE TABLE vocabulary_change (
      term text COLLATE "C" NOT NULL, field "char" NOT NULL, documents bigint NOT NULL, hidden bigint NOT NULL
    );
    CREATE INDEX vocabulary_change_term ON vocabulary_change (term);

    -- How far each connector's sync has come, and how the last one went.
    CREATE TABLE sync (
      connector text COLLATE "C" PRIMARY KEY, kind text NOT NULL, begun_at bigint NOT NULL, ended_at bigint,
      ending text, mark bigint, fresh_at bigint, added bigint, updated bigint, unchanged bigint, refused bigint,
      removed bigint
    );
    -- The ids of records that a sync refused; the next one requests them again.
    CREATE TABLE refused (connector text COLLATE "C", id text COLLATE "C", PRIMARY KEY (connector, id));
    -- Files of candidates outside the database.
    CREATE TABLE known_copy (path text COLLATE "C" PRIMARY KEY, kind text NOT NULL, written_at bigint NOT NULL);
    """

  /// The partitions, and what holds for each: no statistics of columns with data of people, since the catalog would repeat
  /// values; room for new versions of a row beside it.
  private static var partitions: String {
    partitioned.flatMap { table in
      (0..<partitionCount).map { i in
        """
        CREATE TABLE \(table)_\(i) PARTITION OF \(table) FOR VALUES WITH (MODULUS \(partitionCount), REMAINDER \(i));
        """
      }
    }.joined(separator: "\n")
      + "\n" + withoutStatistics(personalColumns).map { $0 + ";" }.joined(separator: "\n")
  }

  private static func withoutStatistics(_ columns: [(table: String, column: String)]) -> [String] {
    columns.flatMap { table, column in
      (partitioned.contains(table) ? [table] + (0..<partitionCount).map { "\(table)_\($0)" } : [table])
        .map { "ALTER TABLE \($0) ALTER COLUMN \(column) SET STATISTICS 0" }
    }
  }

  private static let personalColumns = [
    ("candidate", "id"), ("candidate", "sort_name"), ("candidate", "modified_json"), ("candidate", "content"),
    ("record", "json"), ("posting", "doc"), ("posting", "facets"), ("vocabulary", "term"),
    ("vocabulary_change", "term"), ("refused", "id"),
  ]

  /// Creates or upgrades the tables, in one transaction.
  /// - Throws: `PostgresError`, `IndexError`.
  static func migrate(_ connection: PostgresConnection, location: String) throws {
    if try version(connection) == version { return }
    try connection.execute("BEGIN")
    do {
      try connection.execute("SELECT pg_advisory_xact_lock($1::bigint)", [.integer(Lock.migration)])
      let done = try version(connection)
      if done > version { throw IndexError.newerVersion(path: location) }
      if done == 0 {
        let encoding = connection.serverEncoding
        if encoding != "UTF8" {
          throw PostgresError(kind: .other, message: "the database's encoding is \(encoding), not UTF8")
        }
        try connection.script("CREATE SCHEMA IF NOT EXISTS \(name)")
        try connection.script("CREATE TABLE IF NOT EXISTS migration (number int PRIMARY KEY)")
      }
      for number in done..<version {
        for statement in migrations[number] { try connection.script(statement) }
        if number + 1 == logVersion { try PostgresLogSchema.beginChain(connection) }
        try connection.script("INSERT INTO migration VALUES (\(number + 1))")
      }
      if done == 0 {
        try connection.execute(
          "INSERT INTO setting (name, number) VALUES ($1, $2), ($3, $4)",
          [
            .text(Setting.documentVersion.rawValue), .integer(Int64(Document.version)),
            .text(Setting.unicodeVersion.rawValue), .integer(Int64(UnicodeVersion.current.number)),
          ])
        try connection.execute(
          "INSERT INTO setting (name, bytes) VALUES ($1, $2)",
          [.text(StoredKey.cursor.rawValue), .bytes(Array(Digest.makeKey()))])
      }
      try connection.execute("COMMIT")
    } catch {
      try? connection.execute("ROLLBACK")
      throw error
    }
  }

  /// The statements of a text in which semicolons separate them.
  private static func statements(of text: String) -> [String] {
    text.split(separator: "\n").filter { !$0.trimmingPrefix(while: \.isWhitespace).hasPrefix("--") }
      .joined(separator: "\n").split(separator: ";").map(String.init)
      .filter { !$0.allSatisfy(\.isWhitespace) }
  }

  /// The version of the tables; 0 without any.
  static func version(_ connection: PostgresConnection) throws -> Int {
    // to_regclass may answer from before the lock was waited for.
    let exists =
      try connection.first(
        PostgresQuery(
          """
          SELECT EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
          WHERE n.nspname = $1 AND c.relname = 'migration')
          """, [.text(name)])
      ) { $0.bool(0) } ?? false
    guard exists else { return 0 }
    return Int(
      try connection.first(PostgresQuery("SELECT coalesce(max(number), 0) FROM \(name).migration")) {
        $0.integer(orZero: 0)
      } ?? 0)
  }

  /// Advisory locks: those of transactions, and the class of those of syncs.
  enum Lock {
    static let migration: Int64 = 0x4341_4E44_0000
    /// Held shared by the writers of a connector, and alone by every other writer.
    static let writers: Int64 = 0x4341_4E44_0001
    /// Held by who adds up the term statistics.
    static let statistics: Int64 = 0x4341_4E44_0002
    /// Held by who erases the bytes of the search log.
    static let logErasure: Int64 = 0x4341_4E44_0003
    /// The first key of the locks of connectors: for writing, and for syncs.
    static let connectorClass: Int32 = 0x4341_4E44
    static let syncClass: Int32 = 0x4341_4E45

    /// The condition that a row of `pg_locks` is of a lock of two keys in this database that is held alone.
    static let isHeldAlone = """
      locktype = 'advisory' AND granted AND objsubid = 2 AND mode = 'ExclusiveLock' \
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      """
  }
}
