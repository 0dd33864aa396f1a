from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.make import Browser, World
from tests.services.progress_rows import add_sitting
from tests.web.html import ids_of, text_of
from trainer.store.assignments import Assignment, AssignmentTarget
from trainer.store.session import Sessions

FORM: dict[str, Any] = {
    "op_id": "operation-1", "title": "Infection control", "note": "Before Friday.",
    "banks": ["infection-control"], "questions": "10", "due_on": "2026-11-27",
    "due_time": "23:59",
}  # fmt: skip


def count(sessions: Sessions) -> int:
    with sessions.reading() as session:
        return session.scalar(select(func.count()).select_from(Assignment)) or 0


@pytest.fixture
def browser(app: Flask, world: World) -> Browser:
    return Browser(app).sign_in("instructor")


@pytest.fixture
def path(browser: Browser, world: World) -> str:
    found = f"/cohorts/{world.cohort_id}/assignments/new"
    browser.get(found)
    return found


def the_one(sessions: Sessions) -> Assignment:
    with sessions.reading() as session:
        return session.scalars(select(Assignment)).one()


def test_work_is_set_with_a_due_time_on_the_clock_of_the_instructor(
    browser: Browser, path: str, sessions: Sessions
) -> None:
    page = browser.follow(browser.post(path, FORM))

    assert "Infection control is assigned." in text_of(page)
    assert "2 not started, of 2" in text_of(page)
    made = the_one(sessions)
    assert made.due_at.isoformat() == "2026-11-28T04:59:00+00:00"


def test_the_form_offers_every_bank_with_its_size(browser: Browser, path: str) -> None:
    answer = browser.get(path)

    assert "Infection control" in text_of(answer)
    assert 'value="infection-control"' in answer.get_data(as_text=True)
    ids = ids_of(answer)
    assert len(ids) == len(set(ids))


def test_the_same_form_sent_twice_sets_the_work_once(
    browser: Browser, path: str, sessions: Sessions
) -> None:
    first, second = browser.post(path, FORM), browser.post(path, FORM)

    assert (first.status_code, second.status_code) == (303, 303)
    assert count(sessions) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"title": ""},
        {"title": "x" * 200},
        {"title": "\u200b"},
        {"title": "a\x00b"},
        {"note": "x" * 5000},
        {"note": "a\x07b"},
        {"banks": []},
        {"banks": ["nope"]},
        {"banks": ["infection-control", "' OR 1=1;--"]},
        {"banks": ["x" * 5000]},
        {"scenarios": ["nope"]},
        {"questions": ""},
        {"questions": "4"},
        {"questions": "51"},
        {"questions": "ten"},
        {"questions": "9" * 5000},
        {"questions": "1e9"},
        {"due_on": ""},
        {"due_on": "tomorrow"},
        {"due_on": "2027-02-30"},
        {"due_on": "11/27/2026"},
        {"due_on": "45678"},
        {"due_on": "0001-01-01"},
        {"due_on": "1582-10-10"},
        {"due_on": "9999-12-31"},
        {"due_on": "2026-11-23"},
        {"due_on": "2028-11-23"},
        {"due_time": ""},
        {"due_time": "25:00"},
        {"due_time": "noon"},
        {"due_on": "2027-03-14", "due_time": "02:30"},  # the clock skips it
        {"op_id": ""},
        {"op_id": "x" * 65},
        {"op_id": "a b' \x00----"},
    ],
)
def test_work_that_cannot_be_set_is_explained_and_nothing_typed_is_lost(
    browser: Browser, path: str, sessions: Sessions, change: dict[str, Any]
) -> None:
    answer = browser.post(path, FORM | change)

    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "1 thing to fix" in text_of(answer)
    assert count(sessions) == 0
    for name in ("title", "due_on", "due_time"):
        if name not in change:
            assert f'value="{FORM[name]}"' in html
    if "note" not in change:
        assert "Before Friday." in html
    if "banks" not in change:
        assert "checked" in html


def test_several_mistakes_are_listed_together(browser: Browser, path: str) -> None:
    page = browser.post(path, FORM | {"title": "", "due_on": "", "questions": "x"})

    assert "3 things to fix" in text_of(page)
    assert 'href="#due_on"' in page.get_data(as_text=True)


def test_a_form_with_a_broken_number_can_be_sent_again(
    browser: Browser, path: str, sessions: Sessions
) -> None:
    refused = browser.post(path, FORM | {"op_id": "?"}).get_data(as_text=True)

    fresh = refused.split('name="op_id"')[1].split('value="')[1].split('"')[0]
    assert browser.post(path, FORM | {"op_id": fresh}).status_code == 303
    assert count(sessions) == 1


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", "{{7*7}}", '"><img src=x>'])
def test_markup_in_title_and_note_is_shown_as_text(
    browser: Browser, path: str, sessions: Sessions, title: str
) -> None:
    cohort = browser.follow(browser.post(path, FORM | {"title": title, "note": title}))
    one = browser.get(f"/assignments/{the_one(sessions).id}")

    for page in (cohort, one):
        assert page.status_code == 200
        assert title in text_of(page) or "<" in title
        assert "<script>alert" not in page.get_data(as_text=True)
        assert "<img src=x" not in page.get_data(as_text=True)


def test_the_page_of_an_assignment_says_who_has_done_what(
    browser: Browser, path: str, world: World, sessions: Sessions
) -> None:
    browser.post(path, FORM)
    made = the_one(sessions)
    with sessions.transaction() as session:
        target = session.scalars(select(AssignmentTarget)).one()
        add_sitting(
            session, world.people["student"], made.created_at, target=target.id,
            ended_at=made.created_at, steps=11,
        )  # fmt: skip

    page = text_of(browser.get(f"/assignments/{made.id}"))

    assert "1 finished, 1 not started, of 2" in page
    assert "10 questions from" in page
    assert "10 answers" in page


def test_taking_work_back_asks_first_and_may_be_repeated(
    browser: Browser, path: str, sessions: Sessions
) -> None:
    browser.post(path, FORM)
    address = f"/assignments/{the_one(sessions).id}"
    asked = text_of(browser.get(f"{address}/withdraw"))

    for _ in range(2):
        page = browser.follow(browser.post(f"{address}/withdraw"))

    assert "Take back Infection control?" in asked
    assert "Nothing is assigned yet." in text_of(page)
    assert "was taken back" in text_of(browser.get(address))


@pytest.mark.parametrize("login", ["student", "outside_instructor", "stranger_director", "admin"])
def test_everybody_else_gets_one_answer_for_none_and_not_yours(
    app: Flask, browser: Browser, path: str, sessions: Sessions, login: str
) -> None:  # promise P21
    browser.post(path, FORM)
    made = the_one(sessions).id
    other = Browser(app).sign_in(login)

    for assignment in (made, 999_999_999):
        assert other.get(f"/assignments/{assignment}").status_code == 404
        assert other.get(f"/assignments/{assignment}/withdraw").status_code == 404
        assert other.post(f"/assignments/{assignment}/withdraw").status_code == 404
    assert other.post(path, FORM | {"op_id": "operation-2"}).status_code == 404
    assert count(sessions) == 1
    assert the_one(sessions).withdrawn_at is None


@pytest.mark.parametrize("number", ["0", "01", "+1", "1.0", "1 OR 1=1", "%31%20", "１", "-1"])
def test_an_id_that_is_no_id_is_not_found(browser: Browser, number: str) -> None:
    assert browser.get(f"/assignments/{number}").status_code == 404


def test_a_post_without_the_form_token_changes_nothing(
    browser: Browser, path: str, sessions: Sessions
) -> None:  # promise P30
    refused = browser.post(path, FORM | {"csrf_token": ""})
    browser.get(path)
    browser.post(path, FORM)

    answer = browser.post(f"/assignments/{the_one(sessions).id}/withdraw", {"csrf_token": "x"})

    assert (refused.status_code, answer.status_code) == (400, 400)
    assert the_one(sessions).withdrawn_at is None


def test_all_that_is_missing_is_said_at_once(browser: Browser, path: str) -> None:
    answer = browser.post(path, {"op_id": "operation-1", "due_time": "23:59"})

    page = text_of(answer)
    assert answer.status_code == 422
    assert "3 things to fix" in page
    assert "Choose at least one scenario or one question bank." in page


def test_a_bank_that_is_too_small_for_a_set_asks_for_another(browser: Browser, path: str) -> None:
    page = text_of(browser.post(path, FORM | {"banks": ["ethics"], "questions": "5"}))

    assert "That is only 4 ideas; a set asks 5 or more. Add another bank." in page
