"""Answering a question of any type in the browser, as a student does."""

import re

from playwright.sync_api import Page

from tests.browser.conftest import Site
from tests.make import actor_for
from trainer.core.items import Item
from trainer.core.items.draws import draw, draw_seed
from trainer.core.items.given import key_of, shown_order
from trainer.services import catalogue
from trainer.services.practice import asked
from trainer.store.accounts import Person
from trainer.store.practice import Sitting


def sitting_of(page: Page) -> int:
    return int(re.findall(r"/practice/(\d+)", page.url)[0])


def pin(site: Site, page: Page, code: str) -> Item:
    """Make this question the open one of the sitting on the page, and load it again."""
    with site.sessions.transaction() as session:
        sitting = session.get_one(Sitting, sitting_of(page))
        version = catalogue.current(session).items[code]
        item = draw(version.value, draw_seed(str(sitting.student_id), code, 0))
        sitting.concept, sitting.item_version_id = item.concept, version.version_id
        sitting.draw = 0 if version.value.parameters else None
        sitting.option_order = list(shown_order(item, "pinned"))
    page.reload()
    return item


def open_item(site: Site, page: Page) -> Item:
    """The open question as the student sees it."""
    with site.sessions.reading() as session:
        sitting = session.get_one(Sitting, sitting_of(page))
        actor = actor_for(session, session.get_one(Person, sitting.student_id))
        question = asked.question(session, actor, sitting.id)
        assert question is not None
        return question.item


def put_in_order(page: Page, wanted: list[str]) -> None:
    """Move steps up by their buttons until the order is the wanted one."""
    for place, step in enumerate(wanted):
        row = page.locator(f"[data-step]:has(input[value='{step}'])")
        while row.evaluate("row => [...row.parentElement.children].indexOf(row)") > place:
            row.locator("button[value$=' up']").click()


def fill(page: Page, item: Item, given: str) -> None:
    """Enter an answer in its written form (core.items.given)."""
    match item.type:
        case "numeric":
            page.locator("#number").fill(given)
        case "matching":
            for pair in given.split():
                page.locator(f"#match-{pair[0]}").select_option(pair)
        case "ordered_response":
            put_in_order(page, given.split())
        case _:
            for one in given.split():
                page.locator(f".option-input[value='{one}']").check(force=True)


def answer_right(site: Site, page: Page) -> None:
    """Give the right answer to the open question and send it."""
    item = open_item(site, page)
    fill(page, item, key_of(item))
    page.get_by_role("button", name="Check answer").click()
    page.wait_for_url(re.compile(r"/practice/\d+/\d+$"))
