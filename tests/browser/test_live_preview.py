"""The class list is read while it is typed; script only shortens the way."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.make import PASSWORD, World


def test_a_pasted_list_is_read_before_any_button_is_pressed(
    filled: tuple[Site, World], page: Page
) -> None:
    site, world = filled
    page.goto(f"{site.url}/sign-in")
    page.fill("#login", "instructor")
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/cohorts")
    page.goto(f"{site.url}/cohorts/{world.cohort_id}/roster")

    page.fill("#text", "name,login\nAna Ruiz,ana.ruiz\nBo,student")

    read = page.locator("#read")
    expect(read).to_contain_text("new account")
    expect(read).to_contain_text("taken")
    assert page.locator("#text").input_value().startswith("name,login\nAna Ruiz")
