"""Tests the description of the API against a live server, with and without keys, and the server behind nginx.

Exits with 1 at the first failure.
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import urllib.request

import behind_nginx
from server import add_key, server

HERE = pathlib.Path(__file__).resolve().parent
TOOLS = pathlib.Path(sys.executable).parent


def check_description(folder, port, secret=None):
    address = f"http://127.0.0.1:{port}/openapi.json"
    description = folder / "openapi.json"
    description.write_bytes(urllib.request.urlopen(address).read())
    subprocess.run([TOOLS / "openapi-spec-validator", description], check=True)
    settings = (HERE / "schemathesis.toml").read_text()
    if secret:
        settings += '\n[auth.openapi.key]\nbearer = "${CAND_SEARCH_TEST_KEY}"\n'
    (folder / "schemathesis.toml").write_text(settings.replace("checks.py", str(HERE / "checks.py")))
    environment = {**os.environ, "CAND_SEARCH_TEST_KEY": secret or ""}
    subprocess.run(
        [TOOLS / "st", "--config-file", folder / "schemathesis.toml", "run", address, "--no-color"],
        check=True, env=environment, cwd=folder)


def main():
    with tempfile.TemporaryDirectory() as path, server(pathlib.Path(path)) as port:
        print("without keys", flush=True)
        check_description(pathlib.Path(path), port)
    with tempfile.TemporaryDirectory() as path:
        folder = pathlib.Path(path)
        secret = add_key(folder / "keys.ndjson", "test")
        with server(folder, "--keys", folder / "keys.ndjson") as port:
            print("with keys", flush=True)
            check_description(folder, port, secret)
            print("behind nginx", flush=True)
            behind_nginx.check(folder, port, secret)


if __name__ == "__main__":
    try:
        main()
    except (AssertionError, subprocess.CalledProcessError) as error:
        sys.exit(f"failed: {error}")
