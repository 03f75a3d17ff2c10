"""A query that is wrong at a place."""

import re

from playwright.sync_api import expect

from browser import box, expect_count, main, names, scenario, type_query
from scenarios.suggestions import settle

# Where a text is in the box, measured as the browser draws it.
PLACE = """([box, before, marked]) => {
  const style = getComputedStyle(box);
  const canvas = document.createElement("canvas").getContext("2d");
  canvas.font = style.font;
  const begin = box.getBoundingClientRect().left + parseFloat(style.borderLeftWidth) + parseFloat(style.paddingLeft);
  return {
    left: begin + canvas.measureText(before).width - box.scrollLeft, width: canvas.measureText(marked).width,
  };
}"""


def expect_underlined(page, before, marked):
    """The marked text is below the same text of the box."""
    underlined = page.locator("#echo u")
    expect(underlined).to_have_text(marked)
    # The page is told that the box was scrolled with the next frame.
    settle(page)
    seen, inside = underlined.bounding_box(), box(page).bounding_box()
    place = page.evaluate(PLACE, [box(page).element_handle(), before, marked])
    assert abs(seen["x"] - place["left"]) < 1.5, (seen, place)
    assert abs(seen["width"] - place["width"]) < 1.5, (seen, place)
    middle = seen["y"] + seen["height"] / 2
    assert abs(middle - (inside["y"] + inside["height"] / 2)) < 2, (seen, inside)
    expect(underlined).to_have_css("text-decoration-line", "underline")


@scenario
def error_is_underlined_in_the_box(web):
    web.expect_status(400)
    page = web.page()
    type_query(page, "engineer")
    expect_count(page, web.sites.count("engineer"))
    good = names(page)
    type_query(page, "engineer 😀 modified:soon nurse")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("odified: cannot be “soon”")
    expect_underlined(page, "engineer 😀 ", "modified:soon")
    expect(box(page)).to_have_attribute("aria-invalid", "true")
    expect(box(page)).to_have_attribute("aria-describedby", alert.get_attribute("id"))
    # The last good results stay.
    assert names(page) == good
    type_query(page, "engineer nurse")
    expect(alert).to_have_count(0)
    expect(page.locator("#echo u")).to_have_count(0)
    expect(box(page)).not_to_have_attribute("aria-invalid", "true")


@scenario
def error_is_underlined_in_a_page(web):
    web.expect_status(400)
    page = web.page(path="/?q=engineer+modified%3Asoon")
    expect(page.get_by_role("alert")).to_be_visible()
    expect_underlined(page, "engineer ", "modified:soon")


@scenario
def error_is_underlined_in_a_long_query(web):
    """The text of the box is scrolled."""
    web.expect_status(400)
    page = web.page(width=360)
    before = "engineer OR nurse OR analyst OR developer OR recruiter OR "
    type_query(page, before + "modified:soon")
    expect(page.get_by_role("alert")).to_be_visible()
    expect_underlined(page, before, "modified:soon")
    box(page).press("Home")
    expect_underlined(page, before, "modified:soon")


@scenario
def error_of_the_server(web):
    """A server that does not answer, and one that is busy."""
    web.expect_status(429)
    page = web.page(path="/?q=engineer")
    expect_count(page, web.sites.count("engineer"))
    good = names(page)
    page.route("**/results?**", lambda route: route.fulfill(
        status=429, content_type="text/html",
        body='<section class="message" id="problem" role="alert"><h2>Too many searches at once</h2></section>'))
    box(page).fill("nurse")
    expect(page.get_by_role("alert")).to_contain_text("Too many searches at once")
    assert names(page) == good
    page.unroute("**/results?**")
    box(page).fill("nurse berlin")
    expect_count(page, web.sites.count("nurse berlin"))
    expect(page.get_by_role("alert")).to_have_count(0)


@scenario
def error_of_an_address(web):
    web.expect_status(400, 404)
    page = web.page(path="/?q=engineer&sort=nonsense")
    expect(main(page).get_by_role("alert")).to_be_visible()
    # A page that this server did not issue leads to the first.
    page.goto("/?q=engineer&cursor=nonsense&page=7")
    expect(main(page).get_by_role("heading", level=3).first).to_be_visible()
    expect(main(page).get_by_text(re.compile("Page 7"))).to_have_count(0)
