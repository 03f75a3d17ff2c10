"""The age of the data, and connectors that are broken."""

from playwright.sync_api import expect

from browser import box, filters, scenario


@scenario
def age_of_the_data_is_shown(web):
    page = web.page("synced", "/?q=*")
    data = filters(page).get_by_role("listitem")
    lever = data.filter(has_text="lever: updated")
    expect(lever).to_contain_text("updated 3 days ago")
    expect(lever.get_by_role("strong")).to_have_text("Its data is older than a day.")


@scenario
def broken_connector_is_shown(web):
    page = web.page("synced", "/?q=*")
    greenhouse = filters(page).get_by_role("listitem").filter(has_text="greenhouse: updated")
    expect(greenhouse).to_be_visible()
    # The first page does not wait for the connector's state.
    for _ in range(50):
        with page.expect_response("**/filters?**") as answer:
            page.reload()
        if "must be renewed" in answer.value.text():
            break
    expect(greenhouse.get_by_role("strong")).to_contain_text("Its connection must be renewed")
    expect(box(page)).to_have_value("*")


@scenario
def data_of_a_scope(web):
    """A key with a scope sees no connector outside it."""
    page = web.sign_in("scoped", "/?q=engineer")
    expect(filters(page).get_by_role("link", name="lever")).to_be_visible()
    expect(filters(page).get_by_text("greenhouse")).to_have_count(0)
