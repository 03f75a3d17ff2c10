"""PostgreSQL full text: a tsvector of all text with a GIN index and one for the title and name, the `simple`
configuration (the words are names), the most recent first by an index."""

import psycopg

from postgresql_cluster import Cluster
from protocol import Peer, TOP, main
from records import clauses, decode, full_name, instant, quoted_words, recency

SCHEMA = """
CREATE TABLE candidate (
  id text PRIMARY KEY, is_private boolean, can_email boolean, tags text[], last_interaction timestamptz,
  recency timestamptz, name_words tsvector, title_words tsvector, company_words tsvector, location_words tsvector,
  words tsvector, json text NOT NULL)
"""
INDEXES = """
CREATE INDEX ON candidate USING gin (words);
CREATE INDEX ON candidate USING gin (name_words);
CREATE INDEX ON candidate USING gin (title_words);
CREATE INDEX ON candidate USING gin (company_words);
CREATE INDEX ON candidate USING gin (location_words);
CREATE INDEX ON candidate USING gin (tags);
CREATE INDEX ON candidate (recency DESC NULLS LAST);
CREATE INDEX ON candidate (last_interaction);
"""
STAGE = """
CREATE TEMP TABLE stage (id text, is_private boolean, can_email boolean, tags text[], last_interaction timestamptz,
  recency timestamptz, name text, title text, company text, location text, other text, json text) ON COMMIT DROP
"""
FROM_STAGE = """
INSERT INTO candidate
SELECT id, is_private, can_email, tags, last_interaction, recency, name, title, company, location,
  name || title || company || location || to_tsvector('simple', other), json
FROM (SELECT id, is_private, can_email, tags, last_interaction, recency, json, other,
  to_tsvector('simple', name) name, to_tsvector('simple', title) title,
  to_tsvector('simple', company) company, to_tsvector('simple', location) location FROM stage) s
"""
REPLACE = """
ON CONFLICT (id) DO UPDATE SET (is_private, can_email, tags, last_interaction, recency, name_words, title_words,
  company_words, location_words, words, json) = (excluded.is_private, excluded.can_email, excluded.tags,
  excluded.last_interaction, excluded.recency, excluded.name_words, excluded.title_words, excluded.company_words,
  excluded.location_words, excluded.words, excluded.json)
"""


def plain(text):
    """Text whose words stand between spaces: `simple` would keep addresses, hosts and paths whole."""
    return "".join(c if c.isalnum() else " " for c in text or "")


class PostgreSQL(Peer):
    def version(self):
        return f"PostgreSQL {Cluster.version()}"

    def connect(self):
        if not hasattr(self, "db"):
            self.cluster = Cluster(self.path)
            self.cluster.start()
            self.db = psycopg.connect(self.cluster.address, autocommit=True)
            self.db.execute("SET maintenance_work_mem = '512MB'")

    def write(self, records, replaces):
        self.connect()
        with self.db.transaction():
            self.db.execute(STAGE)
            with self.db.cursor().copy("COPY stage FROM STDIN") as copy:
                for record, line in records:
                    copy.write_row(self.row(record, line))
            self.db.execute(FROM_STAGE + (REPLACE if replaces else ""))

    def row(self, record, line):
        locations, tags, emails = (record[m] or [] for m in ("locations", "tags", "email_addresses"))
        # A word between two values keeps phrases from reaching over: positions are counted through.
        return (
            record["id"], record["is_private"], record["can_email"], tags, instant(record["last_interaction_at"]),
            recency(record), plain(full_name(record)), plain(record["title"]), plain(record["company"]),
            plain(" ".join(locations)), plain(" ".join(tags + emails)), line,
        )  # fmt: skip

    def load(self, records):
        self.connect()
        self.cluster.watch_memory()
        self.db.execute(SCHEMA)
        self.write(records, replaces=False)
        self.db.execute(INDEXES)
        self.db.execute("VACUUM ANALYZE candidate")

    def upsert(self, records):
        self.write(records, replaces=True)

    def open(self):
        self.connect()

    def statement(self, query):
        text, condition = clauses(query)
        conditions = ["words @@ websearch_to_tsquery('simple', %s)"] if text else []
        conditions += [f"({condition})"] if condition else []
        return "FROM candidate WHERE " + " AND ".join(conditions), (text,) if text else None

    def top(self, query):
        source, arguments = self.statement(query)
        order = f"ORDER BY recency DESC NULLS LAST LIMIT {TOP}"
        return [decode(json) for (json,) in self.db.execute(f"SELECT json {source} {order}", arguments)]

    def count(self, query):
        source, arguments = self.statement(query)
        return self.db.execute(f"SELECT count(*) {source}", arguments).fetchone()[0]

    def typed(self, text, fuzzy):
        return quoted_words(plain(text))

    def peak_bytes(self):
        return self.cluster.peak_bytes

    def close(self):
        if hasattr(self, "db"):
            self.db.close()
        if hasattr(self, "cluster"):
            self.cluster.stop()


if __name__ == "__main__":
    main(PostgreSQL)
