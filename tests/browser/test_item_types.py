"""Every item type answered in a real browser: by mouse, by keys, without script, on a phone.

Source: design ui.md section 4 (option row) and "not drawn" list; promises P47 and P49.
"""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.answering import fill, pin, put_in_order, sitting_of
from tests.browser.conftest import Site, axe_violations, new_context, sign_in
from tests.conftest import NOW
from tests.make import World
from trainer.content.bundle import Bundle
from trainer.core.items import Item
from trainer.core.items.given import key_of, misses_of
from trainer.services import catalogue
from trainer.store.practice import Response

pytestmark = pytest.mark.browser

TYPES = (
    "single_best_answer", "multiple_response", "ordered_response", "matching", "numeric",
    "hot_spot",
)  # fmt: skip


@pytest.fixture
def filled(filled: tuple[Site, World], mixed: Bundle) -> tuple[Site, World]:
    """The site with questions of every type."""
    with filled[0].sessions.transaction() as session:
        catalogue.sync(session, mixed, now=NOW)
    return filled


def codes(site: Site, kind: str) -> list[str]:
    with site.sessions.reading() as session:
        items = catalogue.current(session).items
        return sorted(
            code for code, one in items.items()
            if one.value.type == kind and one.value.origin == "written"
        )  # fmt: skip


def begin(site: Site, page: Page, kind: str) -> Item:
    """The student has an open question of this type."""
    sign_in(page, site, "student")
    page.goto(f"{site.url}/practice")
    page.locator("[name=bank]").first.check()
    page.get_by_role("button", name="Start practice").click()
    page.wait_for_url(re.compile(r"/practice/\d+$"))
    return pin(site, page, codes(site, kind)[0])


def last_answer(site: Site) -> Response:
    with site.sessions.reading() as session:
        return session.query(Response).order_by(Response.id.desc()).first()


def check(page: Page) -> None:
    page.get_by_role("button", name="Check answer").click()
    page.wait_for_url(re.compile(r"/practice/\d+/\d+$"))


def keep_picture(page: Page, name: str) -> None:
    """For looking at: TRAINER_TEST_PICTURES names a folder."""
    folder = os.environ.get("TRAINER_TEST_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("kind", TYPES)
def test_a_right_answer_of_each_type_is_told_as_right(
    filled: tuple[Site, World], page: Page, kind: str
) -> None:
    site, _ = filled
    item = begin(site, page, kind)
    assert axe_violations(page) == []
    keep_picture(page, f"{kind}-question")

    fill(page, item, key_of(item))
    check(page)

    expect(page.locator("#verdict")).to_contain_text("Right")
    assert last_answer(site).correct
    assert axe_violations(page) == []


@pytest.mark.parametrize("kind", TYPES)
def test_a_wrong_answer_of_each_type_gives_reasons(
    filled: tuple[Site, World], page: Page, kind: str
) -> None:
    site, _ = filled
    item = begin(site, page, kind)

    fill(page, item, misses_of(item)[0])
    check(page)

    expect(page.locator("#verdict")).not_to_have_text("Right.")
    assert not last_answer(site).correct
    expect(page.locator(".reasons .reason").first).to_be_visible()
    assert axe_violations(page) == []
    keep_picture(page, f"{kind}-answer")


@pytest.mark.parametrize("kind", TYPES)
def test_each_type_fits_a_phone_and_the_dark(
    filled: tuple[Site, World], chromium: Browser, kind: str
) -> None:
    site, _ = filled
    context = new_context(
        chromium, viewport={"width": 390, "height": 844}, color_scheme="dark", has_touch=True
    )
    page = context.new_page()
    begin(site, page, kind)

    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    keep_picture(page, f"{kind}-phone")
    context.close()


def test_each_type_works_without_a_script(filled: tuple[Site, World], chromium: Browser) -> None:
    site, _ = filled
    context = new_context(chromium, java_script_enabled=False)
    page = context.new_page()
    begin(site, page, "single_best_answer")
    for kind in TYPES:
        item = pin(site, page, codes(site, kind)[-1])
        if kind == "ordered_response":
            wanted = key_of(item).split()
            for _ in range(40):
                shown = [
                    page.locator("input[name=choice]").nth(n).get_attribute("value")
                    for n in range(len(wanted))
                ]
                wrong = [n for n, one in enumerate(shown) if one != wanted[n]]
                if not wrong:
                    break
                place = shown.index(wanted[wrong[0]])
                page.locator("button[value$=' up']").nth(place).click()
        else:
            fill(page, item, key_of(item))
        check(page)
        expect(page.locator("#verdict")).to_contain_text("Right")
        page.locator(".answer-bar a").click()
    context.close()


def test_steps_are_moved_by_keys_and_the_place_is_said(
    filled: tuple[Site, World], page: Page
) -> None:
    site, _ = filled
    begin(site, page, "ordered_response")
    second = page.locator("[data-step]").nth(1)
    text = second.locator(".step-text").inner_text()

    second.locator("button[value$=' up']").focus()
    page.keyboard.press("Enter")

    expect(page.locator("[data-step] .step-text").first).to_have_text(text)
    expect(page.locator("[data-steps-said]")).to_contain_text("now 1 of")
    assert page.url.endswith(str(sitting_of(page)))


def test_steps_are_dragged(filled: tuple[Site, World], page: Page) -> None:
    site, _ = filled
    begin(site, page, "ordered_response")
    last = page.locator("[data-step]").last
    text = last.locator(".step-text").inner_text()

    last.drag_to(page.locator("[data-step]").first, target_position={"x": 40, "y": 4})

    expect(page.locator("[data-step] .step-text").first).to_have_text(text)


def test_a_press_on_the_picture_chooses_the_place(filled: tuple[Site, World], page: Page) -> None:
    site, _ = filled
    begin(site, page, "hot_spot")
    region = page.locator("[data-region]").nth(1)
    wanted = region.get_attribute("data-region")

    region.locator(".p-hit").click(force=True)

    expect(page.locator(f".option-input[value='{wanted}']")).to_be_checked()
    expect(region).to_have_class(re.compile("is-chosen"))


def test_several_answers_are_chosen_and_taken_back_by_keys(
    filled: tuple[Site, World], page: Page
) -> None:
    site, _ = filled
    begin(site, page, "multiple_response")

    for key in "abca":
        page.keyboard.press(key)

    boxes = page.locator(".option-input")
    assert [boxes.nth(n).is_checked() for n in range(3)] == [False, True, True]


def test_what_cannot_be_read_as_one_number_comes_back_with_a_message(
    filled: tuple[Site, World], page: Page
) -> None:
    site, _ = filled
    begin(site, page, "numeric")

    page.locator("#number").fill("1,5")
    page.keyboard.press("Enter")

    expect(page.get_by_text("could be read in two ways")).to_be_visible()
    expect(page.locator("#number")).to_have_value("1,5")
    assert axe_violations(page) == []


def test_an_unfinished_order_or_match_loses_nothing(filled: tuple[Site, World], page: Page) -> None:
    site, _ = filled
    item = begin(site, page, "matching")
    first = key_of(item).split()[0]

    page.locator(f"#match-{first[0]}").select_option(first)
    page.get_by_role("button", name="Check answer").click()

    expect(page.get_by_text("no match yet")).to_be_visible()
    expect(page.locator(f"#match-{first[0]}")).to_have_value(first)


def test_put_in_order_is_the_order_sent(filled: tuple[Site, World], page: Page) -> None:
    site, _ = filled
    item = begin(site, page, "ordered_response")
    wanted = list(reversed(key_of(item).split()))

    put_in_order(page, wanted)
    check(page)

    assert last_answer(site).chosen == " ".join(wanted)
