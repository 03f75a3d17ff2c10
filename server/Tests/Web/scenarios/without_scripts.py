"""Everything essential with scripts disabled."""

import re

from playwright.sync_api import expect

from browser import box, candidate, expect_count, facet, filters, main, names, rows, scenario
from scenarios import exports
from scenarios.live import order


@scenario
def search_without_scripts(web):
    web.expect_status(400)
    page = web.page(scripts=False)
    box(page).fill("engineer")
    page.get_by_role("button", name="Search").click()
    expect(rows(page)).to_have_count(20)
    order(page, "Name").click()
    first_page = names(page)
    main(page).get_by_role("link", name="Next page").click()
    expect(main(page).get_by_text("Page 2")).to_be_visible()
    assert names(page) != first_page
    expect(order(page, "Name")).to_have_attribute("aria-current", "true")
    name = names(page)[1]
    rows(page).nth(1).get_by_role("link").click()
    title = candidate(page).get_by_role("heading", level=2)
    expect(title).to_have_text(name)
    neighbour = names(page)[2]
    candidate(page).get_by_role("link", name="Next").click()
    expect(title).to_have_text(neighbour)
    candidate(page).get_by_role("link", name="Previous").click()
    expect(title).to_have_text(name)
    candidate(page).get_by_role("link", name="Back to the results").click()
    expect(title).to_have_count(0)
    expect(main(page).get_by_text("Page 2")).to_be_visible()
    box(page).fill("modified:soon")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("alert")).to_contain_text("odified: cannot be “soon”")
    expect(page.locator("#echo u")).to_have_text("modified:soon")


@scenario
def filters_without_scripts(web):
    page = web.page(path="/?q=engineer", scripts=False)
    page.get_by_role("link", name="Count and filter these results").click()
    expect_count(page, web.sites.count("engineer"))
    facet(page, "Tag").get_by_role("link", name="JUNIOR").click()
    expect(box(page)).to_have_value(re.compile("JUNIOR"))
    expect_count(page, web.sites.count("engineer tag:=JUNIOR"))
    facet(page, "Tag").get_by_role("link", name="JUNIOR").click()
    expect(box(page)).to_have_value("engineer")
    exports.check_addresses(page, web.sites, "engineer")


@scenario
def no_results_without_scripts(web):
    page = web.page(path="/?q=xyzzy+engineer", scripts=False)
    main(page).get_by_role("link", name="Remove xyzzy").click()
    expect(box(page)).to_have_value("engineer")
    expect(rows(page)).to_have_count(20)


@scenario
def sign_in_without_scripts(web):
    page = web.sign_in("recruiter", "/?q=engineer", scripts=False)
    expect(box(page)).to_have_value("engineer")
    page.get_by_role("link", name="Count and filter these results").click()
    exports.check_addresses(page, web.sites, "engineer")
    page.get_by_role("button", name="Sign out recruiter").click()
    expect(page.get_by_label("Your key")).to_be_visible()


@scenario
def purpose_without_scripts(web):
    web.expect_status(400)
    page = web.page("purposeful", "/?q=engineer", scripts=False)
    page.get_by_label(re.compile("Why you search")).fill("vacancy 13")
    page.get_by_role("button", name="Keep").click()
    box(page).fill("engineer")
    page.get_by_role("button", name="Search").click()
    expect(rows(page)).to_have_count(20)
    expect(filters(page)).to_be_visible()
