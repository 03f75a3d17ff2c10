"""Pages in Chromium that are watched: every console error and every report of the content security policy counts."""

import contextlib
import re

from playwright.sync_api import Error, expect

CHROMIUM = "/usr/bin/chromium"
# A busy machine may take so long, in milliseconds; nothing waits longer than it must.
PATIENCE = 20_000

# Adds to the console what it does not show by itself, and sums the shifts of the layout.
WATCH = """
document.addEventListener("securitypolicyviolation", event => {
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});
addEventListener("unhandledrejection", event => console.error(`rejection: ${event.reason}`));
window.shifts = [];
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) {
    window.shifts.push({value: entry.value, nodes: entry.sources.map(source => source.node?.outerHTML?.slice(0, 80))});
  }
}).observe({type: "layout-shift", buffered: true});
"""

SCENARIOS = []


def scenario(function):
    """Adds a function to those that are run. It is given a `Web`."""
    SCENARIOS.append(function)
    return function


class Web:
    """What a scenario uses: pages of the servers, which it need not close."""

    def __init__(self, chromium, sites):
        self.sites = sites
        self.pages = []
        self.problems = []
        self._chromium = chromium
        self._contexts = []
        self._expected = set()

    def expect_status(self, *statuses):
        """The browser reports answers of these statuses as errors, and they are none here."""
        self._expected.update(statuses)

    def context(self, site="keyless", *, width=1280, height=800, theme="light", scripts=True, **options):
        context = self._chromium.new_context(
            base_url=self.sites.address(site), viewport={"width": width, "height": height}, color_scheme=theme,
            java_script_enabled=scripts, locale="en-GB", timezone_id="UTC", **options)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(WATCH)
        context.on("page", self._watch)
        self._contexts.append(context)
        return context

    def page(self, site="keyless", path="/", **options):
        return self.open(self.context(site, **options), path)

    def open(self, context, path="/"):
        page = context.new_page()
        page.goto(path)
        return page

    def sign_in(self, key, path="/", **options):
        context = self.context("keyed", **options)
        page = self.open(context, path)
        page.get_by_label("Your key").fill(self.sites.keys[key])
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("combobox", name="Search candidates")).to_be_visible()
        return page

    def _watch(self, page):
        self.pages.append(page)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.problems.append(f"error: {error}"))
        page.on("dialog", self._dismiss)

    def _hear(self, message):
        if message.type not in ("error", "warning"):
            return
        failure = re.search(r"^Failed to load resource: .* status of (\d+)", message.text)
        if not failure or int(failure[1]) not in self._expected:
            self.problems.append(f"{message.type}: {message.text}")

    def _dismiss(self, dialog):
        self.problems.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def keep_screenshots(self, folder, name):
        for number, page in enumerate(self.pages):
            with contextlib.suppress(Error):
                page.screenshot(path=folder / f"{name}-{number}.png", timeout=5_000)

    def close(self):
        for context in self._contexts:
            with contextlib.suppress(Error):
                context.close()


# MARK: - What is on a page


def box(page):
    return page.get_by_role("combobox", name="Search candidates")


def main(page):
    return page.get_by_role("main")


def rows(page):
    return main(page).get_by_role("article")


def names(page):
    return rows(page).get_by_role("heading", level=3).all_inner_texts()


def candidate(page):
    return page.get_by_role("complementary", name="Candidate")


def filters(page):
    return page.get_by_role("complementary", name="Filters")


def facet(page, label):
    return filters(page).get_by_role("list", name=label, exact=True)


def count_text(number):
    """The text of a number of candidates; a narrow space is between its thousands."""
    return "1 candidate" if number == 1 else f"{number:,} candidates".replace(",", "\u202f")


def expect_count(page, number):
    expect(main(page).get_by_text(count_text(number), exact=True).first).to_be_visible()


def type_query(page, text):
    """Replaces the text of the box as a person does: a letter after the other."""
    box(page).fill("")
    box(page).press_sequentially(text)
