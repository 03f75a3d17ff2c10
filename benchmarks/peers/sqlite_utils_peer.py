"""sqlite-utils: records inserted as they are, lists as JSON, enable_fts with triggers, and its own search."""

from importlib.metadata import version

import orjson
import sqlite_utils

from protocol import Peer, TOP, main
from records import clauses, instant, quoted_words, touch

TEXT_FIELDS = ["first_name", "last_name", "company", "title", "locations", "tags", "email_addresses"]
JSON_FIELDS = ["locations", "phone_numbers", "email_addresses", "urls", "tags", "applications", "attachments"]


class SQLiteUtils(Peer):
    def version(self):
        return f"sqlite-utils {version('sqlite-utils')}"

    def connect(self):
        self.db = sqlite_utils.Database(self.path)
        self.db.execute("PRAGMA busy_timeout = 60000")
        self.db.execute("PRAGMA synchronous = NORMAL")
        self.table = self.db["candidate"]

    def rows(self, records):
        for record, _ in records:
            yield record | {"last_interaction": instant(record["last_interaction_at"])}

    def load(self, records):
        self.connect()
        self.db.enable_wal()
        self.table.insert_all(self.rows(records), pk="id", batch_size=1000)
        for column in ("is_private", "can_email", "last_interaction"):
            self.table.create_index([column])
        self.table.enable_fts(TEXT_FIELDS, create_triggers=True, tokenize="unicode61 remove_diacritics 2")
        self.table.optimize()
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def upsert(self, records):
        if not hasattr(self, "db"):
            self.connect()
        self.table.upsert_all(self.rows(records), pk="id", batch_size=1000)

    def open(self):
        self.connect()

    def top(self, query):
        text, condition = clauses(query)
        if text:
            rows = self.table.search(text, limit=TOP, where=condition or None)
        else:
            rows = self.table.rows_where(condition, order_by="last_interaction desc", limit=TOP)
        return [self.decoded(row) for row in rows]

    def decoded(self, row):
        for field in JSON_FIELDS:
            if row[field]:
                row[field] = orjson.loads(row[field])
        return touch(row)

    def count(self, query):
        text, condition = clauses(query)
        if not text:
            return self.table.count_where(condition)
        # Its own statement for a search, counted.
        sql = f"select count(*) from ({self.table.search_sql(columns=['id'], where=condition or None)})"
        return self.db.execute(sql, {"query": text}).fetchone()[0]

    def typed(self, text, fuzzy):
        return quoted_words(text)


if __name__ == "__main__":
    main(SQLiteUtils)
