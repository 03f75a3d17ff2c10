"""What a list of results shows."""

import re

from playwright.sync_api import expect

from browser import (
    box, count_text, expect_count, facet, main, rows, scenario, type_query)
from scenarios.live import hrefs, ids, order


def row(page, name):
    return rows(page).filter(has=page.get_by_role("heading", name=name, exact=True))


@scenario
def results_say_who_may_be_written_to(web):
    """Badges: private, may not be e-mailed, and unknown, which is not the same."""
    page = web.page(path="/?q=is_private%3Atrue+can_email%3Afalse+-connector%3Ahostile")
    expect(rows(page).first).to_contain_text("Private")
    expect(rows(page).first).to_contain_text("May not be e-mailed")
    page.goto("/?q=can_email%3Aunknown+is_private%3Afalse+-connector%3Ahostile")
    expect(rows(page).first).to_contain_text("Unknown whether e-mail is welcome")
    expect(main(page).get_by_text("May not be e-mailed")).to_have_count(0)
    expect(main(page).get_by_text("Private", exact=True)).to_have_count(0)
    page.goto("/?q=can_email%3Atrue+is_private%3Afalse+-connector%3Ahostile")
    expect(rows(page).first).to_be_visible()
    expect(main(page).get_by_text(re.compile("e-mail", re.IGNORECASE))).to_have_count(0)


@scenario
def results_show_fields_and_matches(web):
    page = web.page(path="/?q=node.js+tag%3Areferral+ashdown")
    found = row(page, "Robert Ashdown")
    for text in ["Node.js Engineer", "Blue Harbor Bank", "Bengaluru", "referral"]:
        expect(found).to_contain_text(text)
    expect(found.get_by_text(re.compile(r"^Last interaction .+ ago$"))).to_be_visible()
    marks = found.locator("mark").all_inner_texts()
    assert {"ashdown", "referral", "node.js"} <= {mark.lower() for mark in marks}, marks


@scenario
def results_show_a_match_elsewhere(web):
    """A match in a field that the row does not have."""
    page = web.page(path="/?q=bob.kilbride%40example.net")
    expect(row(page, "Bob Kilbride").locator("mark").filter(has_text="bob.kilbride@example.net")).to_be_visible()


@scenario
def results_say_why(web):
    """Bob finds Robert, after the ones who are called Bob, below a heading, with a reason."""
    page = web.page(path="/?q=bob")
    headings = main(page).get_by_role("heading").all_inner_texts()
    assert headings.index("Bob Kilbride") < headings.index("Robert Ashdown"), headings
    text = main(page).get_by_role("heading", level=2).last.inner_text()
    assert headings.index("Bob Kilbride") < headings.index(text) < headings.index("Robert Ashdown"), headings
    expect(row(page, "Robert Ashdown").get_by_text(re.compile(r"\b[Bb]ob\b"))).to_be_visible()


@scenario
def results_of_corrected_spelling(web):
    page = web.page()
    type_query(page, "enginer")
    offer = main(page).get_by_text(re.compile("^Showing results for engineer · search instead for enginer$"))
    expect(offer).to_be_visible()
    expect_count(page, web.sites.count("enginer"))
    expect(main(page).get_by_role("heading", level=2).filter(has_text="spelling")).to_be_visible()
    offer.get_by_role("link", name="enginer").click()
    expect(offer).to_have_count(0)
    expect(page).to_have_url(re.compile("as_typed=true"))
    expect(box(page)).to_have_value("enginer")
    expect(main(page).get_by_role("heading", name="No candidate matches")).to_be_visible()


@scenario
def filters_edit_the_box(web):
    page = web.page(path="/?q=engineer")
    link = facet(page, "Tag").get_by_role("link", name="JUNIOR")
    junior = web.sites.count("engineer tag:=JUNIOR")
    expect(facet(page, "Tag").get_by_role("listitem").filter(has_text="JUNIOR")).to_contain_text(str(junior))
    link.click()
    expect(box(page)).to_have_value(re.compile(r"^engineer tag:\S*JUNIOR\S*$"))
    expect_count(page, junior)
    place = facet(page, "Place").get_by_role("link").first
    place_name = place.inner_text()
    place.click()
    expect(box(page)).to_have_value(re.compile(re.escape(place_name)))
    both = box(page).input_value()
    expect_count(page, web.sites.count(both))
    active = facet(page, "Tag").get_by_role("link", name="JUNIOR")
    expect(active).to_have_attribute("aria-current", "true")
    active.click()
    expect(box(page)).not_to_have_value(re.compile("JUNIOR"))
    expect_count(page, web.sites.count(box(page).input_value()))
    facet(page, "Place").get_by_role("link", name=place_name, exact=True).click()
    expect(box(page)).to_have_value("engineer")
    expect_count(page, web.sites.count("engineer"))


@scenario
def filters_of_every_kind(web):
    page = web.page(path="/?q=engineer")
    for label in ["Tag", "Company", "Place", "May be e-mailed", "Private", "Source"]:
        group = facet(page, label)
        expect(group).to_be_visible()
        numbers = [int(text) for text in group.locator(".number").all_inner_texts()]
        assert numbers and all(number > 0 for number in numbers), label
    facet(page, "Source").get_by_role("link", name="lever").click()
    expect_count(page, web.sites.count("engineer connector:lever"))
    facet(page, "May be e-mailed").get_by_role("link", name="Unknown").click()
    expect_count(page, web.sites.count("engineer connector:lever can_email:unknown"))
    expect(rows(page).first).to_contain_text("Unknown whether e-mail is welcome")


@scenario
def results_are_sorted_and_paged(web):
    page = web.page(path="/?q=engineer+-connector%3Ahostile")
    total = web.sites.count("engineer")
    expect_count(page, total)
    order(page, "Name").click()
    expect(page).to_have_url(re.compile("sort=name"))
    expect(order(page, "Name")).to_have_attribute("aria-current", "true")
    seen = []
    for number in range(1, 10):
        if number > 1:
            expect(main(page).get_by_text(f"Page {number}", exact=True)).to_be_visible()
        seen += hrefs(page)
        following = main(page).get_by_role("link", name="Next page")
        if following.count() == 0:
            break
        following.click()
    assert len(seen) == len(ids(seen)) == total, (len(seen), total)
    main(page).get_by_role("link", name="First page").click()
    expect(main(page).get_by_text("Page 1", exact=True)).to_be_visible()
    assert hrefs(page) == seen[:20]


@scenario
def sorting_stays_while_typing(web):
    page = web.page(path="/?q=engineer&sort=name")
    type_query(page, "nurse")
    expect_count(page, web.sites.count("nurse"))
    expect(page).to_have_url(re.compile("sort=name"))
    expect(order(page, "Name")).to_have_attribute("aria-current", "true")


@scenario
def no_results(web):
    # A field without a value is an error.
    web.expect_status(400)
    page = web.page()
    type_query(page, "xyzzy engineer tag:JUNIOR")
    expect(main(page).get_by_role("heading", name="No candidate matches")).to_be_visible()
    part = main(page).get_by_role("listitem").filter(has=page.get_by_role("link", name="Remove xyzzy"))
    expect(part).to_contain_text(count_text(web.sites.count("engineer tag:JUNIOR")))
    expect(part).to_contain_text("alone it finds none")
    part = main(page).get_by_role("listitem").filter(has=page.get_by_role("link", name="Remove engineer"))
    expect(part).to_contain_text(f"alone it finds {count_text(web.sites.count('engineer'))}")
    main(page).get_by_role("link", name="Remove xyzzy").click()
    expect(box(page)).to_have_value("engineer tag:JUNIOR")
    expect_count(page, web.sites.count("engineer tag:JUNIOR"))


@scenario
def count_is_announced(web):
    page = web.page()
    expect(page.get_by_role("status")).to_be_empty()
    type_query(page, "nurse")
    expect(page.get_by_role("status")).to_have_text(count_text(web.sites.count("nurse")))
    type_query(page, "xyzzy engineer")
    expect(page.get_by_role("status")).to_have_text("No candidates")
