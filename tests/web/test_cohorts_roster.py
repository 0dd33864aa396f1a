"""Bringing a class list in through the pages: look, correct, confirm. Bad input G/G."""

import io
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.make import Browser, World
from tests.web.html import text_of
from trainer.store.accounts import Person
from trainer.store.cohorts import Enrolment
from trainer.store.session import Sessions

LIST = "name,login\nAna Ruiz,ana.ruiz\nTyler Brandt,tbrandt\n"


def count(sessions: Sessions, table: Any) -> int:
    with sessions.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def browser(app: Flask, world: World) -> Browser:
    return Browser(app).sign_in("instructor")


def test_a_class_list_is_looked_at_before_anything_is_saved(
    browser: Browser, world: World, sessions: Sessions
) -> None:
    path = f"/cohorts/{world.cohort_id}/roster"
    browser.get(path)
    before = count(sessions, Person)

    preview = browser.post(path, {"text": LIST})

    assert preview.status_code == 200
    assert "Make 2 accounts" in text_of(preview)
    assert count(sessions, Person) == before
    codes = browser.post(path, {"text": LIST, "confirm": "yes"})
    assert codes.status_code == 200
    assert "ana.ruiz" in text_of(codes)
    assert count(sessions, Person) == before + 2


def test_a_file_is_read_like_pasted_text(browser: Browser, world: World) -> None:
    path = f"/cohorts/{world.cohort_id}/roster"
    browser.get(path)

    file = (io.BytesIO("\ufeffname;login\r\nZoë;zoe\r\n".encode()), "../../<b>list.csv")
    preview = browser.post(path, {"file": file}, content_type="multipart/form-data")

    assert preview.status_code == 200
    assert "Make 1 account" in text_of(preview)


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"name,login\nZo\xeb,zoe\n", b"x" * 505_000, b""]
)
def test_a_file_that_is_no_list_is_refused_in_words(
    browser: Browser, world: World, sessions: Sessions, data: bytes
) -> None:
    path = f"/cohorts/{world.cohort_id}/roster"
    browser.get(path)

    for confirm in ("", "yes"):
        form = {"file": (io.BytesIO(data), "list.csv"), "confirm": confirm}
        answer = browser.post(path, form, content_type="multipart/form-data")
        assert answer.status_code == 422
    assert count(sessions, Enrolment) == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "name,login",
        "nombre,usuario\nAna,ana",
        "name,login\nAna",
        "name,login\nAna,ana\nAnna,ANA",
        "name,login\nAna,student",
        "name,login\n=1+1,ana",
        "name,login\n<script>alert(1)</script>,a b",
        'name,login\n"Ana,ana',
        "name,login\nAna,ana\x00",
        "name,login\n" + "x" * 5000 + ",ana",
        "name,login\n" + "Ana,ana\n" * 600,
    ],
)
def test_a_list_with_a_problem_saves_nothing_also_when_it_is_confirmed(
    browser: Browser, world: World, sessions: Sessions, text: str
) -> None:
    path = f"/cohorts/{world.cohort_id}/roster"
    browser.get(path)
    before = count(sessions, Person)

    for confirm in ("", "yes"):
        answer = browser.post(path, {"text": text, "confirm": confirm})
        html = answer.get_data(as_text=True)
        assert answer.status_code == 422
        assert 'value="yes"' not in html
        assert "<script>alert" not in html
    assert count(sessions, Person) == before


def test_a_list_confirmed_twice_makes_each_account_once(
    browser: Browser, world: World, sessions: Sessions
) -> None:
    path = f"/cohorts/{world.cohort_id}/roster"
    browser.get(path)
    form = {"text": LIST, "confirm": "yes"}

    first, second = browser.post(path, form), browser.post(path, form)

    assert (first.status_code, second.status_code) == (200, 422)
    assert "is taken" in text_of(second)
    assert count(sessions, Enrolment) == 4
