"""The servers that are tested, over one index: the sample candidates of two connectors, and the hostile ones."""

import contextlib
import http.server
import json
import pathlib
import sqlite3
import subprocess
import sys
import threading
import urllib.parse
import urllib.request

import hostile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "API"))
from server import BINARIES, ROOT, SAMPLES, add_candidates, add_key, running  # noqa: E402, F401

# The names of keys, with their rights and scopes.
KEYS = {
    "searcher": {"rights": ["search"]},
    "reader": {"rights": ["search", "records"]},
    "recruiter": {"rights": ["search", "contacts", "records", "export"]},
    "scoped": {"rights": ["search", "records"], "scope": "connector:lever -is:private"},
    "leaver": {"rights": ["search", "records"]},
    "auditor": {"rights": ["search", "log"]},
}
DAY = 86_400


class Sites:
    """Starts each server when it is needed, and stops all at the end."""

    def __init__(self, folder):
        self.folder = folder
        self.index = folder / "candidates.db"
        self.keys = {}
        self._stack = contextlib.ExitStack()
        self._ports = {}
        self._lock = threading.Lock()
        lines = SAMPLES.read_text().splitlines(keepends=True)
        for name, chosen in [("greenhouse", lines[::2]), ("lever", lines[1::2])]:
            (folder / name).write_text("".join(chosen))
            add_candidates(self.index, "--connector", name, folder / name)
        hostile.write(folder / "hostile")
        add_candidates(self.index, "--connector", "hostile", folder / "hostile")

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._stack.__exit__(*error)

    def address(self, name):
        with self._lock:
            if name not in self._ports:
                log = self.folder / f"{name}.log"
                index, *arguments = getattr(self, f"_{name}")()
                self._ports[name] = self._stack.enter_context(running(index, log, *arguments))
        return f"http://127.0.0.1:{self._ports[name]}"

    def get(self, name, path, key=None, purpose=None):
        """The JSON that the API answers."""
        headers = {"Authorization": f"Bearer {self.keys[key]}"} if key else {}
        if purpose:
            headers["X-Purpose"] = purpose
        request = urllib.request.Request(self.address(name) + path, headers=headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def count(self, query):
        address = "/v1/search?limit=0&count=true&q=" + urllib.parse.quote(query)
        return self.get("keyless", address)["count"]

    def revoke(self, key):
        subprocess.run(
            [BINARIES / "cand-search", "keys", "revoke", key, "--keys", self.folder / "keys.ndjson"],
            check=True, capture_output=True)

    # MARK: - Servers

    def _keyless(self):
        return self.index, "--log", "none"

    def _samples(self):
        """The sample candidates alone, without a connector: what screenshots show."""
        index = self.folder / "samples.db"
        add_candidates(index, SAMPLES)
        return index, "--log", "none"

    def _keyed(self):
        path = self.folder / "keys.ndjson"
        self.keys = {name: add_key(path, name, **options) for name, options in KEYS.items()}
        return self.index, "--keys", path, "--log", self.folder / "keyed-searches.db"

    def _purposeful(self):
        path = self.folder / "purposeful.toml"
        path.write_text(f'[log]\nfile = "{self.folder}/purposeful-searches.db"\npurpose = "required"\n')
        path.chmod(0o600)
        return self.index, "--config", path

    def _synced(self):
        """Two connectors were synced; the permission of one has expired since, the other was synced 3 days ago."""
        api = self._stack.enter_context(bindbee())
        index, path = self.folder / "synced.db", self.folder / "synced.toml"
        path.write_text("".join(
            f'[[connector]]\nname = "{name}"\napi-key = "k"\ntoken = "t"\nbindbee-id = "{name}"\n'
            f'base-address = "{api}"\n' for name in ["greenhouse", "lever"]))
        path.chmod(0o600)
        subprocess.run(
            [BINARIES / "cand-search", "sync", "--index", index, "--config", path], check=True, capture_output=True)
        with contextlib.closing(sqlite3.connect(index)) as database, database:
            changed = database.execute(
                "UPDATE sync SET fresh_at = fresh_at - ? WHERE connector = 'lever'", [3 * DAY * 1_000_000])
            assert changed.rowcount == 1
        return index, "--config", path, "--log", "none"


@contextlib.contextmanager
def bindbee():
    """An API on loopback with one candidate, and connectors of which `greenhouse` must be linked again."""
    connectors = [
        {"id": "greenhouse", "is_active": True, "status": "RELINK_NEEDED", "relink_needed_at": "2026-01-02T00:00:00Z"},
        {"id": "lever", "is_active": True, "status": "COMPLETE"},
    ]
    candidates = [{"id": "1", "first_name": "Ann", "modified_at": "2026-01-01T00:00:00Z"}]

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            items = connectors if self.path.startswith("/api/ats/v1/connectors") else candidates
            body = json.dumps({"cursor": None, "page_size": len(items), "items": items}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
