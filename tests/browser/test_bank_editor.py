"""A question of one's own, from the empty page to a student's practice; checks while typing."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, sign_in
from tests.browser.walking import submit
from tests.conftest import NOW
from tests.make import World
from tests.services.bank_writing import OPTIONS, make_sound, sound
from tests.services.practicing import Learner
from trainer.services import catalogue
from trainer.services.bank import drafts
from trainer.store.catalogue import CatalogueEntry

pytestmark = pytest.mark.browser


def begin(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/bank/own")
    page.get_by_role("link", name="New question").click()
    page.locator("#concept").select_option("hand-hygiene")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Edit question")


def write(page: Page) -> None:
    """Fill in every field by hand."""
    entry = sound({})
    page.get_by_label("Situation").fill(entry["stem"])
    page.get_by_label("Question", exact=True).fill(entry["lead_in"])
    for index, (text, key, reason) in enumerate(OPTIONS):
        page.locator(f"#options-{index}-text").fill(text)
        page.locator(f"#options-{index}-reason").fill(reason)
        if key == "yes":
            page.locator(f"#options-{index}-correct").check()
    page.get_by_label("One-line rule").fill(entry["rule"])
    page.get_by_label("Title").fill(entry["sources"][0]["title"])
    page.get_by_label("Link").fill(entry["sources"][0]["url"])
    page.get_by_label("I read it today").check()


def test_a_question_is_written_read_published_and_asked(
    filled: tuple[Site, World], page: Page, second: Page
) -> None:
    site, world = filled
    sign_in(page, site, "instructor")
    begin(page, site)
    write(page)
    expect(page.locator("#checks")).to_contain_text("Nothing to fix")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name="After a right answer")).to_be_visible()
    page.get_by_role("link", name="Back to the editor").click()
    page.get_by_role("button", name="Send to review").click()
    expect(page.locator("main")).to_contain_text("In review")

    sign_in(second, site, "director")
    second.goto(f"{site.url}/bank/own")
    second.get_by_role("link", name="Answer it blind").click()
    expect(second.locator("main")).not_to_contain_text("lift the spores")
    second.locator(".option-face", has_text="soap and running water").click()
    submit(second)
    expect(second.locator("main")).to_contain_text("lift the spores")
    second.get_by_role("button", name="I agree with it").click()
    expect(second.locator("main")).to_contain_text("Read, to be published")

    page.goto(f"{site.url}/bank/own")
    page.get_by_role("link", name="What should the medical assistant do").click()
    page.get_by_role("button", name="Publish").click()
    submit(page)
    expect(page.locator("main")).to_contain_text("Published")
    make_it_due(site, world)
    second.context.clear_cookies()
    sign_in(second, site, "student")
    second.get_by_role("button", name="Start reviews").click()
    expect(second.locator(".lead-in")).to_contain_text("with the hands before the next room")


def make_it_due(site: Site, world: World) -> None:
    """Let the new question be the only one left on an idea that the student has to review."""
    with site.sessions.transaction() as session:
        student = world.actor(session, "student")
        own = catalogue.current(session, student.programs).local[world.program_id]
        assert [version.value.checked.on for version in own.values()] == ["2026-11-24"]
        others = [v.code for v in catalogue.current(session).items_of("hand-hygiene")]
        for entry in session.query(CatalogueEntry).filter(CatalogueEntry.code.in_(others)):
            entry.retired_at = NOW
        catalogue.changed(session)
        Learner(session, student, now=NOW).give_card("hand-hygiene")


def test_the_checks_follow_the_typing_and_leave_the_fields_alone(
    filled: tuple[Site, World], page: Page
) -> None:
    site, world = filled
    with site.sessions.transaction() as session:
        draft_id = make_sound(session, world.actor(session, "instructor")).id
    sign_in(page, site, "instructor")
    page.goto(f"{site.url}/bank/drafts/{draft_id}")
    field = page.locator("#options-1-text")
    expect(page.locator("#checks")).to_contain_text("Nothing to fix")

    field.press("End")
    field.press_sequentially(" <b>")

    expect(page.locator("#checks")).to_contain_text("1 to fix")
    expect(page.locator("#options-1-text-said")).to_contain_text("T01")
    assert field.evaluate("one => one === document.activeElement")
    assert field.input_value().endswith(" <b>")
    page.locator("#checks a[href='#options-1-text']").click()
    with site.sessions.reading() as session:
        assert drafts.get(session, world.actor(session, "instructor"), draft_id).edit == 2


def test_rows_come_and_go_without_script(filled: tuple[Site, World], plain: Page) -> None:
    site, _ = filled
    sign_in(plain, site, "instructor")
    begin(plain, site)
    plain.get_by_label("Situation").fill("A medical assistant waits.")

    plain.get_by_role("button", name="Add an option").click()
    expect(plain).to_have_url(re.compile("#options-4$"))
    plain.locator("#options-4-text").fill("Fifth")
    plain.get_by_role("button", name="Remove: Option B").click()

    expect(plain.get_by_label("Situation")).to_have_value("A medical assistant waits.")
    expect(plain.locator("#options-3-text")).to_have_value("Fifth")
    expect(plain.locator("#options-4-text")).to_have_count(0)
