"""rapidfuzz: the query compared with every full name, without an index. It knows names only."""

import os

import rapidfuzz
from anyascii import anyascii
from rapidfuzz import fuzz, process

from protocol import Peer, TOP, main
from records import decode, full_name

# A name that is less alike, in percent, is not a hit.
CUTOFF = 70


def sorted_words(text):
    words = "".join(c if c.isalnum() else " " for c in anyascii(text).lower()).split()
    return " ".join(sorted(words))


class RapidFuzz(Peer):
    def version(self):
        return f"rapidfuzz {rapidfuzz.__version__}"

    def load(self, records):
        with open(self.path, "w", encoding="utf-8") as lines:
            for record, line in records:
                lines.write(f"{sorted_words(full_name(record))}\t{line}\n")

    def open(self):
        with open(self.path, encoding="utf-8") as lines:
            pairs = [line.rstrip("\n").split("\t", 1) for line in lines]
        self.names = [name for name, _ in pairs]
        self.lines = [line for _, line in pairs]

    def top(self, query):
        found = process.extract(query, self.names, scorer=fuzz.ratio, processor=None, limit=TOP, score_cutoff=CUTOFF)
        return [decode(self.lines[position]) for _, _, position in found]

    def typed(self, text, fuzzy):
        return sorted_words(text)


if __name__ == "__main__":
    main(RapidFuzz)
