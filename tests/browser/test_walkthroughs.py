"""Whole ways through the program in a real browser, by mouse, by keys and without script.

Source: design ui.md sections 1, 2 and 6; promises P03, P33 and P49.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import func, select

from tests.browser.conftest import Site, new_context, sign_in, watch
from tests.conftest import NOW
from tests.make import PASSWORD, World
from trainer.core.scenario.model import Scenario
from trainer.services import catalogue
from trainer.services.accounts import setup
from trainer.store.accounts import Person
from trainer.store.practice import MemoryCard, Response, Sitting

pytestmark = pytest.mark.browser

DUE = (
    "hand-hygiene", "teach-back", "bp-technique", "standard-precautions", "chain-of-infection",
    "suffix-conditions", "pulse-measurement", "patient-identifiers", "informed-consent",
    "ppe-sequence",
)  # fmt: skip


@pytest.fixture
def second(chromium: Browser) -> Iterator[Page]:
    """The page of another person, in a browser of its own."""
    context = new_context(chromium)
    page = context.new_page()
    problems = watch(page)
    yield page
    context.close()
    assert problems == []


@pytest.fixture
def plain(chromium: Browser) -> Iterator[Page]:
    """A page without script."""
    context = new_context(chromium, java_script_enabled=False)
    yield context.new_page()
    context.close()


def submit(page: Page) -> None:
    """Press the filled button of the page."""
    page.locator("main .btn-primary[type=submit]").first.click()


def answers(site: Site) -> int:
    with site.sessions.reading() as session:
        return session.scalar(select(func.count()).select_from(Response)) or 0


def give_due_cards(site: Site, world: World) -> None:
    """Ten ideas that the student has met and that are due today."""
    with site.sessions.transaction() as session:
        for concept in DUE:
            session.add(
                MemoryCard(
                    student_id=world.people["student"], concept=concept, s=10.0, d=5.0,
                    last_day=NOW.date() - timedelta(days=10), due_day=NOW.date(), reps=1,
                    lapses=0, lucky=0, misconception_until=None, params_hash="x",
                )
            )  # fmt: skip


def key_of_open_question(site: Site, page: Page) -> str:
    """The letter of the right option on the page."""
    sitting = int(re.findall(r"/practice/(\d+)", page.url)[0])
    with site.sessions.reading() as session:
        version = session.get_one(Sitting, sitting).item_version_id
        key = catalogue.get_version(session, version).value.key.id
    return page.locator(f".option-input[value='{key}']").get_attribute("data-key") or ""


def flu_visit(site: Site) -> Scenario:
    with site.sessions.reading() as session:
        found: Scenario = catalogue.current(session).scenarios["flu-patient"].value
        return found


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

    page.goto(f"{site.url}/cohorts")
    page.get_by_role("link", name="Sample class").click()
    expect(page.locator("main")).to_contain_text("8 students")
    expect(page.locator("main")).to_contain_text("Infection control check")


def open_set_up(site: Site, page: Page) -> None:
    """Follow the link of the command line and fill in the form."""
    with site.sessions.transaction() as session:
        setup.issue_set_up_code(session, "SET-UP-CODE", now=NOW)
    page.goto(f"{site.url}/set-up?code=SET-UP-CODE")
    page.get_by_label("Program name").fill("Riverbend")
    page.get_by_label("Your name").fill("Karen Whitfield")
    page.get_by_label("Sign-in name").fill("karen")
    page.get_by_role("textbox", name="Password").fill(PASSWORD)


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
    expect(page).to_have_url(question)
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


def assign_work(page: Page) -> None:
    page.get_by_role("link", name="Assign work").first.click()
    page.get_by_label("Title").fill("First week")
    page.get_by_label("Flu visit").check()
    page.get_by_label("Law and ethics").check()
    page.get_by_label("Questions", exact=True).fill("5")
    page.get_by_label("Due day").fill("2026-11-30")
    submit(page)
    expect(page.get_by_text("First week is assigned.")).to_be_visible()


def do_practice_set(page: Page, site: Site) -> None:
    """Answer the assigned questions, all of them right."""
    page.goto(f"{site.url}/today")
    row = page.locator(".row-assigned").filter(has_text="5 questions")
    row.get_by_role("button", name="Start").click()
    for _ in range(5):
        page.wait_for_url(re.compile(r"/practice/\d+$"))
        page.locator(f".option-input[data-key={key_of_open_question(site, page)}]").check(
            force=True
        )
        page.get_by_role("button", name="Check answer").click()
        page.locator(".answer-bar a").click()
    expect(page.get_by_text("5 of 5 right")).to_be_visible()


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


def test_the_theme_stays_chosen(filled: tuple[Site, World], page: Page) -> None:
    site, _ = filled
    sign_in(page, site, "student")

    with page.expect_response(re.compile("/theme$")):
        page.get_by_role("button", name="Use the dark theme").click()

    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark"


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
