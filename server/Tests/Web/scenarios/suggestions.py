"""Suggestions while a person types."""

import re

from playwright.sync_api import expect

from browser import box, expect_count, scenario


def options(page):
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def option(page, text, kind):
    return options(page).filter(has_text=re.compile(f"^{re.escape(text)}{re.escape(kind)}"))


def chosen(page):
    return page.get_by_role("option", selected=True)


@scenario
def suggestions_by_keyboard(web):
    page = web.page()
    box(page).press_sequentially("softw")
    expect(option(page, "SOFTWARE ENGINEER", "Title")).to_contain_text(str(web.sites.count('title:="software engineer"')))
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    expect(chosen(page)).to_have_count(0)
    box(page).press("ArrowDown")
    expect(chosen(page)).to_have_count(1)
    first = options(page).first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(box(page)).to_have_attribute("aria-activedescendant", first.get_attribute("id"))
    box(page).press("ArrowDown")
    expect(options(page).nth(1)).to_have_attribute("aria-selected", "true")
    box(page).press("ArrowUp")
    text = first.locator("bdi").inner_text()
    box(page).press("Enter")
    expect(options(page)).to_have_count(0)
    expect(box(page)).to_have_value(text + " ")
    expect(box(page)).to_be_focused()
    expect_count(page, web.sites.count(text))


@scenario
def suggestions_by_mouse(web):
    page = web.page()
    box(page).press_sequentially("berl")
    place = option(page, "Berlin", "Place")
    expect(place).to_contain_text(str(web.sites.count("location:=berlin")))
    place.click()
    expect(box(page)).to_have_value(re.compile(r"^location:=?\"?Berlin\"? $"))
    expect(box(page)).to_be_focused()
    expect_count(page, web.sites.count("location:=berlin"))
    # Typing goes on with the next word.
    box(page).press_sequentially("engin")
    option(page, "engineer", "Word in title").click()
    expect_count(page, web.sites.count("location:=berlin engineer"))


@scenario
def suggestions_are_closed_by_escape(web):
    page = web.page()
    box(page).press_sequentially("rob")
    expect(options(page).first).to_be_visible()
    box(page).press("Escape")
    expect(options(page)).to_have_count(0)
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    expect(box(page)).to_have_value("rob")


@scenario
def suggestions_of_words_and_fields(web):
    page = web.page()
    box(page).press_sequentially("softw")
    expect(option(page, "software", "Word in title")).to_contain_text(str(web.sites.count("title:software")))
    box(page).fill("titl")
    field = options(page).filter(has_text=re.compile("^title:"))
    field.click()
    # The value is typed after the field.
    expect(box(page)).to_have_value("title:")
    expect(box(page)).to_be_focused()


@scenario
def suggestions_of_a_field(web):
    # A field without a value is an error.
    web.expect_status(400)
    page = web.page()
    box(page).press_sequentially("nurse tag:JUN")
    expect(options(page)).to_have_count(1)
    tag = option(page, "JUNIOR", "Tag")
    expect(tag).to_contain_text(str(web.sites.count("tag:=JUNIOR")))
    box(page).press("ArrowDown")
    box(page).press("Enter")
    expect(box(page)).to_have_value(re.compile(r"^nurse tag:=?\"?JUNIOR\"? $"))
    expect_count(page, web.sites.count("nurse tag:=JUNIOR"))


@scenario
def suggestions_are_of_the_last_text(web):
    """The answer for a shorter text that comes late is not shown."""
    page = web.page()
    held = []
    page.route("**/suggestions?q=engineer", lambda route: held.append(route))
    with page.expect_request("**/suggestions?q=engineer"):
        box(page).fill("engineer")
    box(page).fill("nurs")
    expect(options(page).filter(has_text="Registered Nurse").first).to_be_visible()
    shown = options(page).all_inner_texts()
    held[0].fulfill(status=200, content_type="text/html", body='<li role="option" data-query="late">late</li>')
    settle(page)
    assert options(page).all_inner_texts() == shown


def settle(page):
    """Waits until the page has received and shown what was sent before."""
    page.evaluate("""async () => {
      await fetch("/livez");
      for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
    }""")
