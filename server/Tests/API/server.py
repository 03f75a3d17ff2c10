"""A server over a copy of the sample index, and what is needed beside it."""

import base64
import contextlib
import hashlib
import json
import os
import pathlib
import secrets
import signal
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[3]
SAMPLES = ROOT / "docs" / "samples" / "candidates.ndjson"
BINARIES = ROOT / ".build" / "debug"
RIGHTS = ["search", "contacts", "records", "write", "forget", "export", "log", "metrics"]


def add_key(path, name, rights=RIGHTS, rate=None, scope=None):
    """Adds a key to a file and returns its secret."""
    secret = "cs_" + base64.urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=").decode()
    key = {
        "name": name,
        "id": secret[3:11],
        "hash": hashlib.sha256(secret.encode()).hexdigest(),
        "rights": rights,
        "created": "2026-01-01T00:00:00Z",
    }
    if rate:
        key["rate"] = rate
    if scope:
        key["scope"] = scope
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w") as file:
        file.write(json.dumps(key) + "\n")
    return secret


@contextlib.contextmanager
def server(folder, *arguments):
    """Runs a server over the sample candidates on a free port of loopback."""
    index = folder / "candidates.db"
    add_candidates(index, SAMPLES)
    with running(index, folder / "server.log", *arguments) as port:
        yield port


def add_candidates(index, *arguments):
    subprocess.run([BINARIES / "cand-search", "index", "--index", index, *arguments], check=True, capture_output=True)


@contextlib.contextmanager
def running(index, log, *arguments):
    """Runs a server over an index. It must end with 0 and log nothing but JSON, and no failure."""
    with open(log, "wb") as errors:
        process = subprocess.Popen(
            [BINARIES / "cand-search-server", "--index", index, "--listen", "127.0.0.1:0", *arguments],
            stdout=subprocess.DEVNULL, stderr=errors)
    try:
        yield wait_for_port(process, log)
    finally:
        process.send_signal(signal.SIGTERM)
        code = process.wait(timeout=30)
    assert code == 0, f"the server ended with {code}"
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert lines[-1]["message"] == "stopped"
    failures = [line for line in lines if line["level"] in ("error", "critical")]
    assert not failures, failures


def wait_for_port(process, log):
    while process.poll() is None:
        for line in log.read_text().splitlines():
            if '"listening"' in line:
                return json.loads(line)["port"]
    raise RuntimeError(f"the server did not start: {log.read_text()}")
