"""A student's ways through the program in a real browser, by mouse and by keys alone.

Source: design ui.md sections 1, 2 and 6; promises P03 and P49.
"""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import func, select

from tests.browser.conftest import Site, sign_in
from tests.browser.walking import answers, give_due_cards, key_of_open_question
from tests.make import PASSWORD, World
from trainer.core.scenario.model import Scenario
from trainer.services import catalogue
from trainer.store.accounts import Person
from trainer.store.practice import Response

pytestmark = pytest.mark.browser


def flu_visit(site: Site) -> Scenario:
    with site.sessions.reading() as session:
        found: Scenario = catalogue.current(session).scenarios["flu-patient"].value
        return found


def tab_to(page: Page, target: Locator) -> None:
    """Move the focus with the Tab key, as far as a reader would go."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError("the Tab key does not lead there")


def answer_by_keys(page: Page, letter: str, sure: int) -> None:
    page.keyboard.press(letter)
    page.keyboard.press(str(sure))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/practice/\d+/\d+$"))
    expect(page.locator("#verdict")).to_be_focused()


def test_ten_questions_by_keyboard_alone(filled: tuple[Site, World], page: Page) -> None:
    site, world = filled
    give_due_cards(site, world)
    sign_in(page, site, "student")

    tab_to(page, page.get_by_role("button", name="Start reviews"))
    page.keyboard.press("Enter")
    for number in range(1, 11):
        page.wait_for_url(re.compile(r"/practice/\d+$"))
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Question {number}")
        answer_by_keys(page, key_of_open_question(site, page), 1 + number % 3)
        expect(page.locator("#verdict")).to_contain_text("Right")
        page.keyboard.press("Enter")

    expect(page.get_by_text("10 of 10 right")).to_be_visible()
    assert answers(site) == 10


def test_a_question_that_is_struck_out_by_key_is_not_chosen(
    filled: tuple[Site, World], page: Page
) -> None:
    site, world = filled
    give_due_cards(site, world)
    sign_in(page, site, "student")
    page.get_by_role("button", name="Start reviews").click()
    page.wait_for_url(re.compile(r"/practice/\d+$"))

    page.keyboard.press("b")
    expect(page.locator(".option-input[data-key=b]")).to_be_checked()
    page.keyboard.press("Shift+B")

    expect(page.locator(".option-input[data-key=b]")).not_to_be_checked()
    expect(page.locator(".is-struck")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Choose an answer first.")).to_be_visible()
    assert answers(site) == 0


def test_a_double_enter_and_the_back_button_change_nothing(
    filled: tuple[Site, World], page: Page
) -> None:
    site, world = filled
    give_due_cards(site, world)
    sign_in(page, site, "student")
    page.get_by_role("button", name="Start reviews").click()
    page.wait_for_url(re.compile(r"/practice/\d+$"))
    question = page.url

    page.keyboard.press("a")
    page.evaluate("""() => {
      const form = document.getElementById("answer");
      form.requestSubmit(); form.requestSubmit();
    }""")
    page.wait_for_url(re.compile(r"/practice/\d+/1$"))
    assert answers(site) == 1
    page.go_back()
    page.wait_for_url(question)
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    page.wait_for_load_state()

    assert answers(site) <= 2  # Back shows either the next question or the stale one
    with site.sessions.reading() as session:
        steps = list(session.scalars(select(Response.step).order_by(Response.id)))
    assert steps == list(range(1, len(steps) + 1))


def choose(page: Page, text: str, step: int) -> None:
    """Do what a choice says, whether it is a button or a row with its own button below."""
    assert page.locator("[name=step]").first.input_value() == str(step)
    act = page.locator("main button[name=choice]").get_by_text(text, exact=True)
    if act.count():
        act.click()
    else:
        page.locator(".option-face").get_by_text(text, exact=True).click()
        page.get_by_role("button", name="Do this").click()
    page.wait_for_load_state()


def test_a_visit_is_left_in_the_middle_and_played_to_its_debrief(
    filled: tuple[Site, World], page: Page
) -> None:
    site, _ = filled
    told = flu_visit(site)
    name = "Unmasked at the window, the rest in order"
    texts = [told.choices[c].text for w in told.walkthroughs if w.name == name for c in w.choices]
    sign_in(page, site, "student")
    page.get_by_role("link", name="Scenarios").first.click()
    page.locator("form[action$='/scenarios/flu-patient/start'] button").click()

    for step, text in enumerate(texts, 1):
        choose(page, text, step)
        if step == 9:
            expect(page.locator("#scene")).to_be_focused()
            page.get_by_role("link", name="Leave").first.click()
            page.get_by_role("button", name="Continue").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Before you see the score")
    page.get_by_label("What would you do differently?").fill("Mask first, then the desk.")
    page.get_by_role("button", name="Show the debrief").click()
    expect(page.locator(".score-figure")).to_have_text("89")
    expect(page.locator(".receipt-group").filter(has_text="Missed or wrong")).to_be_visible()
    expect(page.locator(".receipt").first).to_contain_text(texts[0])
    expect(page.locator("main")).to_contain_text("Mask first, then the desk.")
    page.get_by_role("link", name="Show the best path").click()
    expect(page.locator(".best-path li")).to_have_count(len(told.best_path))


def test_a_visit_can_be_played_by_keys(filled: tuple[Site, World], page: Page) -> None:
    site, _ = filled
    sign_in(page, site, "student")
    page.goto(f"{site.url}/scenarios")
    page.locator("form[action$='/scenarios/flu-patient/start'] button").click()
    page.wait_for_url(re.compile(r"/plays/\d+$"))

    page.keyboard.press("p")
    expect(page.locator(".patient")).to_be_focused()
    page.keyboard.press("t")
    expect(page.get_by_role("dialog", name="Transcript")).to_be_visible()
    page.keyboard.press("Escape")
    done = page.locator(".option-text").nth(1).inner_text()
    page.keyboard.press("b")
    page.keyboard.press("Enter")

    expect(page.locator("#scene")).to_be_focused()
    assert page.locator("[name=step]").first.input_value() == "2"
    page.keyboard.press("t")
    expect(page.get_by_role("dialog", name="Transcript").locator(".said-you")).to_contain_text(done)


def test_the_theme_stays_chosen(filled: tuple[Site, World], page: Page) -> None:
    site, _ = filled
    sign_in(page, site, "student")

    with page.expect_response(re.compile("/theme$")):
        page.get_by_role("button", name="Use the dark theme").click()

    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_passwords_can_be_pasted_and_shown(filled: tuple[Site, World], page: Page) -> None:
    site, _ = filled
    page.goto(f"{site.url}/sign-in")
    field = page.locator("[name=password]")
    field.focus()
    page.keyboard.insert_text(PASSWORD)

    page.get_by_role("button", name="Show").click()

    assert field.input_value() == PASSWORD
    assert field.get_attribute("type") == "text"
    with site.sessions.reading() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 8
