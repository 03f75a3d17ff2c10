"""Results while a person types, and an address that contains everything."""

import re
import urllib.parse

from playwright.sync_api import expect

from browser import box, candidate, expect_count, facet, main, names, rows, scenario, type_query
from scenarios.suggestions import settle


@scenario
def results_while_typing(web):
    page = web.page()
    box(page).press_sequentially("nurse")
    # No key but letters.
    expect_count(page, web.sites.count("nurse"))
    expect(rows(page).first.get_by_role("mark").or_(rows(page).first.locator("mark")).first).to_have_text(
        re.compile("nurse", re.IGNORECASE))
    box(page).press_sequentially(" berlin")
    expect_count(page, web.sites.count("nurse berlin"))
    expect(page).to_have_url(re.compile(r"/\?q=nurse(\+|%20)berlin$"))
    expect(page).to_have_title(re.compile("nurse berlin"))
    # All letters of the text are one step of the history.
    page.go_back()
    expect(page.get_by_role("heading", name="Find candidates")).to_be_visible()


@scenario
def results_are_never_out_of_order(web):
    page = web.page()
    held = []
    page.route(re.compile(r"/results\?q=engineer&"), lambda route: held.append(route))
    with page.expect_request(re.compile(r"/results\?q=engineer&")):
        box(page).fill("engineer")
    box(page).fill("nurse")
    expect_count(page, web.sites.count("nurse"))
    shown = names(page)
    held[0].fulfill(status=200, content_type="text/html", body='<div class="bar"><p id="count">late</p></div>')
    settle(page)
    assert names(page) == shown and main(page).get_by_text("late").count() == 0
    expect(page).to_have_url(re.compile(r"\?q=nurse$"))


@scenario
def filters_are_never_out_of_order(web):
    page = web.page()
    held = []
    page.route(re.compile(r"/filters\?q=engineer&session="), lambda route: held.append(route))
    with page.expect_request(re.compile(r"/filters\?q=engineer&session=")):
        box(page).fill("engineer")
    box(page).fill("nurse")
    expect_count(page, web.sites.count("nurse"))
    held[0].fulfill(status=200, content_type="text/html", body='<data id="total" value="late"></data>')
    settle(page)
    expect_count(page, web.sites.count("nurse"))


@scenario
def address_contains_everything(web):
    context = web.context()
    page = web.open(context)
    type_query(page, "engineer")
    expect_count(page, web.sites.count("engineer"))
    steps = [page.url]

    facet(page, "Private").get_by_role("link", name="No", exact=True).click()
    filtered = box(page).input_value()
    expect_count(page, web.sites.count(filtered))
    steps.append(page.url)
    order(page, "Name").click()
    expect(order(page, "Name")).to_have_attribute("aria-current", "true")
    steps.append(page.url)
    first_page = hrefs(page)
    main(page).get_by_role("link", name="Next page").click()
    expect(main(page).get_by_text("Page 2", exact=True)).to_be_visible()
    steps.append(page.url)
    second_page = names(page)
    assert second_page and not ids(hrefs(page)) & ids(first_page)
    rows(page).nth(2).get_by_role("link").click()
    expect(candidate(page).get_by_role("heading", level=2)).to_have_text(second_page[2])
    steps.append(page.url)
    assert len(set(steps)) == 5, steps

    def expect_everything(page):
        expect(box(page)).to_have_value(filtered)
        expect_count(page, web.sites.count(filtered))
        expect(facet(page, "Private").get_by_role("link", name="No", exact=True)).to_have_attribute("aria-current", "true")
        expect(order(page, "Name")).to_have_attribute("aria-current", "true")
        expect(main(page).get_by_text("Page 2", exact=True)).to_be_visible()
        assert names(page) == second_page
        expect(candidate(page).get_by_role("heading", level=2)).to_have_text(second_page[2])

    expect_everything(page)
    page.reload()
    expect_everything(page)
    expect_everything(web.open(context, page.url))

    for step in reversed(steps[:-1]):
        page.go_back()
        expect_step(page, step)
    expect(box(page)).to_have_value("engineer")
    expect_count(page, web.sites.count("engineer"))
    for step in steps[1:]:
        page.go_forward()
        expect_step(page, step)
    expect_everything(page)


def order(page, name):
    return main(page).get_by_role("navigation", name="Order").get_by_role("link", name=name, exact=True)


def hrefs(page):
    return rows(page).get_by_role("link").evaluate_all("links => links.map(link => link.href)")


def ids(addresses):
    return {urllib.parse.parse_qs(urllib.parse.urlsplit(address).query)["id"][0] for address in addresses}


def expect_step(page, address):
    expect(page).to_have_url(address)
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(address).query)
    expect(box(page)).to_have_value(query["q"][0])
    expect(candidate(page).get_by_role("heading", level=2)).to_have_count(1 if "id" in query else 0)
    if "page" in query:
        expect(main(page).get_by_text("Page 2", exact=True)).to_be_visible()
