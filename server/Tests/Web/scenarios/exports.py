"""The export of a result."""

import csv
import io
import pathlib
import re

from playwright.sync_api import expect

from browser import expect_count, filters, scenario


def save(page):
    """Saves the export, and returns its rows."""
    with page.expect_download() as download:
        filters(page).get_by_role("button", name=re.compile("^Save .* as a table")).click()
    text = pathlib.Path(download.value.path()).read_bytes().decode("utf-8-sig")
    assert re.fullmatch(r"candidates-\d{4}-\d\d-\d\d\.csv", download.value.suggested_filename)
    return list(csv.DictReader(io.StringIO(text, newline="")))


def check_addresses(page, sites, query):
    lines = save(page)
    assert len(lines) == sites.count(query)
    permitted = [line for line in lines if line["can_email"] == "true"]
    withheld = [line for line in lines if line["can_email"] != "true"]
    assert permitted and withheld
    assert all(not line["email_addresses"] for line in withheld), withheld
    assert sum("@" in line["email_addresses"] for line in permitted) == sites.count(f"({query}) can_email:true has:email")
    expect(filters(page)).to_contain_text(re.compile(rf"\b{len(withheld)} have not agreed to be e-mailed: their addresses are left out"))


@scenario
def export_withholds_addresses(web):
    page = web.page(path="/?q=engineer")
    expect_count(page, web.sites.count("engineer"))
    check_addresses(page, web.sites, "engineer")
    page.goto("/?q=engineer+can_email%3Atrue")
    expect_count(page, web.sites.count("engineer can_email:true"))
    expect(filters(page).get_by_role("button", name=re.compile("^Save"))).to_be_visible()
    expect(filters(page)).not_to_contain_text("have not agreed")


@scenario
def export_is_recorded(web):
    page = web.sign_in("recruiter", "/?q=nurse+berlin")
    expect_count(page, web.sites.count("nurse berlin"))
    lines = save(page)
    entries = web.sites.get("keyed", "/v1/log?kind=export&q=nurse", key="auditor")["entries"]
    assert len(entries) == 1 and entries[0]["key"] == "recruiter" and entries[0]["query"] == "nurse berlin", entries
    assert sorted(found["id"] for found in entries[0]["candidates"]) == sorted(line["id"] for line in lines)


@scenario
def export_needs_rights(web):
    web.expect_status(403)
    page = web.sign_in("reader", "/?q=engineer")
    expect_count(page, web.sites.count("engineer"))
    expect(filters(page).get_by_role("heading", name="Source", exact=True)).to_be_visible()
    expect(filters(page).get_by_role("button", name=re.compile("Save"))).to_have_count(0)
    # Nor by a form that the page does not have.
    token = page.locator("input[name=csrf]").first.input_value()
    answer = page.request.post("/export", form={"q": "engineer", "csrf": token})
    assert answer.status == 403 and "example.com" not in answer.text()
