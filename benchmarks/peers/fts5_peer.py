"""Stock FTS5 in the same SQLite that we use: an external-content table, unicode61, ORDER BY rank; filters are columns
and an indexed table of tags of the content."""

import sqlite3

from protocol import Peer, TOP, main
from records import clauses, decode, full_name, instant, quoted_words, recency

SCHEMA = """
PRAGMA journal_mode = WAL;
CREATE TABLE candidate (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  name TEXT, company TEXT, title TEXT, location TEXT, tags TEXT, email TEXT,
  is_private INTEGER, can_email INTEGER, last_interaction TEXT, recency TEXT, json TEXT NOT NULL);
CREATE TABLE tag (tag TEXT, candidate INTEGER, PRIMARY KEY (tag, candidate)) WITHOUT ROWID;
CREATE INDEX tag_candidate ON tag (candidate);
CREATE VIRTUAL TABLE candidate_fts USING fts5(
  name, company, title, location, tags, email,
  content = 'candidate', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2');
CREATE TRIGGER candidate_added AFTER INSERT ON candidate BEGIN
  INSERT INTO candidate_fts (rowid, name, company, title, location, tags, email)
  VALUES (new.number, new.name, new.company, new.title, new.location, new.tags, new.email);
END;
CREATE TRIGGER candidate_gone AFTER DELETE ON candidate BEGIN
  INSERT INTO candidate_fts (candidate_fts, rowid, name, company, title, location, tags, email)
  VALUES ('delete', old.number, old.name, old.company, old.title, old.location, old.tags, old.email);
  DELETE FROM tag WHERE candidate = old.number;
END;
"""
FIND = "FROM candidate_fts JOIN candidate c ON c.number = candidate_fts.rowid WHERE candidate_fts MATCH ?"
ALL = "FROM candidate c WHERE 1"
INSERT = "INSERT INTO candidate VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number"


class FTS5(Peer):
    def version(self):
        return f"SQLite FTS5 {sqlite3.sqlite_version}"

    def connect(self):
        self.db = sqlite3.connect(self.path, isolation_level=None)
        # Deleted rows must leave the full-text index where one row replaces another.
        self.db.execute("PRAGMA recursive_triggers = on")
        self.db.execute("PRAGMA busy_timeout = 60000")
        # What SQLite advises with a write-ahead log, and what we use ourselves.
        self.db.execute("PRAGMA synchronous = NORMAL")

    def row(self, record, line):
        lists = (" \n ".join(record[m] or []) for m in ("locations", "tags", "email_addresses"))
        return (
            record["id"], full_name(record), record["company"], record["title"], *lists, record["is_private"],
            record["can_email"], instant(record["last_interaction_at"]), recency(record), line,
        )  # fmt: skip

    def write(self, records):
        self.db.execute("BEGIN IMMEDIATE")
        for record, line in records:
            self.db.execute("DELETE FROM candidate WHERE id = ?", (record["id"],))
            number = self.db.execute(INSERT, self.row(record, line)).fetchone()[0]
            tags = ((tag, number) for tag in record["tags"] or [])
            self.db.executemany("INSERT OR IGNORE INTO tag VALUES (?, ?)", tags)
        self.db.execute("COMMIT")

    def load(self, records):
        self.connect()
        self.db.executescript(SCHEMA)
        self.write(records)
        self.db.execute("INSERT INTO candidate_fts (candidate_fts) VALUES ('optimize')")
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def upsert(self, records):
        if not hasattr(self, "db"):
            self.connect()
        self.write(records)

    def open(self):
        self.connect()

    def statement(self, query):
        text, condition = clauses(query)
        source = (FIND if text else ALL) + (f" AND ({condition})" if condition else "")
        order = "rank" if text else "recency DESC"
        return source, order, (text,) if text else ()

    def top(self, query):
        source, order, arguments = self.statement(query)
        rows = self.db.execute(f"SELECT c.json {source} ORDER BY {order} LIMIT {TOP}", arguments)
        return [decode(json) for (json,) in rows]

    def count(self, query):
        source, _, arguments = self.statement(query)
        return self.db.execute(f"SELECT count(*) {source}", arguments).fetchone()[0]

    def typed(self, text, fuzzy):
        return quoted_words(text)


if __name__ == "__main__":
    main(FTS5)
