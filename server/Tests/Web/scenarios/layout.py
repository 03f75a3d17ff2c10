"""Width, themes, print, motion, and a layout that does not shift."""

import re

from playwright.sync_api import expect

from browser import box, candidate, expect_count, filters, main, rows, scenario, type_query
from scenarios.candidates import ASHDOWN, title

WIDTHS = [360, 768, 1440]


def check_width(page, width, what):
    widths = page.evaluate("[document.documentElement.scrollWidth, document.body.scrollWidth]")
    assert max(widths) <= width, (what, width, widths)
    for element in ["#candidate", "#suggestions"]:
        for sizes in page.locator(element).evaluate_all("all => all.map(node => [node.scrollWidth, node.clientWidth])"):
            assert sizes[0] <= sizes[1], (what, width, element, sizes)


@scenario
def nothing_scrolls_sideways(web):
    web.expect_status(400)
    page = web.page()
    hostile = "/?q=connector%3Ahostile"
    for path in [
        "/", "/?q=engineer", f"/?q=ashdown&connector=greenhouse&id={ASHDOWN}", hostile, hostile + "&connector=hostile&id=long",
        hostile + "&connector=hostile&id=script", hostile + "&connector=hostile&id=nested",
        "/?q=" + "x" * 3_000, "/?q=modified%3Asoon+" + "y" * 500, "/?q=xyzzy+" + "z" * 1_000,
    ]:
        page.goto(path)
        if path != "/" and "soon" not in path:
            expect(page.locator("#total")).to_be_attached()
        for details in page.locator("#candidate details, #filters:not([open])").all():
            if details.is_visible():
                details.locator("> summary").click()
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            check_width(page, width, path)


@scenario
def suggestions_and_menus_fit(web):
    web.expect_status(400)
    page = web.page("purposeful", width=360)
    check_width(page, 360, "purpose")
    page = web.page(width=360)
    box(page).press_sequentially("wolfe")
    expect(page.get_by_role("option").first).to_be_visible()
    check_width(page, 360, "suggestions")
    page = web.page("keyed", width=360)
    check_width(page, 360, "sign-in")


@scenario
def themes(web):
    page = web.page(path="/?q=engineer")
    brightness = []
    for theme in ["light", "dark"]:
        page.emulate_media(color_scheme=theme)
        colours = page.evaluate("""() => [document.body, document.getElementById("q")].map(node => {
          const style = getComputedStyle(node);
          return [style.backgroundColor, style.color].map(text => text.match(/\\d+/g).slice(0, 3).reduce((a, b) => a + +b, 0));
        })""")
        brightness.append(colours)
    for background, text in brightness[0]:
        assert background > 600 and text < 200, brightness
    for background, text in brightness[1]:
        assert background < 200 and text > 500, brightness


@scenario
def print_has_results_alone(web):
    page = web.page(path="/?q=engineer")
    expect_count(page, web.sites.count("engineer"))
    page.emulate_media(media="print")
    expect(page.get_by_role("banner")).to_be_hidden()
    expect(filters(page)).to_be_hidden()
    expect(rows(page).first).to_be_visible()
    page.goto(f"/?q=engineer&connector=greenhouse&id={ASHDOWN}")
    expect(title(page)).to_be_visible()
    expect(rows(page).first).to_be_hidden()
    expect(page.get_by_role("banner")).to_be_hidden()


@scenario
def motion_is_reduced(web):
    moving = "[...document.querySelectorAll('*')].filter(node => getComputedStyle(node).transitionDuration !== '0s').length"
    page = web.page(path="/?q=engineer")
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(moving) == 0
    assert page.evaluate("document.getAnimations().length") == 0


@scenario
def layout_does_not_shift(web):
    page = web.page(path="/?q=engineer", width=1440, height=900)
    expect_count(page, web.sites.count("engineer"))
    expect(filters(page).get_by_role("heading", name="Export")).to_be_attached()
    check_shifts(page)
    rows(page).nth(2).get_by_role("link").click()
    expect(title(page)).to_be_focused()
    page.goto(f"/?q=engineer&connector=greenhouse&id={ASHDOWN}")
    expect_count(page, web.sites.count("engineer"))
    check_shifts(page)


def check_shifts(page):
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    shifts = page.evaluate("window.shifts")
    assert sum(shift["value"] for shift in shifts) < 0.02, shifts


@scenario
def skip_link(web):
    page = web.page(path="/?q=engineer")
    expect(rows(page).first).to_be_visible()
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to the results")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(main(page)).to_be_focused()
    expect(box(page)).to_have_value("engineer")


@scenario
def phone(web):
    """Filters are closed at first; a candidate covers the results."""
    page = web.page(path="/?q=engineer", width=360, height=740)
    expect_count(page, web.sites.count("engineer"))
    expect(filters(page).get_by_role("link", name="JUNIOR")).to_be_hidden()
    filters(page).get_by_text("Filters", exact=True).click()
    filters(page).get_by_role("link", name="JUNIOR").click()
    expect_count(page, web.sites.count("engineer tag:=JUNIOR"))
    rows(page).first.get_by_role("link").click()
    expect(title(page)).to_be_in_viewport()
    expect(candidate(page)).to_have_css("position", "fixed")
    candidate(page).get_by_role("link", name="Back to the results").click()
    expect(rows(page).first).to_be_visible()
    type_query(page, "nurse")
    expect(page).to_have_url(re.compile("q=nurse"))
