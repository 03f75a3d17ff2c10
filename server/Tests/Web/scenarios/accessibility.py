"""axe-core on every state of the page, in both themes, on a phone and on a wide screen."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from browser import box, candidate, expect_count, main, rows, scenario
from scenarios.candidates import ASHDOWN, title

AXE = Axe()
OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "rules": {"target-size": {"enabled": True}},
}


def check(web, site, path, begin):
    """Checks the page at a path, after `begin` has led it to its state."""
    found = []
    for width in [360, 1440]:
        page = web.page(site, path, width=width, height=900)
        begin(page)
        # Results are pale while others are loaded.
        expect(page.locator("#list.stale")).to_have_count(0)
        for theme in ["light", "dark"]:
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            results = AXE.run(page, options=OPTIONS)
            found += [
                f"{width} px, {theme}: {violation['id']}: {node['html'][:160]}: {node['failureSummary'][:300]}"
                for violation in results.response["violations"] for node in violation["nodes"][:3]]
    assert not found, "\n".join(found)


@scenario
def accessible_start(web):
    check(web, "keyless", "/", lambda page: expect(page.get_by_role("heading", name="Find candidates")).to_be_visible())


@scenario
def accessible_results(web):
    def begin(page):
        expect_count(page, web.sites.count("bob OR engineer"))
        filters = page.get_by_text("Filters", exact=True)
        if filters.is_visible():
            filters.click()

    check(web, "keyless", "/?q=bob+OR+engineer", begin)


@scenario
def accessible_similar_results(web):
    check(web, "synced", "/?q=an", lambda page: expect(rows(page).first).to_be_visible())


@scenario
def accessible_candidate(web):
    def begin(page):
        expect(title(page)).to_be_visible()
        for details in candidate(page).locator("details").all():
            details.locator("summary").click()

    check(web, "keyless", f"/?q=ashdown&connector=greenhouse&id={ASHDOWN}", begin)


@scenario
def accessible_hostile_candidate(web):
    check(web, "keyless", "/?q=connector%3Ahostile&connector=hostile&id=nested", lambda page: expect(title(page)).to_be_visible())


@scenario
def accessible_error(web):
    web.expect_status(400)
    check(web, "keyless", "/?q=modified%3Asoon", lambda page: expect(page.get_by_role("alert")).to_be_visible())


@scenario
def accessible_error_while_typing(web):
    web.expect_status(400)

    def begin(page):
        box(page).fill("engineer modified:soon")
        expect(page.get_by_role("alert")).to_be_visible()

    check(web, "keyless", "/?q=engineer", begin)


@scenario
def accessible_no_result(web):
    check(web, "keyless", "/?q=xyzzy+engineer",
          lambda page: expect(main(page).get_by_role("heading", name="No candidate matches")).to_be_visible())


@scenario
def accessible_sign_in(web):
    web.expect_status(403)

    def begin(page):
        page.get_by_label("Your key").fill("wrong")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("alert")).to_be_visible()

    check(web, "keyed", "/", lambda page: expect(page.get_by_label("Your key")).to_be_visible())
    check(web, "keyed", "/", begin)


@scenario
def accessible_purpose(web):
    web.expect_status(400)
    check(web, "purposeful", "/?q=engineer", lambda page: expect(page.get_by_role("alert")).to_be_visible())


@scenario
def accessible_suggestions(web):
    def begin(page):
        box(page).press_sequentially("soft")
        expect(page.get_by_role("option").first).to_be_visible()
        box(page).press("ArrowDown")
        expect(page.get_by_role("option", selected=True)).to_be_visible()

    check(web, "keyless", "/", begin)


@scenario
def accessible_keys(web):
    def begin(page):
        expect(rows(page).first).to_be_visible()
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_be_visible()

    check(web, "keyless", "/?q=engineer", begin)
