"""Reporting a problem with a question, from a student's side. Promise P25."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.conftest import NOW
from tests.make import Browser, World
from tests.services.practicing import Learner
from tests.web.html import ids_of, text_of
from trainer.services.bank import inbox
from trainer.store.bank import ItemReport
from trainer.store.session import Sessions

OP = "report-operation-1"


def kept(sessions: Sessions) -> list[ItemReport]:
    with sessions.reading() as session:
        return list(session.scalars(select(ItemReport).order_by(ItemReport.id)))


@pytest.fixture
def place(app: Flask, world: World, sessions: Sessions) -> str:
    """The address of a set of the student: its first question answered, the second one open."""
    with sessions.transaction() as session:
        learner = Learner(session, world.actor(session, "student"))
        learner.start("bank", bank="infection-control", questions=5)
        learner.answer()
        return f"/practice/{learner.sitting_id}"


@pytest.fixture
def student(app: Flask, world: World) -> Browser:
    return Browser(app).sign_in("student")


def report(about: str = "wrong", text: str = "", op: str = OP, **more: Any) -> dict[str, Any]:
    return {"send": "yes", "op_id": op, "about": about, "text": text, **more}


@pytest.mark.parametrize("step", [1, 2])
def test_a_report_is_pinned_to_the_version_that_was_shown(
    student: Browser, place: str, sessions: Sessions, step: int
) -> None:
    page = student.get(f"{place}/{step}/report")
    assert "Report a problem" in text_of(page)
    assert len(ids_of(page)) == len(set(ids_of(page)))

    back = student.follow(student.post(f"{place}/{step}/report", report("outdated", "See 2026.")))

    assert "Thank you. Staff read your report" in text_of(back)
    (one,) = kept(sessions)
    assert (one.about, one.text, one.step) == ("outdated", "See 2026.", step)
    with sessions.reading() as session:
        code = session.execute(
            select(func.max(ItemReport.item_code)).where(
                ItemReport.item_version_id == one.item_version_id
            )
        ).scalar()
    assert code == one.item_code


def test_sending_twice_keeps_one_report(student: Browser, place: str, sessions: Sessions) -> None:
    student.get(f"{place}/1/report")

    for text in ("first", "first", "changed meanwhile"):
        assert student.post(f"{place}/1/report", report(text=text)).status_code == 303

    assert [one.text for one in kept(sessions)] == ["first"]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"about": "", "text": "typed"}, "Choose what the report is about."),
        ({"about": "nonsense", "text": "typed"}, "Choose what the report is about."),
        ({"about": "other", "text": "  "}, "Please say what is wrong with the question."),
        ({"about": "wrong", "text": "x" * 2001}, "longer than 2000 characters"),
        ({"about": "wrong", "text": "x" * 500_000}, "longer than 2000 characters"),
        ({"about": "wrong", "text": "a\x00b"}, "cannot be stored"),
        ({"about": "wrong", "text": "typed", "op_id": ""}, "typed"),
        ({"about": "wrong", "text": "typed", "op_id": "bad id!"}, "typed"),
        ({"about": ["wrong", "x"], "op_id": "x" * 5000}, ""),
    ],
)
def test_a_report_that_does_not_hold_is_shown_again_with_what_was_typed(
    student: Browser, place: str, sessions: Sessions, form: dict[str, Any], words: str
) -> None:
    student.get(f"{place}/1/report")

    answer = student.post(f"{place}/1/report", report() | form)

    assert answer.status_code == 422
    assert words in text_of(answer)
    if form.get("text") == "typed":
        assert "typed</textarea>" in answer.get_data(as_text=True)
    assert kept(sessions) == []


def test_the_answer_in_progress_comes_back_with_its_choices(
    student: Browser, place: str, sessions: Sessions
) -> None:
    page = student.get(place).get_data(as_text=True)
    choice = re.findall(r'name="choice"\s+value="([^"]+)"', page)[1]

    opened = student.post(
        f"{place}/2/report", {"choice": choice, "confidence": "2", "step": "2", "op_id": "x"}
    )
    assert opened.status_code == 200
    assert kept(sessions) == []
    sent = student.post(f"{place}/2/report", report(choice=choice, confidence="2"))
    assert "What you had chosen is kept" in text_of(sent)
    form = sent.get_data(as_text=True).split("<main")[1]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    back = student.post(f"{place}/answer", fields).get_data(as_text=True)

    checked = re.findall(r'value="([^"]+)"[^>]*\schecked', back)
    assert checked == [choice, "2"]
    assert len(kept(sessions)) == 1


def test_a_step_that_was_not_reached_cannot_be_reported(student: Browser, place: str) -> None:
    for step in (3, 99):
        assert student.get(f"{place}/{step}/report").status_code == 404
        assert student.post(f"{place}/{step}/report", report()).status_code == 404


def test_the_answer_of_staff_is_read_in_the_list_and_told_on_today(
    student: Browser, place: str, sessions: Sessions, world: World
) -> None:
    assert "No reports yet" in text_of(student.get("/reports"))
    student.get(f"{place}/1/report")
    student.post(f"{place}/1/report", report(text="<script>alert(1)</script>"))
    assert "Not answered yet" in text_of(student.get("/reports"))
    assert "Staff answered" not in text_of(student.get("/today"))

    with sessions.transaction() as session:
        inbox.close(
            session, world.actor(session, "instructor"), kept(sessions)[0].id, "Fixed.", now=NOW
        )

    page = student.get("/reports")
    assert "Fixed." in text_of(page)
    assert "<script>alert" not in page.get_data(as_text=True)
    assert "Staff answered a report of yours" in text_of(student.get("/today"))


def test_more_than_thirty_reports_a_day_wait_for_tomorrow(
    student: Browser, place: str, sessions: Sessions
) -> None:
    student.get(f"{place}/1/report")
    codes = [
        student.post(f"{place}/1/report", report(op=f"operation-{n:04d}")).status_code
        for n in range(31)
    ]

    assert codes == [303] * 30 + [422]
    assert len(kept(sessions)) == 30


def test_a_report_without_the_form_token_changes_nothing(
    student: Browser, place: str, sessions: Sessions
) -> None:  # promise P30
    answer = student.post(f"{place}/1/report", report() | {"csrf_token": ""})

    assert answer.status_code == 400
    assert kept(sessions) == []
