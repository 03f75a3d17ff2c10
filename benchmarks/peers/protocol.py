"""What every peer is asked, and how it is measured: the same commands and the same JSON as `bench load` and
`bench query`, so that one table holds them all.

A peer is a subclass of Peer; its file ends with `main(ThePeer)`.
"""

import argparse
import json
import os
import resource
import time

import orjson

TOP = 10
FEWEST_CALLS = 5
WARM_UPS = 2


class Peer:
    """One engine with its index at a path."""

    def __init__(self, path):
        self.path = path

    def version(self):
        """The engine's name and version."""
        raise NotImplementedError

    def load(self, records):
        """Brings (object, line) pairs into an index that is empty."""
        raise NotImplementedError

    def upsert(self, records):
        """Adds or replaces (object, line) pairs in one go, safe on disk when it returns."""
        raise NotImplementedError

    def open(self):
        """Makes ready for searching."""

    def top(self, query):
        """The ids of the best ten of a query of the mix, their records decoded."""
        raise NotImplementedError

    def count(self, query):
        """How many records a query of the mix finds."""
        raise NotImplementedError

    def typed(self, text, fuzzy):
        """The query of the mix for what somebody typed into a search box."""
        raise NotImplementedError

    def close(self):
        """Ends what was begun."""

    def peak_bytes(self):
        """The most memory that the engine has held."""
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024

    def disk_bytes(self):
        """The bytes of the index."""
        if os.path.isfile(self.path):
            return sum(os.path.getsize(self.path + e) for e in ("", "-wal", "-shm") if os.path.exists(self.path + e))
        folders = os.walk(self.path)
        return sum(os.path.getsize(os.path.join(folder, f)) for folder, _, files in folders for f in files)


def decode(line):
    """A stored record, decoded by the fastest JSON decoder that Python has, its fields read."""
    record = orjson.loads(line)
    touched = 0
    for field in ("first_name", "last_name", "company", "title", "locations", "email_addresses", "tags"):
        touched += record[field] is not None
    return record["id"]


def read_records(path):
    """The records of a file of NDJSON, each with the line that it was read from."""
    with open(path, "rb") as lines:
        for line in lines:
            yield orjson.loads(line), line.rstrip(b"\n").decode()


def full_name(record):
    return " ".join(filter(None, (record["first_name"], record["last_name"])))


def instant(text):
    """A time as `YYYY-MM-DDTHH:MM:SSZ`, or None: what is written with an offset is moved to UTC."""
    if not text:
        return None
    if len(text) > 19 and text[-6] in "+-":
        from datetime import datetime, timezone

        return datetime.fromisoformat(text).astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (text[:19] if len(text) >= 19 else text[:10] + "T00:00:00") + "Z"


def recency(record):
    return instant(record["last_interaction_at"] or record["remote_updated_at"] or record["remote_created_at"])


def clauses(query):
    """The text of a query of the mix, and what follows its WHERE: how the engines that speak SQL are asked."""
    text, _, condition = query.partition("WHERE ")
    return text.strip(), condition.strip()


def quoted_words(text):
    """What was typed, each word in quotes, so that no sign in it is taken for syntax."""
    words = (word for word in text.replace('"', " ").split() if any(c.isalnum() for c in word))
    return " ".join(f'"{word}"' for word in words)


def measure(body, calls, seconds):
    """Seconds of each call; the rule is that of `Effort` in bench."""
    for _ in range(min(WARM_UPS, calls)):
        body()
    times, total = [], 0.0
    while len(times) < calls and (len(times) < FEWEST_CALLS or total < seconds):
        start = time.perf_counter()
        body()
        times.append(time.perf_counter() - start)
        total += times[-1]
    return times


def quantile(ordered, share):
    position = share * (len(ordered) - 1)
    lower = int(position)
    upper = min(lower + 1, len(ordered) - 1)
    return ordered[lower] + (ordered[upper] - ordered[lower]) * (position - lower)


def query_result(peer, text, options):
    try:
        query = peer.typed(text, options.fuzzy) if options.typed else text
        ids = peer.top(query)
        result = {"query": text, "ids": ids, "count_in_top": len(ids)}
        times = sorted(t * 1e6 for t in measure(lambda: peer.top(query), options.calls, options.seconds))
        if times:
            result["median_us"] = quantile(times, 0.5)
            result["p99_us"] = quantile(times, 0.99)
        if times and options.percentiles:
            result["percentiles_us"] = [quantile(times, p / 100) for p in range(101)]
        if options.counts:
            result["matches"] = peer.count(query)
        return result
    except Exception as error:  # one query that fails must not hide the others
        return {"query": text, "error": f"{type(error).__name__}: {error}"}


def run_load(peer, options):
    records = read_records(options.corpus)
    if options.one_by_one:
        times = []
        for record in records:
            start = time.perf_counter()
            peer.upsert([record])
            times.append((time.perf_counter() - start) * 1e6)
        times.sort()
        return {"records": len(times), "median_us": quantile(times, 0.5), "p99_us": quantile(times, 0.99)}
    count = 0

    def counted():
        nonlocal count
        for record in records:
            count += 1
            yield record

    start = time.perf_counter()
    (peer.upsert if options.update else peer.load)(counted())
    seconds = time.perf_counter() - start
    return {
        "records": count,
        "seconds": seconds,
        "peak_bytes": peer.peak_bytes(),
        "disk_bytes": peer.disk_bytes(),
    }


def run_query(peer, options):
    peer.open()
    with open(options.queries, encoding="utf-8") as lines:
        queries = [line.rstrip("\n") for line in lines if line.strip()]
    return [query_result(peer, query, options) for query in queries]


def main(kind):
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("version")
    load = commands.add_parser("load")
    load.add_argument("--corpus", required=True)
    load.add_argument("--update", action="store_true", help="the index exists: add and replace")
    load.add_argument("--one-by-one", action="store_true", help="as --update, each record safe before the next")
    query = commands.add_parser("query")
    query.add_argument("--queries", required=True)
    query.add_argument("--json", action="store_true")
    query.add_argument("--typed", action="store_true", help="the queries are what somebody typed")
    query.add_argument("--fuzzy", action="store_true", help="with --typed: allow for typing errors")
    query.add_argument("--counts", action="store_true")
    query.add_argument("--percentiles", action="store_true")
    query.add_argument("--calls", type=int, default=200)
    query.add_argument("--seconds", type=float, default=0.5)
    for command in (load, query):
        command.add_argument("--index", required=True)
    options = parser.parse_args()
    if options.command == "version":
        print(json.dumps({"version": kind("").version()}))
        return
    peer = kind(options.index)
    try:
        print(json.dumps((run_load if options.command == "load" else run_query)(peer, options)))
    finally:
        peer.close()
