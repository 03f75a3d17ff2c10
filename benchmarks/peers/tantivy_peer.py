"""Tantivy: a field for every field, boosts on names and titles, filters as indexed fields, the record stored."""

import os
import re
from datetime import datetime

import tantivy

from protocol import Peer, TOP, main
from records import decode, full_name, instant, quoted_words

TEXT_FIELDS = ["name", "company", "title", "location", "tags", "email"]
BOOSTS = {"name": 3.0, "title": 2.0}
# (prefix, distance, whether a swap costs 1), as the query parser takes them.
FUZZY = {field: (False, 1, True) for field in TEXT_FIELDS}
HEAP_BYTES = 256_000_000


class Tantivy(Peer):
    def version(self):
        return f"Tantivy (tantivy-py {tantivy.__version__.split(',')[0].removeprefix('tantivy ')})"

    def builder(self):
        builder = tantivy.SchemaBuilder()
        for field in ("id", "tag", "address"):
            builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
        for field in TEXT_FIELDS:
            builder.add_text_field(field)
        for field in ("is_private", "can_email"):
            builder.add_boolean_field(field, indexed=True)
        builder.add_date_field("last_interaction", indexed=True, fast=True)
        builder.add_bytes_field("record", stored=True, indexed=False)
        return builder

    def document(self, record, line):
        document = tantivy.Document()
        document.add_text("id", record["id"])
        document.add_text("name", full_name(record))
        for field in ("company", "title"):
            if record[field]:
                document.add_text(field, record[field])
        for field, member in (("location", "locations"), ("tags", "tags"), ("email", "email_addresses")):
            for value in record[member] or []:
                document.add_text(field, value)
        for tag in record["tags"] or []:
            document.add_text("tag", tag)
        for address in record["email_addresses"] or []:
            document.add_text("address", address.lower())
        for field in ("is_private", "can_email"):
            if record[field] is not None:
                document.add_boolean(field, record[field])
        last = instant(record["last_interaction_at"])
        if last:
            document.add_date("last_interaction", datetime.fromisoformat(last))
        document.add_bytes("record", line.encode())
        return document

    def load(self, records):
        os.makedirs(self.path, exist_ok=True)
        index = tantivy.Index(self.builder().build(), path=self.path)
        writer = index.writer(heap_size=HEAP_BYTES)
        for record, line in records:
            writer.add_document(self.document(record, line))
        writer.commit()
        writer.wait_merging_threads()

    def upsert(self, records):
        if not hasattr(self, "writer"):
            self.writer = tantivy.Index.open(self.path).writer(heap_size=HEAP_BYTES)
        for record, line in records:
            self.writer.delete_documents_by_term("id", record["id"])
            self.writer.add_document(self.document(record, line))
        self.writer.commit()

    def close(self):
        if hasattr(self, "writer"):
            self.writer.wait_merging_threads()

    def open(self):
        self.index = tantivy.Index.open(self.path)
        self.searcher = self.index.searcher()

    def prefixes(self, query):
        """Its query language has no `eng*`, but regular expressions, field by field."""
        fields = " OR ".join(rf"{field}:/\1.*/" for field in TEXT_FIELDS)
        query = re.sub(r"(\w+):(\w+)\*", r"\1:/\2.*/", query)
        return re.sub(r"(?<![:\w./])(\w+)\*", f"({fields})", query)

    def parse(self, query):
        options = {"field_boosts": BOOSTS, "allow_regexes": True}
        if query.startswith("~any "):
            return self.index.parse_query(query[5:], TEXT_FIELDS, **options)
        if query.startswith("~anyfuzzy "):
            return self.index.parse_query(query[10:], TEXT_FIELDS, fuzzy_fields=FUZZY, **options)
        if query.startswith("~"):
            options["fuzzy_fields"] = FUZZY
        return self.index.parse_query(self.prefixes(query.removeprefix("~")), TEXT_FIELDS, conjunction_by_default=True, **options)

    def top(self, query):
        found = self.searcher.search(self.parse(query), TOP, count=False)
        return [decode(self.searcher.doc(address)["record"][0]) for _, address in found.hits]

    def count(self, query):
        return self.searcher.search(self.parse(query), 1, count=True).count

    def typed(self, text, fuzzy):
        # As its documentation has it for what people type: any of the words, and the score decides. A word in
        # quotes is a phrase, which is never fuzzy: words that need no quotes have none.
        words = [w if w.strip('"').isalnum() else f'"{w}"' for w in quoted_words(text).replace('"', "").split()]
        return ("~anyfuzzy " if fuzzy else "~any ") + " ".join(words).lower()


if __name__ == "__main__":
    main(Tantivy)
