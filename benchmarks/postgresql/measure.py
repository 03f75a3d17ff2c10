"""Measures an index on a PostgreSQL server, and one that is divided over three of them, beside an index file, and beside what
people would write themselves: one `tsvector` of all text, ranked by `ts_rank` or the most recent first. All in one run;
writes RESULTS.md beside this file.

    measure.py --corpus candidates.ndjson --programs .build-release/release --work .build-bench/postgresql
"""

import argparse
import json
import math
import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "peers"))

from measure import measure, quantile  # noqa: E402
from postgresql_cluster import Cluster  # noqa: E402
from postgresql_peer import PostgreSQL  # noqa: E402
from protocol import TOP  # noqa: E402
from records import decode, read_records  # noqa: E402

CALLS, SECONDS = 50, 0.5
FILE, SERVER, SERVERS = "cand-search, a file", "cand-search, PostgreSQL", "cand-search, three servers"
PARTITIONS = ("0-1", "2-3", "4-5")  # the first ones stay on the coordinator


class Ranked(PostgreSQL):
    """The same tables, with the order that the manual of PostgreSQL shows."""

    def top(self, query):
        source, arguments = self.statement(query)
        if not arguments:
            return super().top(query)
        order = f"ORDER BY ts_rank(words, websearch_to_tsquery('simple', %s)) DESC LIMIT {TOP}"
        return [decode(line) for (line,) in self.db.execute(f"SELECT json {source} {order}", arguments * 2)]


def mix():
    """The queries of the mix: ours, and what the peer is asked."""
    with open(os.path.join(HERE, "..", "queries", "mix.json"), encoding="utf-8") as file:
        entries = json.load(file)["queries"]
    return [(e["query"], e.get("forms", {}).get("postgresql", e.get("peers"))) for e in entries]


def load(programs, index, corpus):
    start = time.perf_counter()
    subprocess.run([f"{programs}/cand-search", "index", "--index", index, corpus], check=True)
    return time.perf_counter() - start


def address(cluster):
    port = cluster.address.split("port=")[1].split()[0]
    return f"postgresql://bench@127.0.0.1:{port}/postgres"


def divide(programs, index, members):
    def run(*arguments):
        subprocess.run([f"{programs}/cand-search", "cluster", *arguments, "--index", index], check=True)

    run("init", "--partitions", "6")
    for number, member in enumerate(members, 1):
        run("add-server", address(member), "--name", f"server{number}")
        run("move", PARTITIONS[number], f"server{number}")


def ours(programs, index, queries, work):
    path = os.path.join(work, "queries.txt")
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(f"{query}\n" for query, _ in queries)
    command = [f"{programs}/bench", "query", "--index", index, "--queries", path, "--json", "--strict"]
    output = subprocess.run(
        command + ["--calls", str(CALLS), "--seconds", str(SECONDS)], check=True, stdout=subprocess.PIPE
    ).stdout
    return {result["query"]: result for result in json.loads(output)}


def theirs(peer, queries):
    times = {}
    for query, form in queries:
        if form is None:
            continue
        ordered = sorted(t * 1e6 for t in measure(lambda: peer.top(form), CALLS, SECONDS))
        times[query] = quantile(ordered, 0.5)
    return times


def mean(values):
    return math.exp(sum(math.log(value) for value in values) / len(values))


def main():
    parser = argparse.ArgumentParser()
    for name in ("corpus", "programs", "work"):
        parser.add_argument(f"--{name}", required=True)
    options = parser.parse_args()
    os.makedirs(options.work, exist_ok=True)
    queries = mix()
    cluster, *others = [Cluster(os.path.join(options.work, name)) for name in ("cluster", "coordinator", "north", "south")]
    try:
        for each in (cluster, *others):
            each.start()
        server, divided = address(cluster), address(others[0])
        file = os.path.join(options.work, "candidates.db")
        # Both load into an index that is empty.
        for end in ("", "-wal", "-shm", "-sync"):
            if os.path.exists(file + end):
                os.remove(file + end)
        for place in (server, divided):
            psql = ["psql", "-X", "-q", place, "-c"]
            subprocess.run(psql + ["SET client_min_messages = error; DROP SCHEMA IF EXISTS cand_search CASCADE"], check=True)
        subprocess.run([f"{options.programs}/cand-search", "index", "--index", divided, "/dev/null"], check=True)
        divide(options.programs, divided, others[1:])
        places = {FILE: file, SERVER: server, SERVERS: divided}
        loads = {name: load(options.programs, place, options.corpus) for name, place in places.items()}
        with open(options.corpus, "rb") as lines:
            count = sum(1 for _ in lines)
        results = {name: ours(options.programs, place, queries, options.work) for name, place in places.items()}
        times = {name: {q: r["median_us"] for q, r in found.items() if "error" not in r} for name, found in results.items()}
        a, *rest = results.values()
        different = [query for query in a if any(a[query].get("ids") != b[query].get("ids") for b in rest)]
        recent, ranked = PostgreSQL(cluster.path), Ranked(cluster.path)
        recent.connect()
        recent.db.execute("DROP TABLE IF EXISTS candidate")
        start = time.perf_counter()
        recent.load(read_records(options.corpus))
        loads["tsvector"] = time.perf_counter() - start
        ranked.connect()
        times["tsvector, the most recent first"] = theirs(recent, queries)
        times["tsvector, ts_rank"] = theirs(ranked, queries)
        recent.close()
        ranked.close()
        report(count, loads, times, different)
    finally:
        for each in (cluster, *others):
            each.stop()


def report(count, loads, times, different):
    shared = set.intersection(*(set(values) for values in times.values()))
    lines = [
        "# On a PostgreSQL server",
        "",
        f"Made by `make bench-postgres`: {count:,} made-up candidates, {len(shared)} queries of the mix that all are asked, warm,",
        f"the ten best with what a table shows of them, on two cores with PostgreSQL {Cluster.version()}, one connection over",
        "loopback. The three servers share these cores and have two of six partitions each. Relaxed tiers are off. The tables of `tsvector` are what people would write themselves.",
        "",
        "| | geometric mean (ms) | median (ms) | slowest (ms) |",
        "|---|---:|---:|---:|",
    ]
    for name, values in times.items():
        ordered = sorted(values[query] / 1000 for query in shared)
        lines.append(f"| {name} | {mean(ordered):.2f} | {quantile(ordered, 0.5):.2f} | {ordered[-1]:.1f} |")
    lines += [
        "",
        f"The three indexes of cand-search return the same ten candidates in the same order for {len(mix()) - len(different)} of {len(mix())}"
        " queries.",
        "",
        "| load | seconds | records/s |",
        "|---|---:|---:|",
    ]
    lines += [f"| {name} | {seconds:.1f} | {count / seconds:,.0f} |" for name, seconds in loads.items()]
    slowest = sorted(shared, key=lambda query: -times[SERVER][query])[:8]
    lines += ["", "The slowest queries of the index on the server:", "", "| query | " + " | ".join(times) + " |"]
    lines.append("|---|" + "---:|" * len(times))
    for query in slowest:
        cells = [f"{values[query] / 1000:.1f}" for values in times.values()]
        lines.append(f"| `{query.replace('|', chr(92) + '|')}` | " + " | ".join(cells) + " |")
    with open(os.path.join(HERE, "RESULTS.md"), "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
