"""What every peer is asked, and how it is measured: the same commands and the same JSON as `bench load` and
`bench query`, so that one table holds them all.

A peer is a subclass of Peer; its file ends with `main(ThePeer)`.
"""

import argparse
import json
import os
import resource
import time

from measure import measure, quantile
from records import read_records

TOP = 10


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
        """Adds or replaces (object, line) pairs in one transaction."""
        raise NotImplementedError

    def open(self):
        """Makes ready for searching."""

    def top(self, query):
        """The ids of the best ten of a query of the mix, their records read as `records.touch` does."""
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
    load.add_argument("--one-by-one", action="store_true", help="as --update, each record in a transaction of its own")
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
