"""Signing in and out, and why a person searches."""

import re
import urllib.parse

from playwright.sync_api import expect

from browser import box, candidate, expect_count, filters, main, rows, scenario


def key_field(page):
    return page.get_by_label("Your key")


def sign_in_with(page, key):
    key_field(page).fill(key)
    page.get_by_role("button", name="Sign in").click()


def session(page):
    return next(cookie for cookie in page.context.cookies() if cookie["name"] == "session")


@scenario
def sign_in(web):
    web.expect_status(403)
    page = web.page("keyed")
    expect(page.get_by_role("heading", name="Sign in to Candidates")).to_be_visible()
    expect(key_field(page)).to_be_focused()
    sign_in_with(page, "cs_" + "x" * 43)
    expect(page.get_by_role("alert")).to_contain_text("This key is not valid")
    expect(key_field(page)).to_have_value("")
    before = session(page)["value"]
    sign_in_with(page, "  " + web.sites.keys["recruiter"] + " ")
    expect(page.get_by_role("heading", name="Find candidates")).to_be_visible()
    cookie = session(page)
    assert cookie["httpOnly"] and cookie["secure"] and cookie["sameSite"] == "Lax" and cookie["expires"] == -1, cookie
    # The session has a new token, which another site cannot have set before.
    assert cookie["value"] != before and len(cookie["value"]) >= 43
    assert page.evaluate("document.cookie") == ""
    page.get_by_role("button", name="Sign out recruiter").click()
    expect(key_field(page)).to_be_visible()
    page.goto("/?q=engineer")
    expect(key_field(page)).to_be_visible()
    # The token of the session is of no use any more.
    page.context.add_cookies([cookie])
    page.goto("/?q=engineer")
    expect(key_field(page)).to_be_visible()


@scenario
def shared_link_leads_back_after_sign_in(web):
    link = "/?q=engineer+%26+M%C3%BCller&sort=name"
    page = web.page("keyed", link)
    sign_in_with(page, web.sites.keys["reader"])
    expect(box(page)).to_have_value("engineer & Müller")
    expect(page).to_have_url(re.compile(re.escape(link) + "$"))


@scenario
def shared_link_leads_to_no_other_site(web):
    page = web.page("keyed")
    for target in ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "/?q=a\r\nX: y"]:
        page.goto("/sign-in?next=" + urllib.parse.quote(target, safe=""))
        expect(page.locator("input[name=next]")).to_have_value("/")
        page.locator("input[name=next]").evaluate("(field, value) => field.value = value", target)
        sign_in_with(page, web.sites.keys["reader"])
        expect(box(page)).to_be_visible()
        assert page.url.startswith(web.sites.address("keyed")), page.url


@scenario
def link_from_another_site_finds_the_session(web):
    """A cookie that is SameSite=Lax is sent with a link, but not with a form."""
    web.expect_status(400, 403)
    page = web.sign_in("reader")
    # For the browser, `localhost` is another site than 127.0.0.1.
    other = web.sites.address("keyless").replace("127.0.0.1", "localhost")
    page.route(other + "/mail", lambda route: route.fulfill(content_type="text/html", body=f"""
        <a href="{web.sites.address('keyed')}/?q=nurse">shared</a>
        <form action="{web.sites.address('keyed')}/sign-out" method="post"><button>trick</button></form>"""))
    page.goto(other + "/mail")
    page.get_by_role("link", name="shared").click()
    expect(box(page)).to_have_value("nurse")
    expect(rows(page).first).to_be_visible()
    page.goto(other + "/mail")
    page.get_by_role("button", name="trick").click()
    page.goto(web.sites.address("keyed") + "/?q=nurse")
    expect(box(page)).to_have_value("nurse")


@scenario
def changes_need_the_token_of_a_form(web):
    page = web.sign_in("recruiter", "/?q=engineer")
    token = page.locator("form.sign-out input[name=csrf]").get_attribute("value")
    other = web.sign_in("reader")
    others_token = other.locator("form.sign-out input[name=csrf]").get_attribute("value")
    for path, fields in [
        ("/sign-out", {}), ("/purpose", {"purpose": "trick"}), ("/export", {"q": "engineer"}),
    ]:
        for csrf in [{}, {"csrf": ""}, {"csrf": "A" * len(token)}, {"csrf": token[:-1]}, {"csrf": others_token}]:
            answer = page.request.post(path, form=fields | csrf, max_redirects=0)
            assert answer.status in (400, 403), (path, csrf, answer.status)
            assert "text/csv" not in answer.headers["content-type"]
    page.reload()
    expect(box(page)).to_have_value("engineer")
    assert not [cookie for cookie in page.context.cookies() if cookie["name"] == "purpose"]
    assert page.request.post("/export", form={"q": "engineer", "csrf": token}).status == 200


@scenario
def form_of_another_origin_is_refused(web):
    """Without keys there is no session that a form could lack."""
    web.expect_status(400, 403)
    page = web.page()
    home = web.sites.address("keyless")
    other = home.replace("127.0.0.1", "localhost")
    page.route(other + "/other", lambda route: route.fulfill(content_type="text/html", body=f"""
        <form action="{home}/export" method="post"><input name="q" value="engineer"><button>trick</button></form>"""))
    page.goto(other + "/other")
    with page.expect_response(home + "/export") as answer:
        page.get_by_role("button", name="trick").click()
    assert answer.value.status == 403, answer.value.status
    # Nor may its script read a page.
    page.goto(other + "/other")
    assert page.evaluate("address => fetch(address).then(() => 'read', () => 'refused')", home + "/?q=nurse") == "refused"
    web.problems = [problem for problem in web.problems if "blocked by CORS policy" not in problem
                    and "net::ERR_FAILED" not in problem]


@scenario
def revoked_key_is_signed_out(web):
    web.expect_status(401)
    page = web.sign_in("leaver", "/?q=engineer")
    expect_count(page, web.sites.count("engineer"))
    web.sites.revoke("leaver")
    box(page).fill("nurse")
    expect(key_field(page)).to_be_visible()
    page.goto("/?q=engineer")
    expect(key_field(page)).to_be_visible()


@scenario
def rights_of_a_key(web):
    """Without the right `records` names are no links; without `contacts` no contact is shown."""
    web.expect_status(400, 403)
    page = web.sign_in("searcher", "/?q=ashdown")
    expect(rows(page)).to_have_count(1)
    expect(rows(page).get_by_role("link")).to_have_count(0)
    page.keyboard.press("j")
    page.goto("/?q=ashdown&connector=greenhouse&id=018b18ef-0000-7dde-8044-23993fefa621")
    expect(main(page).get_by_role("alert")).to_contain_text("Your key does not permit this")
    page = web.sign_in("reader", "/?q=ashdown")
    rows(page).get_by_role("link").click()
    expect(candidate(page).get_by_role("heading", level=2)).to_have_text("Robert Ashdown")
    expect(candidate(page)).not_to_contain_text("example.net")
    expect(candidate(page)).not_to_contain_text("555-0142")
    expect(candidate(page)).not_to_contain_text("CAREERS PAGE")
    page.goto("/?q=robert.ashdown%40example.net")
    expect(main(page).get_by_text("Robert Ashdown")).to_have_count(0)
    page = web.sign_in("scoped", "/?q=ashdown")
    expect(main(page).get_by_text("Robert Ashdown")).to_have_count(0)
    expect(main(page).get_by_role("heading", name="No candidate matches")).to_be_visible()


@scenario
def purpose_is_asked_for_and_kept(web):
    web.expect_status(400)
    page = web.page("purposeful", "/?q=engineer")
    expect(page.get_by_role("alert")).to_contain_text("Say why you search")
    purpose = page.get_by_label(re.compile("Why you search"))
    expect(purpose).to_be_visible()
    purpose.fill("Vacancy 12 “Pflege”; ü")
    page.get_by_role("button", name="Keep").click()
    # The search that was asked for follows.
    expect_count(page, web.sites.count("engineer -connector:hostile"))
    expect(page.get_by_text("Purpose: Vacancy 12 “Pflege”; ü")).to_be_visible()
    entries = web.sites.get("purposeful", "/v1/log?kind=search&q=engineer", purpose="audit")["entries"]
    assert "Vacancy 12 “Pflege”; ü" in [entry["purpose"] for entry in entries], entries
    assert all(entry["purpose"] for entry in entries), entries


@scenario
def no_sign_in_without_keys(web):
    page = web.page()
    expect(page.get_by_role("heading", name="Find candidates")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Sign"))).to_have_count(0)
    page.goto("/sign-in")
    page.goto("/?q=engineer")
    expect(filters(page).get_by_role("button", name=re.compile("Save"))).to_be_visible()
