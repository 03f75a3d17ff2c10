"""Measures the HTTP server beside Datasette over an FTS5 table of the same candidates, with wrk on loopback.

Usage: measure.py --server PROGRAM --index FILE --corpus FILE.ndjson --work FOLDER --peers FOLDER [--seconds 10]

Writes Markdown to standard output. The queries are those of benchmarks/queries/mix.json, in each engine's words.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from importlib.metadata import version

CONNECTIONS = [1, 8, 64]
HERE = os.path.dirname(os.path.abspath(__file__))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url, process):
    for _ in range(600):
        if process.poll() is not None:
            sys.exit(f"the server ended with status {process.returncode}")
        try:
            urllib.request.urlopen(url, timeout=5).read()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    sys.exit(f"no answer from {url}")


def run_wrk(base, paths_file, connections, seconds):
    threads = min(2, connections)
    output = subprocess.run(
        ["wrk", f"-t{threads}", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-s",
         os.path.join(HERE, "requests.lua"), base, "--", paths_file],
        check=True, capture_output=True, text=True).stdout
    line = next(line for line in output.splitlines() if line.startswith("RESULT "))
    return json.loads(line.removeprefix("RESULT "))


def write_paths(path, lines):
    with open(path, "w") as file:
        file.writelines(line + "\n" for line in lines)
    return path


def search_paths(queries):
    return ["/v1/search?" + urllib.parse.urlencode({"q": query["query"]}) for query in queries]


def prefixes(queries):
    """What is typed on the way to each word of the queries."""
    words = sorted({word for query in queries for word in query["query"].split() if word.isalpha()})
    return [word[:end] for word in words for end in range(2, len(word) + 1)]


def suggest_paths(queries):
    return ["/v1/suggest?" + urllib.parse.urlencode({"q": prefix}) for prefix in prefixes(queries)]


def datasette_paths(queries):
    """The table's own search, as quick as it is offered: no count, no facets, ten rows."""
    paths = []
    for query in queries:
        text = query.get("forms", {}).get("sqlite-utils", query["peers"])
        # Queries with a condition have the form "text WHERE condition", or the condition alone: left out.
        if "=" in text or "<" in text or ">" in text:
            continue
        paths.append("/candidates/candidate.json?" + urllib.parse.urlencode(
            {"_search": text, "_searchmode": "raw", "_size": 10, "_nocount": 1, "_nofacet": 1, "_shape": "array"}))
    return paths


def load_datasette(corpus, peers, path):
    if os.path.exists(path):
        return
    sys.path.insert(0, peers)
    from records import read_records
    from sqlite_utils_peer import SQLiteUtils
    peer = SQLiteUtils.__new__(SQLiteUtils)
    peer.path = path + ".part"
    if os.path.exists(peer.path):
        os.remove(peer.path)
    peer.load(read_records(corpus))
    peer.db.execute("PRAGMA journal_mode = DELETE")
    peer.db.close()
    os.rename(peer.path, path)


def measured(base, paths_file, seconds):
    # Once for the caches.
    run_wrk(base, paths_file, 4, 3)
    return {connections: run_wrk(base, paths_file, connections, seconds) for connections in CONNECTIONS}


def row(name, connections, result):
    rate = result["requests"] / (result["microseconds"] / 1e6)
    return (f"| {name} | {connections} | {rate:,.0f} | {result['p50'] / 1000:.2f} | {result['p99'] / 1000:.2f} "
            f"| {result['max'] / 1000:.1f} | {result['failed']} |")


def main():
    parser = argparse.ArgumentParser()
    for name in ("server", "index", "corpus", "work", "peers"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--seconds", type=int, default=10)
    options = parser.parse_args()
    os.makedirs(options.work, exist_ok=True)
    with open(os.path.join(HERE, "..", "queries", "mix.json")) as file:
        queries = json.load(file)["queries"]

    results = {}
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    with open(os.path.join(options.work, "server.log"), "w") as log:
        server = subprocess.Popen(
            [options.server, "--index", options.index, "--listen", f"127.0.0.1:{port}", "--log", "none"], stderr=log)
        try:
            wait_for(base + "/readyz", server)
            for name, paths in (("search", search_paths(queries)), ("suggest", suggest_paths(queries))):
                file = write_paths(os.path.join(options.work, name + ".txt"), paths)
                results[f"cand-search, {name}"] = measured(base, file, options.seconds)
        finally:
            server.terminate()
            server.wait(30)

    database = os.path.join(options.work, "candidates.db")
    load_datasette(options.corpus, options.peers, database)
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    datasette = subprocess.Popen(
        [os.path.join(os.path.dirname(sys.executable), "datasette"), "serve", "--immutable", database, "--port",
         str(port), "--setting", "sql_time_limit_ms", "30000", "--setting", "num_sql_threads", "4"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(base + "/-/versions.json", datasette)
        file = write_paths(os.path.join(options.work, "datasette.txt"), datasette_paths(queries))
        results[f"Datasette {version('datasette')}, search"] = measured(base, file, options.seconds)
    finally:
        datasette.terminate()
        datasette.wait(30)

    print("# The server beside Datasette\n")
    print(f"{time.strftime('%Y-%m-%d')}, made by `make bench-http`: wrk on loopback, on the same {os.cpu_count()} cores, for "
          f"{options.seconds} s each. The queries of benchmarks/queries/mix.json, with highlights; suggestions for what is\n"
          "typed on the way to each of their words. Datasette searches the FTS5 table of the same candidates, without a count and "
          "without\nfacets; queries with a condition are left out for it. Warm; answers are not compressed.\n")
    print("| what | connections | requests/s | p50 ms | p99 | max | failed |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for name, result in results.items():
        for connections in CONNECTIONS:
            print(row(name, connections, result[connections]))


if __name__ == "__main__":
    main()
