"""Tests the page for people in Chromium: each scenario with pages of its own, against servers that all share.

Arguments choose the scenarios whose names contain one of them. Screenshots of the pages of those that fail are kept in
.build-web. Exits with 1 if one has failed.
"""

import concurrent.futures
import pathlib
import shutil
import sys
import tempfile
import threading
import time
import traceback

from playwright.sync_api import expect, sync_playwright

import browser
from sites import ROOT, Sites

# The order of the scenarios.
from scenarios import suggestions, live, results, candidates, errors, exports, sources, sign_in  # noqa: E402, F401
from scenarios import without_scripts, hostility, layout, accessibility, headers  # noqa: E402, F401

FAILURES = ROOT / ".build-web"
# Scenarios that run at once, each in a thread with a browser of its own.
THREADS = 2


def launch(playwright):
    # Chromium has no sandbox for root.
    return playwright.chromium.launch(executable_path=browser.CHROMIUM, chromium_sandbox=False)


def run(scenario, chromium, sites):
    """Returns whether a scenario has passed."""
    web = browser.Web(chromium, sites)
    begin = time.monotonic()
    try:
        scenario(web)
        assert not web.problems, "\n".join(web.problems)
        print(f"passed {scenario.__name__} ({time.monotonic() - begin:.1f} s)", flush=True)
        return True
    except Exception as error:  # Whatever it is, the other scenarios are run.
        place = [frame for frame in traceback.extract_tb(error.__traceback__) if "Tests/Web" in frame.filename][-1]
        print("\n  ".join([
            f"FAILED {scenario.__name__} at {pathlib.Path(place.filename).name}:{place.lineno}: {place.line}",
            *str(error).splitlines()[:25], *web.problems[:10]]), flush=True)
        web.keep_screenshots(FAILURES, scenario.__name__)
        return False
    finally:
        web.close()


class Runner:
    """Runs scenarios in threads."""

    def __init__(self, sites):
        self._sites = sites
        self._own = threading.local()

    def start(self):
        """Begins a thread."""
        self._own.playwright = sync_playwright().start()
        self._own.chromium = launch(self._own.playwright)

    def run(self, scenario):
        return run(scenario, self._own.chromium, self._sites)

    def stop(self, barrier):
        """Ends what the thread began. Waits for the other threads, so that each is given one of these."""
        self._own.chromium.close()
        self._own.playwright.stop()
        barrier.wait()


def main(names):
    chosen = [
        scenario for scenario in browser.SCENARIOS if not names or any(name in scenario.__name__ for name in names)]
    shutil.rmtree(FAILURES, ignore_errors=True)
    FAILURES.mkdir()
    expect.set_options(timeout=browser.PATIENCE)
    with tempfile.TemporaryDirectory() as folder, Sites(pathlib.Path(folder)) as sites:
        runner = Runner(sites)
        with concurrent.futures.ThreadPoolExecutor(THREADS, initializer=runner.start) as pool:
            passed = list(pool.map(runner.run, chosen))
            # Fewer scenarios than threads have begun fewer threads.
            begun = min(THREADS, len(chosen))
            list(pool.map(runner.stop, [threading.Barrier(begun)] * begun))
        failed = [scenario.__name__ for scenario, is_passed in zip(chosen, passed) if not is_passed]
    if failed or not chosen:
        sys.exit(f"failed: {', '.join(failed) or 'no such scenario'}; see {FAILURES.name}")
    print(f"{len(chosen)} scenarios passed")


if __name__ == "__main__":
    main(sys.argv[1:])
