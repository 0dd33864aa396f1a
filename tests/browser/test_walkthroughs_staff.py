"""First run, a class from its code to its results, the overview. Source: promises P33 and P49."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, sign_in
from tests.browser.walking import assign_work, do_practice_set, submit
from tests.conftest import NOW
from tests.make import PASSWORD, World
from trainer.services.accounts import setup

pytestmark = pytest.mark.browser


def open_set_up(site: Site, page: Page) -> None:
    """Follow the link of the command line and fill in the form."""
    with site.sessions.transaction() as session:
        setup.issue_set_up_code(session, "SET-UP-CODE", now=NOW)
    page.goto(f"{site.url}/set-up?code=SET-UP-CODE")
    page.get_by_label("Program name").fill("Riverbend")
    page.get_by_label("Your name").fill("Karen Whitfield")
    page.get_by_label("Sign-in name").fill("karen")
    page.get_by_role("textbox", name="Password").fill(PASSWORD)


def test_the_first_run_ends_signed_in_with_an_empty_program(site: Site, page: Page) -> None:
    open_set_up(site, page)
    page.get_by_label("I also teach or direct this program").uncheck()
    submit(page)

    expect(page).to_have_url(f"{site.url}/people")
    expect(page.get_by_role("heading", name="People", level=1)).to_be_visible()
    page.goto(f"{site.url}/set-up")
    expect(page.get_by_text("set up already")).to_be_visible()


def test_the_first_run_can_fill_in_a_sample_class(site: Site, page: Page) -> None:
    open_set_up(site, page)
    page.get_by_label("Fill with a sample class to look around").check()
    submit(page)
    # Two weeks of eight students take a while; leaving earlier would give the answer up.
    expect(page).to_have_url(f"{site.url}/program", timeout=60_000)

    page.goto(f"{site.url}/cohorts")
    page.get_by_role("link", name="Sample class").click()
    expect(page.locator("main")).to_contain_text("8 students")
    expect(page.locator("main")).to_contain_text("Infection control check")


def make_cohort(page: Page) -> None:
    page.get_by_role("link", name="New cohort").click()
    page.get_by_label("Cohort name").fill("MA Spring 2028")
    submit(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("MA Spring 2028")


def submit_seats(page: Page) -> None:
    page.get_by_label("Seats").fill("12")
    page.get_by_role("button", name="Make a class code").click()
    expect(page.locator("main")).to_contain_text("12 seats")


def join(page: Page, site: Site, code: str) -> None:
    page.goto(f"{site.url}/join")
    page.get_by_label("Invitation code").fill(code.lower())
    submit(page)
    page.get_by_label("Your name").fill("Ana Ruiz")
    page.get_by_label("Sign-in name").fill("ana.ruiz")
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    submit(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ana")


def test_a_class_from_its_first_code_to_its_first_result(
    filled: tuple[Site, World], page: Page, second: Page
) -> None:
    site, _ = filled
    sign_in(page, site, "instructor")
    make_cohort(page)
    submit_seats(page)
    code = page.locator(".code-big").inner_text()

    join(second, site, code)
    expect(second.get_by_text("No assignments")).to_be_visible()
    page.get_by_role("link", name="Back to").click()
    assign_work(page)
    do_practice_set(second, site)

    page.get_by_role("link", name="First week").click()
    row = page.get_by_role("row").filter(has_text="Ana Ruiz")
    expect(row).to_contain_text("finished")
    expect(row).to_contain_text("not started")
    page.get_by_role("link", name="Ana Ruiz").click()
    expect(page.locator("main")).to_contain_text("First week")


def test_a_class_list_is_corrected_and_brought_in(
    filled: tuple[Site, World], page: Page, second: Page
) -> None:
    site, _ = filled
    sign_in(page, site, "instructor")
    page.get_by_role("link", name="MA Fall 2026").click()
    page.get_by_role("link", name="Add a class list").click()

    page.get_by_label("Paste the list").fill("name,login\nAna Ruiz,ana.ruiz\nTyler Brandt,\n")
    submit(page)
    expect(page.get_by_role("row").filter(has_text="Sign-in name is empty")).to_be_visible()
    page.get_by_label("Paste the list").fill("name,login\nAna Ruiz,ana.ruiz\nTyler Brandt,tyler\n")
    submit(page)
    page.get_by_role("button", name="Make 2 accounts").click()

    row = page.get_by_role("row").filter(has_text="Tyler Brandt")
    code = row.locator("b").inner_text()
    second.goto(f"{site.url}/join?code={code}")
    submit(second)
    expect(second.locator("main")).to_contain_text("Welcome, Tyler Brandt")
    second.get_by_role("textbox", name="Password").fill(PASSWORD)
    submit(second)
    expect(second).to_have_url(f"{site.url}/today")


def test_the_director_lands_on_the_overview(filled: tuple[Site, World], page: Page) -> None:
    site, _ = filled
    sign_in(page, site, "director")

    expect(page).to_have_url(f"{site.url}/program")
    table = page.get_by_role("group", name="Cohorts").first
    expect(table).to_contain_text("MA Spring 2027")
    page.get_by_role("link", name="MA Fall 2026").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("MA Fall 2026")
