"""Makes the pictures of the page in docs/images: six states, over the sample candidates alone."""

import pathlib
import subprocess
import tempfile

from playwright.sync_api import expect, sync_playwright

import browser
from browser import box, candidate, main, rows
from run import launch
from sites import ROOT, Sites

IMAGES = ROOT / "docs" / "images"
MAXIMUM_BYTES = 150_000


def type_wrong_query(page):
    box(page).fill("software engineer modified:soon")
    expect(page.get_by_role("alert")).to_be_visible()
    box(page).blur()


def open_candidate(page):
    rows(page).filter(has_text="Robert Ashdown").first.get_by_role("link").click()
    expect(candidate(page).get_by_role("heading", level=2)).to_be_focused()


# Each state: its name, its address, and what is done there.
STATES = [
    ("empty", "/", lambda page: expect(page.get_by_role("heading", name="Find candidates")).to_be_visible()),
    ("results", "/?q=muller+OR+bob", lambda page: expect(rows(page).first).to_be_visible()),
    ("candidate", "/?q=node.js+engineer", open_candidate),
    ("error", "/?q=software+engineer", type_wrong_query),
    ("no-result", "/?q=nurse+location%3Aberlin+welder",
     lambda page: expect(main(page).get_by_role("heading", name="No candidate matches")).to_be_visible()),
]
PHONE = ("phone", "/?q=software+engineer", lambda page: expect(rows(page).first).to_be_visible())


def take(web, name, path, begin, **options):
    page = web.page("samples", path, **options)
    if "q=" in path:
        expect(page.locator("#total")).to_be_attached()
    begin(page)
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    file = IMAGES / f"{name}.png"
    page.mouse.move(0, 0)
    page.screenshot(path=file)
    # 256 colours are a third of the size.
    subprocess.run(["pngquant", "--force", "--strip", "--output", file, file], check=True)
    size = file.stat().st_size
    assert size <= MAXIMUM_BYTES, f"{file.name} has {size} bytes"
    print(f"{file.name}: {size} bytes")


def main_program():
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Sites(pathlib.Path(folder)) as sites, sync_playwright() as playwright:
        chromium = launch(playwright)
        web = browser.Web(chromium, sites)
        web.expect_status(400)
        for state in STATES:
            take(web, *state)
        take(web, *PHONE, width=390, height=844)
        assert not web.problems, web.problems
        web.close()
        chromium.close()


if __name__ == "__main__":
    main_program()
