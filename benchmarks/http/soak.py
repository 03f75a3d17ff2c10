"""Mixed load on the HTTP server for some minutes: searches, suggestions, uploads and deletions, while the index is
rebuilt and synced again and again, clients disconnect, and the server is killed and started anew once.

Usage: soak.py --bin FOLDER --index FILE --work FOLDER [--minutes 10] [--warm-up 4]

Fails if an answer is wrong or does not come, if an error is not documented, if a kind of load never gets through, or if
the memory of the server grows by more than a tenth.

The server is killed in the middle of the warm-up, at whose end its caches and the arenas of the allocator have their sizes.
Then the load goes on for the minutes. The memory is sampled from the restart to the end; the medians of the first and of
the last third after the warm-up are compared.
"""

import argparse
import datetime
import http.client
import http.server
import json
import os
import random
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
import uuid

# Searches whose hits do not depend on what is uploaded meanwhile.
STABLE = ["tag:JUNIOR", "title:engineer", "can_email:true title:nurse", "location:berlin", "title:=manager",
          "-has:phone title:analyst", "last_interaction:2023 tag:SENIOR", "company:tel title:developer"]
RANKED = ["engineer", "senior engineer", "john smith", "bob jones", "sofware develper", "nurse berlin",
          "müller OR meier", '"project manager"', "eng*", "qqqq zzzz", "tag:JUNIOR engineer", "can_email:true",
          "jo", "manager OR analyst OR nurse", "(engineer OR developer) -tag:JUNIOR paris", "title:=engineer"]
PREFIXES = ["e", "en", "eng", "john", "john s", "ber", "mana", "z", "müll"]
# The seconds between two rebuilds, and between two syncs. Each holds the lock of writers for some seconds.
REINDEX_PAUSE = 10
SYNC_PAUSE = 2
# The number of samples in a third of the time after the warm-up.
THIRD = 40
# Each must get through at least once.
NEEDED = ["search", "compare", "suggest", "upload", "search after upload", "delete", "get after delete", "disconnect",
          "reindex: exit 0", "sync: exit 0"]
# Statuses that an overloaded server may answer with besides the right one.
DOCUMENTED = {429, 503}


class Failures:
    def __init__(self):
        self.lock = threading.Lock()
        self.texts = []
        self.counts = {}

    def add(self, text):
        with self.lock:
            self.texts.append(text)
            print("FAILED:", text, file=sys.stderr, flush=True)

    def count(self, name):
        with self.lock:
            self.counts[name] = self.counts.get(name, 0) + 1


class Server:
    """The process, which is started anew after it was killed."""

    def __init__(self, options, port):
        self.command = [os.path.join(options.bin, "cand-search-server"), "--index", options.index, "--listen",
                        f"127.0.0.1:{port}"]
        self.log_path = os.path.join(options.work, "server.log")
        self.port = port
        self.down = threading.Event()
        self.kills = 0
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.command, stderr=open(self.log_path, "a"))
        for _ in range(200):
            try:
                if request(self.port, "GET", "/readyz")[0] == 200:
                    return
            except OSError:
                time.sleep(0.05)
        sys.exit("the server does not start")

    def kill(self):
        self.down.set()
        self.kills += 1
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.start()
        self.down.clear()

    def memory(self):
        """The resident memory, in bytes, without the pages of files, which the system may take back."""
        with open(f"/proc/{self.process.pid}/status") as file:
            return next(int(line.split()[1]) * 1024 for line in file if line.startswith("RssAnon"))


def request(port, method, path, body=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path, body=body, headers=headers or {})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def search_path(query, **parameters):
    return "/v1/search?" + urllib.parse.urlencode({"q": query, **parameters})


# Uploads and syncs write the same candidates again and again: an index that grows needs more memory.
POOL = 5_000


def record(number, word):
    return {"id": str(uuid.uuid5(uuid.NAMESPACE_OID, str(number % POOL))), "first_name": "Sample", "last_name": word, "title": "Soak Tester",
            "modified_at": datetime.datetime.now(datetime.timezone.utc).isoformat(), "email_addresses": [f"{word}.{number}@example.org"]}


class Load:
    def __init__(self, server, failures, options):
        self.server = server
        self.failures = failures
        self.options = options
        self.stop = threading.Event()
        self.baseline = {}
        for query in STABLE:
            self.baseline[query] = self.stable_ids(query)

    def stable_ids(self, query):
        status, body = request(self.server.port, "GET",
                               search_path(f"({query}) -connector:soak -connector:synced", limit=20, count="true"))
        if status != 200:
            return status, None
        answer = json.loads(body)
        return status, (answer["count"], [hit["id"] for hit in answer["hits"]])

    def repeat(self, step):
        def run():
            while not self.stop.is_set():
                kills = self.server.kills
                try:
                    step()
                except Exception as error:
                    # The server is away for a moment when it is killed.
                    if self.server.down.is_set() or self.server.kills > kills:
                        self.failures.count(f"{step.__name__}: the server was killed")
                        time.sleep(0.02)
                    else:
                        self.failures.add(f"{step.__name__}: {error!r}")
                        time.sleep(0.5)
        thread = threading.Thread(target=run, name=step.__name__)
        thread.start()
        return thread

    def expect(self, what, status, body, *allowed):
        if status in allowed:
            self.failures.count(what)
            return True
        if status in DOCUMENTED:
            self.failures.count(f"{what}: {status}")
            return False
        self.failures.add(f"{what}: {status} {body[:300]!r}")
        return False

    def search(self):
        query = random.choice(RANKED)
        options = random.choice([{}, {"facet": "tag,company"}, {"count": "true"}, {"sort": "name"},
                                 {"relaxed": "hits"}, {"limit": 100}, {"explain": "true"}])
        status, body = request(self.server.port, "GET", search_path(query, **options),
                               headers={"Accept-Encoding": random.choice(["gzip", "identity"])})
        self.expect("search", status, body, 200)

    def compare(self):
        query = random.choice(STABLE)
        status, found = self.stable_ids(query)
        if status == 200 and (status, found) != self.baseline[query]:
            self.failures.add(f"{query}: other hits than before")
        self.expect("compare", status, b"", 200)

    def suggest(self):
        path = "/v1/suggest?" + urllib.parse.urlencode({"q": random.choice(PREFIXES)})
        self.expect("suggest", *request(self.server.port, "GET", path), 200)

    def upload(self):
        word = "soak" + uuid.uuid4().hex[:12]
        first = random.randrange(POOL)
        records = [record(first + number, word) for number in range(random.randrange(1, 200))]
        lines = [json.dumps(entry) for entry in records]
        lines.insert(random.randrange(len(lines) + 1), '{"id": "broken')
        status, body = request(self.server.port, "POST", "/v1/candidates/soak", "\n".join(lines),
                               {"Content-Type": "application/x-ndjson"})
        if not self.expect("upload", status, body, 200):
            return
        if json.loads(body)["refused"] < 1:
            self.failures.add("upload: a broken record was not refused")
        status, body = request(self.server.port, "GET", search_path(f"last_name:{word}", count="true", limit=0))
        if self.expect("search after upload", status, body, 200):
            count = json.loads(body)["count"]
            # What follows a broken line on it is lost with it.
            if not len(records) - 1 <= count <= len(records):
                self.failures.add(f"upload: {count} of {len(records)} found")
        one = records[-1]["id"]
        status, body = request(self.server.port, "DELETE", f"/v1/candidates/soak/{one}")
        if self.expect("delete", status, body, 204, 404) and status == 204:
            self.expect("get after delete", *request(self.server.port, "GET", f"/v1/candidates/soak/{one}"), 404)

    def disconnect(self):
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=5) as client:
            text = random.choice([
                f"GET {search_path('engineer', limit=1000)} HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "POST /v1/candidates/soak HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n{\"id\": \"a",
                "POST /v1/candidates/soak HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"id\"",
                "GET /v1/sea", "\x00\xff garbage\r\n\r\n"])
            client.sendall(text.encode("latin-1"))
            time.sleep(random.random() * 0.05)
        self.failures.count("disconnect")
        time.sleep(0.02)

    def reindex(self):
        self.run_program("reindex", "reindex", "--index", self.options.index)
        self.stop.wait(REINDEX_PAUSE)

    def sync(self):
        self.run_program("sync", "sync", "--index", self.options.index, "--config", self.options.config, "--full",
                         "--allow-removals", "100%")
        self.stop.wait(SYNC_PAUSE)

    def run_program(self, name, *arguments):
        result = subprocess.run([os.path.join(self.options.bin, "cand-search"), *arguments], capture_output=True,
                                text=True)
        is_busy = result.returncode == 4 and "another process is writing" in result.stderr
        if result.returncode != 0 and not is_busy:
            self.failures.add(f"{name}: exit {result.returncode}: {result.stderr[-300:]}")
        self.failures.count(f"{name}: exit {result.returncode}")


class Bindbee(http.server.BaseHTTPRequestHandler):
    """An API with one page of candidates, others at every sync."""

    def do_GET(self):
        first = random.randrange(POOL)
        items = [record(first + number, "synced" + uuid.uuid4().hex[:8]) for number in range(100)]
        body = json.dumps({"cursor": None, "page_size": len(items), "items": items}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


def series(samples):
    return " ".join(f"{sample / 1e6:.0f}" for sample in samples)


def main():
    parser = argparse.ArgumentParser()
    for name in ("bin", "index", "work"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--warm-up", type=float, default=4)
    options = parser.parse_args()
    os.makedirs(options.work, exist_ok=True)
    copy = os.path.join(options.work, "soak.db")
    for ending in ("", "-wal", "-shm", "-searches", "-searches-wal", "-searches-shm"):
        if os.path.exists(copy + ending):
            os.remove(copy + ending)
    shutil.copy(options.index, copy)
    options.index = copy
    api = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Bindbee)
    threading.Thread(target=api.serve_forever, daemon=True).start()
    options.config = os.path.join(options.work, "connectors.json")
    with open(os.open(options.config, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
        json.dump({"connectors": [{"name": "synced", "api_key": "key", "token": "token",
                                   "base_url": f"http://127.0.0.1:{api.server_port}"}]}, file)

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    failures = Failures()
    server = Server(options, port)
    load = Load(server, failures, options)
    steps = [load.search, load.search, load.search, load.compare, load.suggest, load.upload, load.disconnect,
             load.reindex, load.sync]
    threads = [load.repeat(step) for step in steps]
    time.sleep(options.warm_up * 30)
    server.kill()
    restart = time.monotonic()
    warm_up, samples = [], []
    pause = options.minutes * 60 / (3 * THIRD)
    while len(samples) < 3 * THIRD:
        time.sleep(pause)
        is_warm = time.monotonic() - restart >= options.warm_up * 30
        (samples if is_warm else warm_up).append(server.memory())
    load.stop.set()
    for thread in threads:
        thread.join()
    server.process.terminate()
    status = server.process.wait(60)
    if status != 0:
        failures.add(f"the server ended with status {status}")
    checked = subprocess.run([os.path.join(options.bin, "cand-search"), "check", "--full", "--index", copy],
                             capture_output=True, text=True)
    if checked.returncode != 0:
        failures.add(f"check: {checked.stdout} {checked.stderr}")

    for name in NEEDED:
        if name not in failures.counts:
            failures.add(f"{name}: never")
    early, late = statistics.median(samples[:THIRD]), statistics.median(samples[-THIRD:])
    print(f"memory, MB, each {pause:.1f} s: warm-up: {series(warm_up)}")
    for third in range(3):
        print(f"  third {third + 1}: {series(samples[third * THIRD:(third + 1) * THIRD])}")
    print(f"median: {early / 1e6:.0f} MB in the first third, {late / 1e6:.0f} MB in the last")
    if late > early * 1.1:
        failures.add("the memory of the server has grown by more than a tenth")
    for name, count in sorted(failures.counts.items()):
        print(f"{name}: {count}")
    print(f"failures: {len(failures.texts)}")
    sys.exit(1 if failures.texts else 0)


if __name__ == "__main__":
    main()
