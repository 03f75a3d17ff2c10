"""Xapian: TermGenerator and QueryParser with a prefix for every field, no stemming (the words are names), filters as
boolean terms, the record as the document's data."""

import xapian

from protocol import Peer, TOP, main
from records import decode, full_name, instant, quoted_words

# Prefixes as Xapian's conventions have them: S for titles, A for people, X… for one's own.
TEXT_PREFIXES = {"name": "A", "company": "XC", "title": "S", "location": "XL", "tags": "XT", "email": "XE"}
# Names and titles count for more: their within-document frequency is raised.
WEIGHTS = {"name": 3, "title": 2}
BOOLEAN_PREFIXES = {"tag": "K", "is_private": "XP", "can_email": "XM"}
LAST_INTERACTION = 0
FLAGS = xapian.QueryParser.FLAG_DEFAULT | xapian.QueryParser.FLAG_WILDCARD | xapian.QueryParser.FLAG_PURE_NOT


class Xapian(Peer):
    def version(self):
        return f"Xapian {xapian.version_string()}"

    def texts(self, record):
        yield "name", full_name(record)
        for field in ("company", "title"):
            yield field, record[field] or ""
        for field, member in (("location", "locations"), ("tags", "tags"), ("email", "email_addresses")):
            for value in record[member] or []:
                yield field, value

    def document(self, record, line):
        document = xapian.Document()
        self.generator.set_document(document)
        for field, text in self.texts(record):
            weight = WEIGHTS.get(field, 1)
            self.generator.index_text(text, weight, TEXT_PREFIXES[field])
            self.generator.increase_termpos()
            self.generator.index_text(text, weight)
            self.generator.increase_termpos()
        for tag in record["tags"] or []:
            document.add_boolean_term(("K" + tag)[:240])
        for field in ("is_private", "can_email"):
            if record[field] is not None:
                document.add_boolean_term(BOOLEAN_PREFIXES[field] + str(record[field]).lower())
        last = instant(record["last_interaction_at"])
        if last:
            document.add_value(LAST_INTERACTION, last[:10].replace("-", ""))
        document.set_data(line)
        document.add_boolean_term("Q" + record["id"])
        return document

    def write(self, records, replaces):
        if not hasattr(self, "database"):
            self.database = xapian.WritableDatabase(self.path, xapian.DB_CREATE_OR_OPEN)
            self.generator = xapian.TermGenerator()
            self.generator.set_database(self.database)
            self.generator.set_flags(xapian.TermGenerator.FLAG_SPELLING)
        for record, line in records:
            document = self.document(record, line)
            if replaces:
                self.database.replace_document("Q" + record["id"], document)
            else:
                self.database.add_document(document)
        self.database.commit()

    def load(self, records):
        self.write(records, replaces=False)

    def upsert(self, records):
        self.write(records, replaces=True)

    def open(self):
        self.database = xapian.Database(self.path)
        self.parser = xapian.QueryParser()
        self.parser.set_database(self.database)
        self.parser.set_default_op(xapian.Query.OP_AND)
        for field, prefix in TEXT_PREFIXES.items():
            self.parser.add_prefix(field, prefix)
        for field, prefix in BOOLEAN_PREFIXES.items():
            self.parser.add_boolean_prefix(field, prefix)
        self.parser.add_rangeprocessor(xapian.DateRangeProcessor(LAST_INTERACTION))

    def parse(self, query):
        if not query.startswith("~"):
            return self.parser.parse_query(query, FLAGS)
        query = query[1:]
        parsed = self.parser.parse_query(query, FLAGS | xapian.QueryParser.FLAG_SPELLING_CORRECTION)
        corrected = self.parser.get_corrected_query_string()
        return self.parser.parse_query(corrected, FLAGS) if corrected else parsed

    def found(self, query, limit, checked=0):
        while True:
            try:
                enquire = xapian.Enquire(self.database)
                enquire.set_query(self.parse(query))
                return enquire.get_mset(0, limit, checked)
            except xapian.DatabaseModifiedError:
                self.database.reopen()

    def top(self, query):
        return [decode(match.document.get_data()) for match in self.found(query, TOP)]

    def count(self, query):
        return self.found(query, 0, self.database.get_doccount()).get_matches_estimated()

    def typed(self, text, fuzzy):
        return ("~" if fuzzy else "") + quoted_words(text)


if __name__ == "__main__":
    main(Xapian)
