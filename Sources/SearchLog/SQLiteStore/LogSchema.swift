import Foundation
import GRDB

/// The tables of a log, and the triggers that keep it append-only.
enum LogSchema {
  /// Marks the file as a search log: `CSLG`.
  private static let applicationID: Int32 = 0x4353_4C47
  static let currentVersion = 1

  /// The version of the tables of a file: 0 if it is empty, nil if it is not a search log.
  static func version(_ db: Database) throws -> Int? {
    let application = try Int32.fetchOne(db, sql: "PRAGMA application_id")
    if application == applicationID { return try Int.fetchOne(db, sql: "PRAGMA user_version") }
    let objects = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
    return application == 0 && objects == 0 ? 0 : nil
  }

  /// Creates the tables in an empty file.
  static func create(_ db: Database) throws {
    guard try version(db) == 0 else { return }
    try db.execute(sql: tables + triggers)
    let chain = LogChain.new()
    try db.execute(
      sql: "INSERT INTO chain (id, anchor, anchor_digest, head, head_digest, key) VALUES (1, ?, ?, ?, ?, ?)",
      arguments: [
        chain.anchor.number, chain.anchor.digest, chain.head.number, chain.head.digest, chain.key,
      ])
    try db.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(currentVersion)")
  }

  /// A text that can be erased has a salt and a digest beside it. The entries after `anchor` up to `head` are in the
  /// file; retention has removed those before.
  private static let tables = """
    CREATE TABLE entry (
      number INTEGER PRIMARY KEY,
      time INTEGER NOT NULL,
      kind TEXT NOT NULL,
      key TEXT NOT NULL,
      scope TEXT NOT NULL,
      count INTEGER,
      generation INTEGER,
      program TEXT NOT NULL,
      request TEXT NOT NULL,
      query TEXT, query_salt BLOB, query_digest BLOB,
      canonical TEXT, canonical_salt BLOB, canonical_digest BLOB,
      purpose TEXT, purpose_salt BLOB, purpose_digest BLOB,
      digest BLOB NOT NULL
    ) STRICT;
    CREATE TABLE shown (
      entry INTEGER NOT NULL,
      place INTEGER NOT NULL,
      connector TEXT NOT NULL,
      id TEXT,
      hash BLOB NOT NULL,
      PRIMARY KEY (entry, place)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE chain (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      anchor INTEGER NOT NULL,
      anchor_digest BLOB NOT NULL,
      head INTEGER NOT NULL,
      head_digest BLOB NOT NULL,
      key BLOB NOT NULL,
      erasure_pending INTEGER NOT NULL DEFAULT 0
    ) STRICT;

    """

  /// Entries are added at the end, lose texts and ids, and are removed up to the anchor; nothing else.
  private static let triggers = """
    CREATE TRIGGER entry_insert BEFORE INSERT ON entry
      WHEN NEW.number <= (SELECT max(ifnull((SELECT max(number) FROM entry), 0), anchor) FROM chain)
      BEGIN SELECT RAISE(ABORT, 'the search log is append-only'); END;
    CREATE TRIGGER entry_update BEFORE UPDATE ON entry
      WHEN NEW.number <> OLD.number OR NEW.time <> OLD.time OR NEW.kind <> OLD.kind OR NEW.key <> OLD.key
        OR NEW.scope <> OLD.scope OR NEW.count IS NOT OLD.count OR NEW.generation IS NOT OLD.generation
        OR NEW.program <> OLD.program OR NEW.request <> OLD.request OR NEW.digest <> OLD.digest
        OR NEW.query_digest IS NOT OLD.query_digest OR NEW.canonical_digest IS NOT OLD.canonical_digest
        OR NEW.purpose_digest IS NOT OLD.purpose_digest
        OR ifnull(NEW.query IS NOT OLD.query AND NEW.query IS NOT NULL, 0)
        OR ifnull(NEW.query_salt IS NOT OLD.query_salt AND NEW.query_salt IS NOT NULL, 0)
        OR ifnull(NEW.canonical IS NOT OLD.canonical AND NEW.canonical IS NOT NULL, 0)
        OR ifnull(NEW.canonical_salt IS NOT OLD.canonical_salt AND NEW.canonical_salt IS NOT NULL, 0)
        OR ifnull(NEW.purpose IS NOT OLD.purpose AND NEW.purpose IS NOT NULL, 0)
        OR ifnull(NEW.purpose_salt IS NOT OLD.purpose_salt AND NEW.purpose_salt IS NOT NULL, 0)
      BEGIN SELECT RAISE(ABORT, 'the search log is append-only'); END;
    CREATE TRIGGER entry_delete BEFORE DELETE ON entry WHEN OLD.number > (SELECT anchor FROM chain)
      BEGIN SELECT RAISE(ABORT, 'the search log is append-only'); END;
    CREATE TRIGGER shown_insert BEFORE INSERT ON shown
      WHEN NEW.entry <> (SELECT max(number) FROM entry) OR NEW.entry <= (SELECT head FROM chain)
      BEGIN SELECT RAISE(ABORT, 'the search log is append-only'); END;
    CREATE TRIGGER shown_update BEFORE UPDATE ON shown
      WHEN NEW.entry <> OLD.entry OR NEW.place <> OLD.place OR NEW.connector <> OLD.connector
        OR NEW.hash <> OLD.hash OR NEW.id IS NOT NULL
      BEGIN SELECT RAISE(ABORT, 'the search log is append-only'); END;
    CREATE TRIGGER shown_delete BEFORE DELETE ON shown WHEN OLD.entry > (SELECT anchor FROM chain)
      BEGIN SELECT RAISE(ABORT, 'the search log is append-only'); END;
    CREATE TRIGGER chain_update BEFORE UPDATE ON chain
      WHEN NEW.id <> OLD.id OR NEW.anchor < OLD.anchor OR NEW.head < OLD.head OR NEW.anchor > NEW.head
        OR NEW.key <> OLD.key
      BEGIN SELECT RAISE(ABORT, 'the search log is append-only'); END;
    CREATE TRIGGER chain_delete BEFORE DELETE ON chain
      BEGIN SELECT RAISE(ABORT, 'the search log is append-only'); END;

    """
}
