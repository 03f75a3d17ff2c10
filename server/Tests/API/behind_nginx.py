"""The configuration of nginx in the documents: TLS, answers as they are, and nothing that was searched in its logs."""

import http.client
import json
import pathlib
import re
import shutil
import signal
import socket
import ssl
import subprocess
import time

from server import ROOT

CONFIGURATION = ROOT / "docs" / "nginx.conf"
MARKER = "Wiedererkennung"


def check(folder, upstream, secret):
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin")
    assert nginx, "nginx is not installed: apt-get install nginx-light"
    port, logs = free_port(), folder / "nginx"
    logs.mkdir()
    make_certificate(logs)
    process = subprocess.Popen(
        [nginx, "-p", logs, "-e", logs / "start.log", "-c", write_configuration(logs, port, upstream)])
    try:
        wait_for(port, process)
        check_search(logs, port, secret)
        check_long_query(logs, port, secret)
        check_upload(logs, port, secret)
        check_refused_upload(logs, port, secret)
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(timeout=10)
    check_without_server(logs, port, secret, nginx)
    written = "".join(file.read_text(errors="replace") for file in logs.glob("*.log"))
    assert "/v1/search" in written, "nginx has logged nothing"
    assert MARKER not in written, "the logs of nginx contain a query"
    assert secret not in written, "the logs of nginx contain a key"


def check_search(logs, port, secret):
    answer = request(logs, port, secret, "GET", f"/v1/search?q=engineer+OR+{MARKER}&limit=2&count=true")
    assert answer.status == 200 and len(answer.object["hits"]) == 2, answer.object
    assert answer.id and answer.id in wait_for_text(logs / "access.log", answer.id)
    assert request(logs, port, "cs_wrong" + MARKER, "GET", "/v1/search").status == 401
    assert request(logs, port, secret, "GET", f"/v1/candidates/-/{MARKER}").status == 404


def check_long_query(logs, port, secret):
    """10,000 characters of 12 bytes each."""
    query = MARKER + "%F0%9F%98%80" * (10_000 - len(MARKER))
    answer = request(logs, port, secret, "GET", "/v1/search?q=" + query)
    assert answer.status in (200, 400) and "request_id" in answer.object or answer.status == 200, answer.status


def check_upload(logs, port, secret):
    record = json.dumps({"id": "nginx-1", "first_name": MARKER}).encode() + b"\n"
    answer = request(logs, port, secret, "POST", "/v1/candidates/nginx", record)
    assert answer.status == 200 and answer.object["added"] == 1, answer.object


def check_refused_upload(logs, port, secret):
    """nginx refuses what the server would refuse."""
    answer = request(logs, port, secret, "POST", f"/v1/candidates/{MARKER}", b" " * ((16 << 20) + 1))
    assert answer.status == 413, answer.status


def check_without_server(logs, port, secret, nginx):
    """What nginx logs about a server that does not run."""
    process = subprocess.Popen(
        [nginx, "-p", logs, "-e", logs / "start.log", "-c", write_configuration(logs, port, free_port())])
    try:
        wait_for(port, process)
        assert request(logs, port, secret, "GET", f"/v1/search?q={MARKER}").status == 502
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(timeout=10)


# MARK: - nginx


def write_configuration(logs, port, upstream):
    """The documented file, at other places and ports."""
    text = CONFIGURATION.read_text()
    for pattern, replacement in [
        (r"listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        (r"server 127\.0\.0\.1:7470", f"server 127.0.0.1:{upstream}"),
        (r"/etc/ssl/[a-z/.-]+\.pem", f"{logs}/certificate.pem"),
        (r"/etc/ssl/[a-z/.-]+\.key", f"{logs}/certificate.key"),
        (r"/var/log/nginx/cand-search\.log", f"{logs}/access.log"),
        (r"/var/log/nginx/cand-search-errors\.log", f"{logs}/errors.log"),
    ]:
        text, count = re.subn(pattern, replacement, text)
        assert count, f"{CONFIGURATION} has no {pattern}"
    (logs / "site.conf").write_text(text)
    main = logs / "nginx.conf"
    main.write_text(
        f"daemon off; worker_processes 1; pid {logs}/pid; error_log {logs}/start.log warn;\n"
        f"events {{}}\nhttp {{ client_body_temp_path {logs}/body; proxy_temp_path {logs}/proxy;\n"
        f"  fastcgi_temp_path {logs}/fastcgi; scgi_temp_path {logs}/scgi; uwsgi_temp_path {logs}/uwsgi;\n"
        f"  include {logs}/site.conf; }}\n")
    return main


def make_certificate(logs):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-days", "1", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
         "-keyout", logs / "certificate.key", "-out", logs / "certificate.pem"],
        check=True, capture_output=True)


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def wait_for(port, process):
    while process.poll() is None:
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError("nginx did not start")


def wait_for_text(path, text):
    """nginx writes its line after the answer."""
    for _ in range(200):
        if path.exists() and text in path.read_text():
            break
        time.sleep(0.02)
    return path.read_text()


class Answer:
    def __init__(self, response):
        body = response.read()
        self.status = response.status
        self.id = response.headers["X-Request-Id"]
        is_json = "json" in (response.headers["Content-Type"] or "")
        self.object = json.loads(body) if is_json else None


def request(logs, port, secret, method, path, body=None):
    context = ssl.create_default_context(cafile=logs / "certificate.pem")
    connection = http.client.HTTPSConnection("localhost", port, context=context, timeout=30)
    headers = {"Authorization": f"Bearer {secret}", "User-Agent": MARKER, "Referer": f"https://{MARKER}/"}
    connection.request(method, path, body, headers | ({"Content-Type": "application/x-ndjson"} if body else {}))
    answer = Answer(connection.getresponse())
    connection.close()
    return answer
