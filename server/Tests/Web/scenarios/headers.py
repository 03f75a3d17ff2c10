"""Header fields and assets."""

import re

from playwright.sync_api import expect

from browser import main, scenario

MAXIMUM_BYTES = 60_000


@scenario
def headers_of_pages(web):
    context = web.context()
    for path in ["/", "/?q=engineer", "/?q=modified%3Asoon", "/results?q=engineer", "/filters?q=engineer",
                 "/suggestions?q=eng", "/sign-in", "/candidate?q=a&connector=hostile&id=nested"]:
        answer = context.request.get(path)
        check_headers(answer, path)
        assert answer.headers["cache-control"] == "no-store", path
    keyed = web.context("keyed")
    check_headers(keyed.request.get("/", max_redirects=0), "redirect")
    check_headers(keyed.request.get("/results?q=a"), "401")


def check_headers(answer, path):
    headers = answer.headers
    policy = {
        name: set(values) for name, *values in (part.split() for part in headers["content-security-policy"].split(";"))}
    assert policy["default-src"] == {"'none'"} and policy["frame-ancestors"] == {"'none'"}, path
    assert policy["script-src"] == policy["style-src"] == {"'self'"} and policy["base-uri"] == {"'none'"}, path
    assert policy["form-action"] == {"'self'"}, path
    assert "unsafe" not in headers["content-security-policy"], path
    assert headers["x-content-type-options"] == "nosniff", path
    assert headers["referrer-policy"] == "no-referrer", path
    assert headers["x-frame-options"] == "DENY", path


@scenario
def assets_are_small_and_kept(web):
    page = web.page(path="/?q=engineer")
    expect(main(page).get_by_role("article").first).to_be_visible()
    paths = page.locator("script[src], link[href]").evaluate_all(
        "all => all.map(node => node.getAttribute('src') ?? node.getAttribute('href'))")
    assert len(paths) == 3, paths
    total = 0
    for path in paths:
        assert re.fullmatch(r"/assets/\w+[.-][0-9a-f]{8,}\.(css|js|svg)", path), path
        answer = page.request.get(path)
        assert answer.status == 200 and "immutable" in answer.headers["cache-control"], path
        assert int(re.search(r"max-age=(\d+)", answer.headers["cache-control"])[1]) >= 31_536_000
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "set-cookie" not in answer.headers
        total += len(answer.body())
        wrong = re.sub(r"[0-9a-f]{8}(?=[0-9a-f]*\.)", "00000000", path, count=1)
        assert wrong != path
        answer = page.request.get(wrong)
        assert answer.status == 404 and "immutable" not in answer.headers.get("cache-control", ""), wrong
    assert total < MAXIMUM_BYTES, total


@scenario
def page_loads_nothing_of_another_site(web):
    context = web.context()
    addresses = []
    context.on("request", lambda request: addresses.append(request.url))
    page = web.open(context, "/?q=connector%3Ahostile&connector=hostile&id=links")
    expect(page.locator("#total")).to_be_attached()
    assert addresses and all(address.startswith(web.sites.address("keyless")) for address in addresses), addresses


@scenario
def policy_is_enforced(web):
    """What the other scenarios rely on: an inline script is reported, and does not run."""
    page = web.page()
    page.evaluate("""() => {
      const script = document.createElement("script");
      script.textContent = "window.intruder = true";
      document.body.append(script);
    }""")
    assert page.evaluate("window.intruder") is None
    assert any(problem.startswith("error: policy: script-src-elem") for problem in web.problems), web.problems
    web.problems.clear()
