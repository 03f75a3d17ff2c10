"""A candidate that is open, and the keys."""

import json
import re
import urllib.request

from playwright.sync_api import expect

from browser import box, candidate, main, names, rows, scenario
from scenarios.results import row
from server import SAMPLES

ASHDOWN = "018b18ef-0000-7dde-8044-23993fefa621"


def title(page):
    return candidate(page).get_by_role("heading", level=2)


@scenario
def candidate_shows_every_field(web):
    page = web.page(path="/?q=ashdown")
    row(page, "Robert Ashdown").get_by_role("link").click()
    expect(title(page)).to_have_text("Robert Ashdown")
    expect(title(page)).to_be_focused()
    for heading in ["Contact", "Work", "Dates", "Where it comes from"]:
        expect(candidate(page).get_by_role("heading", name=heading, exact=True)).to_be_visible()
    record = next(line for line in SAMPLES.read_text().splitlines() if ASHDOWN in line)
    fields = json.loads(record)
    values = [fields["company"], fields["title"], fields["remote_id"], fields["id"], *fields["locations"], *fields["tags"]]
    values += fields["email_addresses"] + fields["phone_numbers"] + [link["value"] for link in fields["urls"]]
    values += ["9 May 2025", "3 April 2018", "21 February 2021", "15 December 2026"]
    for value in values:
        expect(candidate(page).get_by_role("definition").filter(has_text=value).first).to_be_visible()
    custom = candidate(page).get_by_text("CAREERS PAGE", exact=True)
    expect(custom).to_be_hidden()
    candidate(page).get_by_text("Custom fields", exact=True).click()
    expect(custom).to_be_visible()


@scenario
def candidate_shows_the_record_as_received(web):
    lines = {json.loads(line)["id"]: line for line in SAMPLES.read_text().splitlines()}
    page = web.page(path=f"/?q=ashdown&connector=greenhouse&id={ASHDOWN}")
    candidate(page).get_by_text("Record as received").click()
    assert candidate(page).locator("pre").text_content() == lines[ASHDOWN]
    # Loaded by the script.
    page.goto("/?q=connector%3Ahostile+nested")
    row(page, "Nested").get_by_role("link").click()
    expect(title(page)).to_have_text("Nested")
    address = web.sites.address("keyless") + "/v1/candidates/hostile/nested"
    with urllib.request.urlopen(address) as answer:
        assert candidate(page).locator("pre").text_content().encode() == answer.read()


@scenario
def candidate_is_written_to_only_with_permission(web):
    """Links to addresses and numbers only where `can_email` is true: not if it is false, and not if it is unknown."""
    page = web.page()
    for permission, links in [("true", True), ("false", False), ("unknown", False)]:
        page.goto(f"/?q=can_email%3A{permission}+has%3Aemail+has%3Aphone+-connector%3Ahostile")
        rows(page).first.get_by_role("link").click()
        expect(title(page)).to_be_visible()
        contact = candidate(page).locator("section", has=page.get_by_role("heading", name="Contact", exact=True))
        addresses = contact.get_by_role("link").evaluate_all("links => links.map(link => link.href)")
        assert any(address.startswith("mailto:") for address in addresses) == links, addresses
        assert any(address.startswith("tel:") for address in addresses) == links, addresses
        expect(contact).to_contain_text(re.compile(r"@\S*example\."))
        expect(candidate(page).get_by_text("May not be e-mailed")).to_have_count(1 if permission == "false" else 0)
        expect(candidate(page).get_by_text("May be e-mailed", exact=True)).to_have_count(1 if links else 0)


@scenario
def focus_goes_to_the_candidate_and_returns(web):
    page = web.page(path="/?q=engineer")
    link = rows(page).nth(3).get_by_role("link")
    link.focus()
    page.keyboard.press("Enter")
    expect(title(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(title(page)).to_have_count(0)
    expect(link).to_be_focused()
    link.click()
    expect(title(page)).to_be_focused()
    candidate(page).get_by_role("link", name="Back to the results").click()
    expect(title(page)).to_have_count(0)
    expect(link).to_be_focused()


@scenario
def keys(web):
    page = web.page(path="/?q=engineer")
    found = names(page)
    page.keyboard.press("j")
    expect(title(page)).to_have_text(found[0])
    page.keyboard.press("j")
    expect(title(page)).to_have_text(found[1])
    expect(rows(page).nth(1).locator("..")).to_have_class(re.compile("open"))
    page.keyboard.press("k")
    expect(title(page)).to_have_text(found[0])
    expect(candidate(page).get_by_role("link", name="Previous")).to_have_count(0)
    candidate(page).get_by_role("link", name="Next").click()
    expect(title(page)).to_have_text(found[1])
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    # Letters that are typed are no keys.
    page.keyboard.press("End")
    page.keyboard.type(" jk?/")
    expect(box(page)).to_have_value(re.compile(r"jk\?/$"))
    expect(page.get_by_role("dialog")).to_have_count(0)


@scenario
def keys_are_listed(web):
    page = web.page(path="/?q=engineer")
    expect(rows(page).first).to_be_visible()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Shortcuts")
    expect(dialog).to_be_visible()
    for key in ["/", "j", "k", "Esc", "?"]:
        expect(dialog.get_by_text(key, exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Shortcuts").click()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()


@scenario
def candidate_that_does_not_exist(web):
    web.expect_status(404)
    page = web.page(path="/?q=engineer&connector=lever&id=missing")
    expect(candidate(page).get_by_role("heading", name="Candidate not found")).to_be_visible()
    expect(rows(page).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(title(page)).to_have_count(0)
    expect(main(page)).to_be_visible()


@scenario
def links_of_a_candidate_search(web):
    page = web.page(path=f"/?q=ashdown&connector=greenhouse&id={ASHDOWN}")
    candidate(page).get_by_role("link", name="bilingual").click()
    expect(box(page)).to_have_value(re.compile("bilingual"))
    expect(title(page)).to_have_count(0)
