"""The main ways work as plain forms and links, too. Source: design ui.md section 1, rule 7."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, sign_in
from tests.browser.walking import assign_work
from tests.make import World

pytestmark = pytest.mark.browser


def without_script_answer(page: Page, site: Site) -> None:
    page.get_by_role("button", name="Start with new ideas").click()
    page.locator("button", has_text="Check answer").click()
    expect(page.get_by_text("Choose an answer first.")).to_be_visible()
    page.locator(".option-face").first.click()
    page.locator("button", has_text="Check answer").click()
    expect(page.locator("#verdict")).to_be_visible()
    page.locator(".answer-bar a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Question 2")


def without_script_visit(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/scenarios")
    page.locator("form[action$='/scenarios/flu-patient/start'] button").click()
    done = page.locator(".option-text").first.inner_text()
    page.locator(".option-face").first.click()
    page.get_by_role("button", name="Do this").click()
    assert page.locator("[name=step]").first.input_value() == "2"
    page.get_by_role("link", name="Transcript").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Transcript")
    expect(page.locator(".said-you")).to_contain_text(done)


def without_script_assign(page: Page, site: Site) -> None:
    page.get_by_role("link", name="MA Fall 2026").click()
    assign_work(page)


@pytest.mark.parametrize(
    ("login", "way"),
    [
        ("student", without_script_answer),
        ("student", without_script_visit),
        ("instructor", without_script_assign),
    ],
)
def test_the_main_ways_work_without_script(
    filled: tuple[Site, World], plain: Page, login: str, way: Callable[[Page, Site], None]
) -> None:
    site, _ = filled
    sign_in(plain, site, login)

    way(plain, site)
