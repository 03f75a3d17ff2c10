"""Tantivy as in `tantivy_peer`, given our filter terms as well: what indexing the same costs it. For loads alone."""

import sqlite3
import sys

import orjson

from protocol import main
from tantivy_peer import Tantivy


def write_terms(index, path):
    """Writes the filter terms of each record of one of our indexes, in the order of the corpus: a list on each line."""
    db = sqlite3.connect(f"file:{index}?mode=ro", uri=True)
    db.execute("CREATE VIRTUAL TABLE temp.term USING fts5vocab (main, posting, instance)")
    terms = {}
    for docid, term in db.execute("SELECT doc, term FROM temp.term WHERE col = 'keys'"):
        terms.setdefault(docid, []).append(term)
    with open(path, "wb") as lines:
        for (docid,) in db.execute("SELECT docid FROM candidate ORDER BY number"):
            lines.write(orjson.dumps(terms[docid]) + b"\n")


class TantivyTerms(Tantivy):
    def builder(self):
        builder = super().builder()
        builder.add_text_field("term", tokenizer_name="raw", index_option="basic")
        return builder

    def load(self, records):
        with open(self.path + ".terms", "rb") as lines:
            self.terms = lines
            super().load(records)

    def document(self, record, line):
        document = super().document(record, line)
        for term in orjson.loads(next(self.terms)):
            document.add_text("term", term)
        return document


if __name__ == "__main__":
    if sys.argv[1:2] == ["terms"]:
        write_terms(*sys.argv[2:])
    else:
        main(TantivyTerms)
