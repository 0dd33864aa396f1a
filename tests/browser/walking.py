"""Steps that several ways through the program share."""

import re
from datetime import timedelta

from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from tests.browser.conftest import Site
from tests.conftest import NOW
from tests.make import World
from trainer.services import catalogue
from trainer.store.practice import MemoryCard, Response, Sitting

DUE = (
    "hand-hygiene", "teach-back", "bp-technique", "standard-precautions", "chain-of-infection",
    "suffix-conditions", "pulse-measurement", "patient-identifiers", "informed-consent",
    "ppe-sequence",
)  # fmt: skip


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
        assert version is not None
        key = catalogue.get_version(session, version).value.key.id
    return page.locator(f".option-input[value='{key}']").get_attribute("data-key") or ""


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
