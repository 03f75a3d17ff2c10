"""A PostgreSQL cluster of the benchmarks' own: on a free port of the loopback, and gone when it is stopped."""

import fcntl
import os
import shutil
import socket
import subprocess
import threading
import time

BIN = "/usr/lib/postgresql/15/bin"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "shared_buffers": "1GB",
    "max_wal_size": "4GB",
    "jit": "off",
}


class Cluster:
    def __init__(self, path):
        self.path = os.path.abspath(path)
        self.peak_bytes = None
        # Several processes use one server: the first starts it, the last stops it. The first file is locked while
        # one of them does, the second is held by all who use it.
        self.turn = open(f"{self.path}.turn", "w")
        self.users = open(f"{self.path}.users", "w")

    @staticmethod
    def version():
        return subprocess.check_output([f"{BIN}/postgres", "--version"], text=True).split()[2]

    @property
    def address(self):
        """Where it listens; its own file of its process says on which port."""
        with open(f"{self.path}/postmaster.pid") as lines:
            port = lines.read().splitlines()[3]
        return f"host=127.0.0.1 port={port} user=bench dbname=postgres"

    def start(self):
        fcntl.flock(self.turn, fcntl.LOCK_EX)
        try:
            if not os.path.exists(f"{self.path}/PG_VERSION"):
                self._create()
            if self._run("pg_ctl", "status", "-D", self.path).returncode != 0:
                settings = " ".join(f"-c {name}={value or chr(39) * 2}" for name, value in SETTINGS.items())
                options = f"-p {free_port()} {settings}"
                self._check("pg_ctl", "start", "-w", "-D", self.path, "-l", f"{self.path}/log", "-o", options)
            fcntl.flock(self.users, fcntl.LOCK_SH)
        finally:
            fcntl.flock(self.turn, fcntl.LOCK_UN)

    def stop(self):
        fcntl.flock(self.turn, fcntl.LOCK_EX)
        try:
            fcntl.flock(self.users, fcntl.LOCK_UN)
            fcntl.flock(self.users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._check("pg_ctl", "stop", "-w", "-m", "fast", "-t", "600", "-D", self.path)
        except BlockingIOError:
            pass  # others use it
        finally:
            fcntl.flock(self.turn, fcntl.LOCK_UN)

    def watch_memory(self):
        """Keeps `peak_bytes` up to date from now on, as far as the system tells."""

        def watch():
            while True:
                now = self._memory_bytes()
                if now is not None:
                    self.peak_bytes = max(self.peak_bytes or 0, now)
                time.sleep(0.1)

        threading.Thread(target=watch, daemon=True).start()

    def _memory_bytes(self):
        """What its processes hold together: pages that they share are counted once."""
        try:
            with open(f"{self.path}/postmaster.pid") as lines:
                first = lines.readline().strip()
            children = subprocess.run(["pgrep", "-P", first], capture_output=True, text=True).stdout.split()
            total = 0
            for process in [first, *children]:
                with open(f"/proc/{process}/smaps_rollup") as lines:
                    total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024
            return total
        except OSError:  # a process has just gone, or is another user's
            return None

    def _create(self):
        os.makedirs(self.path, exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(self.path, "postgres", "postgres")
        self._check("initdb", "-D", self.path, "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")

    def _check(self, program, *arguments):
        run = self._run(program, *arguments)
        if run.returncode != 0:
            raise SystemExit(f"{program}: {run.stderr.strip() or run.stdout.strip()}")

    def _run(self, program, *arguments):
        command = [f"{BIN}/{program}", *arguments]
        # It refuses to run as root.
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        # A server that inherits a pipe would keep its reader waiting.
        log = f"/tmp/cand-search-peer-{os.getpid()}.log"
        with open(log, "w+") as output:
            code = subprocess.run(command, stdout=output, stderr=output, cwd="/").returncode
            output.seek(0)
            text = output.read()
        os.remove(log)
        return subprocess.CompletedProcess(command, code, text, text)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
