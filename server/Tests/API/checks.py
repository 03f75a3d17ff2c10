"""Checks of answers beside those of schemathesis."""

import re
from urllib.parse import quote

import requests
import schemathesis


@schemathesis.hook
def before_call(context, case, kwargs):
    """Forgets ids that no upload has: who is forgotten is kept out, and would be missing after an upload."""
    if case.path == "/v1/forget" and isinstance(case.body, dict) and isinstance(case.body.get("ids"), list):
        case.body["ids"] = ["forgotten" + id[9:] if isinstance(id, str) and id else id for id in case.body["ids"]]


KINDS_OF_TEXTS = {"wrong-query", "wrong-cursor"}


@schemathesis.check
def errors_are_problems(ctx, response, case):
    """An error is a problem of the documentation, and says what the header says."""
    if response.status_code < 400 or case.method == "HEAD":
        return
    problem = response.json()
    assert response.headers["content-type"][0] == "application/problem+json"
    assert problem["status"] == response.status_code
    assert re.fullmatch(r"/docs#problem-[a-z-]+", problem["type"])
    # The handler of the connection refuses what is not HTTP before the request has an id.
    if "x-request-id" in response.headers:
        assert problem["request_id"] == response.headers["x-request-id"][0]


def is_wrong(record):
    """Lists, and members that are lists, may be envelopes with records in them."""
    if isinstance(record, dict):
        is_envelope = any(isinstance(value, (dict, list)) for value in record.values())
        return not is_envelope and record.get("id") in (None, "")
    return not isinstance(record, list)


@schemathesis.check
def wrong_records_are_refused(ctx, response, case):
    """An upload whose records do not fit the schema names a refused record."""
    if case.operation.definition.raw.get("operationId") != "add-candidates" or response.status_code != 200:
        return
    summary = response.json()
    assert summary["refused"] == len(summary["refusals"]) or summary["refused"] > 1000
    if case.media_type != "application/json" or not isinstance(case.body, (dict, list)):
        return
    records = case.body if isinstance(case.body, list) else [case.body]
    if any(is_wrong(record) for record in records):
        assert summary["refused"] > 0


@schemathesis.check
def uploaded_candidates_exist(ctx, response, case):
    """The first record of an upload without refused records is found."""
    if case.operation.definition.raw.get("operationId") != "add-candidates" or response.status_code != 200:
        return
    if case.media_type != "application/json" or not isinstance(case.body, list) or response.json()["refused"]:
        return
    # Clients remove the parts `.` and `..` of a path; the path takes ids of 1,000 characters.
    ids = [record.get("id") for record in case.body if isinstance(record, dict)]
    for id in [id for id in ids if isinstance(id, str) and id not in (".", "..") and len(id) <= 1_000][:1]:
        key = {name: value for name, value in response.request.headers.items() if name == "Authorization"}
        found = requests.get(f"{response.request.url}/{quote(id, safe='')}", headers=key)
        assert found.status_code == 200, f"{found.status_code} for {id!r}"
        assert found.json()["id"] == id


@schemathesis.check
def valid_requests_are_refused_for_texts_only(ctx, response, case):
    """A request that fits the schema may have a wrong query or a wrong cursor, and nothing else that is wrong."""
    is_positive = case.meta is not None and case.meta.generation.mode.is_positive
    if is_positive and response.status_code == 400:
        assert response.json()["type"].removeprefix("/docs#problem-") in KINDS_OF_TEXTS
