"""Hostile candidates: their text is text, wherever it is shown."""

import urllib.parse

from playwright.sync_api import expect

import hostile
from browser import box, candidate, expect_count, facet, filters, main, rows, scenario
from scenarios.candidates import title
from scenarios.suggestions import options, settle

SCHEMES = ("http:", "https:", "mailto:", "tel:")
# What only a text that was taken for HTML would have made.
INTRUDERS = "script:not([src]), img, iframe, svg, b, i, [onfocus], [onerror], [onload], [onmouseover], [x]"


def check(page):
    settle(page)
    assert page.locator(INTRUDERS).count() == 0, page.locator(INTRUDERS).first.evaluate("node => node.outerHTML")
    for address in page.locator("a[href], form[action]").evaluate_all("all => all.map(node => node.href ?? node.action)"):
        assert address.startswith(SCHEMES), address
    focused = page.evaluate("document.activeElement.getAttribute('onfocus')")
    assert focused is None


def open_candidate(page, id):
    page.goto("/?q=connector%3Ahostile")
    link = rows(page).get_by_role("link").and_(page.locator(f'[href$="id={id}"]'))
    link.click()
    expect(title(page)).to_be_focused()


@scenario
def hostile_text_is_text(web):
    page = web.page(path="/?q=connector%3Ahostile")
    expect_count(page, len(hostile.CANDIDATES))
    check(page)
    text = main(page).inner_text()
    script, accent = hostile.CANDIDATES[0], hostile.CANDIDATES[1]
    for value in [script["first_name"], script["last_name"], script["title"], script["company"], *script["tags"]]:
        assert value in text, value
    for value in [accent["first_name"], accent["last_name"], accent["company"], accent["tags"][1]]:
        assert value in text, value
    expect(rows(page).filter(has_text="No name")).to_have_count(1)
    for id in ["script", "accent", "nested"]:
        open_candidate(page, id)
        for details in candidate(page).locator("details").all():
            details.locator("summary").click()
        check(page)
        shown = candidate(page).inner_text()
        record = next(one for one in hostile.CANDIDATES if one["id"] == id)
        for value in [record["first_name"], record.get("title") or "", *record.get("tags", [])]:
            assert value in shown, value


@scenario
def hostile_text_without_scripts(web):
    """A page of the server, which has the same text in other places."""
    page = web.page(path="/?q=connector%3Ahostile&filters=true", scripts=False)
    expect_count(page, len(hostile.CANDIDATES))
    assert page.locator(INTRUDERS).count() == 0
    expect(main(page)).to_contain_text(hostile.CANDIDATES[0]["first_name"])


@scenario
def hostile_text_in_the_box(web):
    """What is typed, or is in an address, is text, too: in the box, the title, messages and buttons."""
    web.expect_status(400)
    page = web.page()
    for text in ['"><img src=x onerror=alert(1)>', '"\u0301 onfocus=alert(1) autofocus x=', "</title><script>alert(1)</script>",
                 "x:<script>alert(1)</script>", "xyzzy <b>engineer</b> {{query}}", "\u202exyzzy"]:
        page.goto("/?" + urllib.parse.urlencode({"q": text}))
        expect(box(page)).to_have_value(text)
        check(page)
        box(page).fill("nurse")
        expect_count(page, web.sites.count("nurse"))
        # The same by the script.
        with page.expect_response("**/results?**") as answer:
            box(page).fill(text)
        answer.value.finished()
        check(page)


@scenario
def hostile_text_in_suggestions_and_filters(web):
    page = web.page()
    for typed in ["titl", "tag:<b", 'tag:"', "onfocus"]:
        web.expect_status(400)
        box(page).fill("")
        box(page).press_sequentially(typed)
        settle(page)
        check(page)
    box(page).fill("onmouse")
    expect(options(page).filter(has_text="<b onmouseover=alert(1)>bold</b>").first).to_be_visible()
    check(page)
    options(page).first.click()
    expect(rows(page)).to_have_count(1)
    check(page)
    page.goto("/?q=connector%3Ahostile+id%3Aaccent")
    expect(facet(page, "Tag").get_by_text(hostile.ACCENT, exact=True)).to_be_visible()
    check(page)


@scenario
def hostile_addresses(web):
    page = web.page()
    open_candidate(page, "links")
    check(page)
    links = candidate(page).get_by_role("definition").get_by_role("link").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))")
    assert links == [
        "mailto:links@example.com", "tel:+493055508629", "tel:1", "tel:12", "https://example.com/links",
        "https://example.com/without-a-scheme"], links
    for link in candidate(page).locator("a[target=_blank]").all():
        assert {"noopener", "noreferrer"} <= set(link.get_attribute("rel").split())


@scenario
def hostile_directions_stay_in_their_place(web):
    """An override of the direction ends with the text that contains it."""
    page = web.page(path="/?q=connector%3Ahostile+anna")
    row = rows(page).first
    expect(row.get_by_role("heading")).to_have_css("direction", "ltr")
    tags = row.get_by_role("listitem")
    places = [tag.bounding_box()["x"] for tag in tags.all()]
    assert places == sorted(places) and tags.all_inner_texts()[2] == "plain"
    # Whatever a person wrote is isolated from the text around it.
    loose = page.evaluate("""() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
      while (walker.nextNode()) {
        const node = walker.currentNode;
        if (/[\\u202a-\\u202e\\u2066-\\u2069]/.test(node.data) && !node.parentElement.closest("bdi, pre, title")) {
          found.push(node.parentElement.outerHTML);
        }
      }
      return found;
    }""")
    assert not loose, loose


@scenario
def hostile_amounts(web):
    """10,000 tags are few in the list, and all in the candidate."""
    page = web.page(path="/?q=connector%3Ahostile+tagged")
    assert rows(page).first.get_by_role("listitem").count() <= 10
    expect(rows(page).first).to_contain_text("and 9\u202f992 more")
    open_candidate(page, "tags")
    tags = candidate(page).locator("section", has=page.get_by_role("heading", name="Work", exact=True))
    expect(tags.locator("dd")).to_have_count(10_000)
    page.keyboard.press("Escape")
    expect(title(page)).to_have_count(0)


@scenario
def names_of_other_scripts(web):
    page = web.page()
    for query, name in [("محمد", "محمد العربي"), ("אביב 2024", "דוד כהן"), ("小龍", "李 小龍")]:
        box(page).fill(query)
        heading = rows(page).get_by_role("heading", name=name)
        expect(heading).to_be_visible()
        expect(rows(page).first.locator("mark").first).to_be_visible()
    page.goto("/?q=connector%3Ahostile+id%3Aonly-an-id")
    rows(page).get_by_role("link", name="No name").click()
    expect(title(page)).to_have_text("No name")
    page.goto("/?q=connector%3Ahostile+address")
    rows(page).get_by_role("link", name="Address").click()
    expect(title(page)).to_have_text("Address")
    page.reload()
    expect(title(page)).to_have_text("Address")
    expect(filters(page)).to_be_visible()
