"""The question bank, the inbox and decisions in the browser of staff; corrections for students."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.conftest import NOW
from tests.make import Browser, World
from tests.services.practicing import Learner
from tests.web.html import ids_of, text_of
from tests.web.test_bad_texts import TEXTS, assert_harmless, sendable
from trainer.services import catalogue
from trainer.services.bank import reports
from trainer.services.bank.reports import Report
from trainer.store.bank import ContentDecision, ErratumSeen, ItemReport
from trainer.store.session import Sessions

ITEM = "/bank/items/hand-hygiene-01"
MARKUP = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "{{7*7}}", "%s%n", "O'Brien",
    '" autofocus onfocus=alert(1) x="', "\u202eabc", "a\r\nSet-Cookie: x=1",
]  # fmt: skip
SOURCE = "https://www.cdc.gov/x"


def count(sessions: Sessions, table: Any) -> int:
    with sessions.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def reported(world: World, sessions: Sessions) -> str:
    """The code of a question that the student answered and reported."""
    with sessions.transaction() as session:
        learner = Learner(session, world.actor(session, "student"), now=NOW - timedelta(hours=1))
        learner.start("bank", bank="infection-control", questions=5)
        learner.answer()
        where = reports.place(session, learner.actor, learner.sitting_id, 1)
        form = Report("operation-1", "wrong", "<script>alert(1)</script>")
        reports.send(session, learner.actor, where, form, now=NOW)
        return where.code


@pytest.fixture
def director(app: Flask, world: World) -> Browser:
    return Browser(app).sign_in("director")


@pytest.fixture
def instructor(app: Flask, world: World) -> Browser:
    return Browser(app).sign_in("instructor")


def test_the_bank_shows_health_in_words_and_what_to_look_after(
    instructor: Browser, reported: str
) -> None:
    page = text_of(instructor.get("/bank"))

    for words in ("CMA (AAMA)", "1 open report", "0 questions in quarantine", "Most reported"):
        assert words in page
    assert re.search(r"(plenty|enough, not plenty|too few)", page)


def test_the_tab_is_for_staff(app: Flask, world: World) -> None:
    for login, there in (("instructor", True), ("admin", True), ("student", False)):
        page = Browser(app).sign_in(login).get("/account").get_data(as_text=True)
        assert ('href="/bank"' in page) == there, login


def test_no_id_stands_twice_on_a_page(instructor: Browser, reported: str) -> None:
    for path in ("/bank", "/bank/items", "/bank/reports", f"/bank/items/{reported}",
                 f"/bank/items/{reported}/quarantine", "/corrections"):  # fmt: skip
        page = instructor.get(path)
        assert page.status_code == 200, path
        ids = ids_of(page)
        assert len(ids) == len(set(ids)), path


def test_every_type_of_question_has_its_page(
    instructor: Browser, sessions: Sessions, world: World
) -> None:
    with sessions.reading() as session:
        items = catalogue.current(session).items
        codes = {one.value.type: one.code for one in items.values()}

    for kind, code in codes.items():
        page = instructor.get(f"/bank/items/{code}")
        assert page.status_code == 200, kind
        assert "Key and reasons" in text_of(page)


def test_search_and_page_stand_in_the_address(instructor: Browser) -> None:
    page = instructor.get("/bank/items?q=hand-hygiene-01&state=in-use")

    assert "1 question" in text_of(page)
    assert 'value="hand-hygiene-01"' in page.get_data(as_text=True)
    assert "Page 2 of" in text_of(instructor.get("/bank/items?page=2"))


@pytest.mark.parametrize(
    "query",
    [
        "q=%00", "q=%ff", "q=" + "x" * 5000, "q=%25&state=nope", "page=-1", "page=0", "page=abc",
        "page=" + "9" * 400, "page=%EF%BC%91", "bank=a&bank=b", "check=nope", "q=(a%2B)%2B%24",
        "q=%3Cscript%3Ealert(1)", "type=%27", "state[]=x",
    ],
)  # fmt: skip
def test_a_strange_search_is_answered_in_words(instructor: Browser, query: str) -> None:
    page = instructor.get(f"/bank/items?{query}")

    assert page.status_code == 200
    assert "<script>alert" not in page.get_data(as_text=True)


@pytest.mark.parametrize("version", ["0", "1", "abc", "-1", "9" * 400, "%EF%BC%91", "", "%00"])
def test_a_strange_version_shows_the_present_one(instructor: Browser, version: str) -> None:
    assert instructor.get(f"{ITEM}?version={version}").status_code == 200


def test_a_version_that_never_was_is_not_found(instructor: Browser) -> None:
    assert instructor.get(f"{ITEM}?version=77").status_code == 404


def test_one_action_from_the_inbox_stops_a_question(
    instructor: Browser, reported: str, sessions: Sessions
) -> None:
    inbox = instructor.get("/bank/reports")
    assert "<script>alert" not in inbox.get_data(as_text=True)
    assert "The answer is wrong" in text_of(inbox)

    for _ in range(2):
        page = instructor.post(f"/bank/items/{reported}/quarantine", {"reason": "Wrong key."})
        assert page.status_code == 303
    page = instructor.follow(page)

    assert "In quarantine" in text_of(page)
    assert "Wrong key." in text_of(page)
    assert count(sessions, ContentDecision) == 1
    with sessions.reading() as session:
        assert reported not in catalogue.current(session).items


def test_without_a_reason_the_question_is_asked_for_one(
    instructor: Browser, sessions: Sessions
) -> None:
    instructor.get(ITEM)

    answer = instructor.post(f"{ITEM}/quarantine", {"reason": " "})

    assert answer.status_code == 422
    assert "Please write the reason" in text_of(answer)
    assert count(sessions, ContentDecision) == 0


def test_what_was_typed_is_kept_when_the_source_does_not_hold(
    director: Browser, sessions: Sessions
) -> None:
    director.get(f"{ITEM}/correct")
    form = {"reason": "Guideline.", "erratum": "It is 20 seconds.", "source_url": "http://x.org"}

    answer = director.post(f"{ITEM}/correct", form)

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Give a whole address" in text_of(answer)
    assert all(text in page for text in form.values())
    assert count(sessions, ContentDecision) == 0


@pytest.mark.parametrize("seen", ["abc", "-5", "9" * 30, "1.5", "\uff11"])
def test_a_strange_counter_is_refused_in_words(
    director: Browser, sessions: Sessions, seen: str
) -> None:
    director.get(f"{ITEM}/retire")

    answer = director.post(f"{ITEM}/retire", {"reason": "Old.", "seen": seen})

    assert answer.status_code in {409, 422}
    assert count(sessions, ContentDecision) == 0


@pytest.mark.parametrize("text", MARKUP)
def test_texts_of_staff_are_shown_as_text(
    app: Flask, director: Browser, reported: str, text: str, sessions: Sessions
) -> None:
    director.get(f"/bank/items/{reported}/correct")
    made = director.post(
        f"/bank/items/{reported}/correct", {"reason": text, "erratum": text, "source_url": SOURCE}
    )
    with sessions.reading() as session:
        report_id = session.scalars(select(ItemReport.id)).one()
    director.post(f"/bank/reports/{report_id}/close", {"outcome": text})
    student = Browser(app).sign_in("student")

    pages = [director.follow(made), student.get("/corrections"), student.get("/reports")]
    pages.append(student.get("/today"))

    for page in pages:
        html = page.get_data(as_text=True)
        assert page.status_code == 200
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert 'x=""' not in html


def test_an_empty_answer_to_a_report_is_asked_for(
    instructor: Browser, reported: str, sessions: Sessions
) -> None:
    instructor.get(f"/bank/items/{reported}")
    with sessions.reading() as session:
        report_id = session.scalars(select(ItemReport.id)).one()

    refused = instructor.post(f"/bank/reports/{report_id}/close", {"outcome": " "})
    assert refused.status_code == 422
    assert "Please write what the student should know." in text_of(refused)
    long = instructor.post(f"/bank/reports/{report_id}/close", {"outcome": "x" * 2001})
    assert long.status_code == 422
    assert "x" * 2001 in long.get_data(as_text=True)
    for text in ("Fixed.", "Fixed twice."):
        closed = instructor.post(f"/bank/reports/{report_id}/close", {"outcome": text})
        assert closed.status_code == 303

    page = text_of(instructor.get(f"/bank/items/{reported}"))
    assert "Fixed." in page
    assert "Fixed twice." not in page
    assert "No open reports" in text_of(instructor.get("/bank/reports"))


def test_a_correction_is_told_on_today_until_it_is_opened(
    app: Flask, director: Browser, reported: str, sessions: Sessions
) -> None:
    director.get(f"/bank/items/{reported}/correct")
    director.post(
        f"/bank/items/{reported}/correct",
        {"reason": "Why.", "erratum": "It is 20 seconds.", "source_url": SOURCE},
    )
    student = Browser(app).sign_in("student")
    today = student.get("/today")
    assert "A question you answered was corrected" in text_of(today)
    address = re.search(r'action="(/corrections/\d+/open)"', today.get_data(as_text=True))
    assert address is not None
    student.get(address[1].removesuffix("/open"))
    assert count(sessions, ErratumSeen) == 0  # looking changes nothing

    for _ in range(2):
        page = student.follow(student.post(address[1]))

    assert "It is 20 seconds." in text_of(page)
    assert "counted as right" in text_of(page)
    assert SOURCE in page.get_data(as_text=True)
    assert "was corrected" not in text_of(student.get("/today")).replace("what was corrected", "")
    assert count(sessions, ErratumSeen) == 1
    others = Browser(app).sign_in("stranger_student")
    assert "It is 20 seconds." in text_of(others.get("/corrections"))
    assert "see your answer" not in text_of(others.get("/corrections"))
    assert others.get(address[1].removesuffix("/open")).status_code == 404


def test_posts_without_the_form_token_change_nothing(
    director: Browser, reported: str, sessions: Sessions
) -> None:  # promise P30
    for path in (f"{ITEM}/quarantine", f"{ITEM}/retire", f"{ITEM}/correct",
                 "/bank/reports/1/close"):  # fmt: skip
        form = {"csrf_token": "", "reason": "x", "outcome": "x", "erratum": "x"}
        assert director.post(path, form | {"source_url": SOURCE}).status_code == 400

    assert count(sessions, ContentDecision) == 0
    with sessions.reading() as session:
        assert session.scalars(select(ItemReport.closed_at)).one() is None


def test_any_text_in_any_field_is_refused_in_words_or_shown_as_text(
    app: Flask, director: Browser, reported: str, sessions: Sessions
) -> None:  # bad input G/F
    app.config["WTF_CSRF_ENABLED"] = False
    student = Browser(app).sign_in("student")
    with sessions.reading() as session:
        report = session.scalars(select(ItemReport)).one()
    item = f"/bank/items/{reported}"
    for number, text in enumerate(TEXTS):
        raw = sendable(text)
        for browser, path, form in (
            (student, f"/practice/{report.sitting_id}/1/report",
             {"send": "yes", "op_id": f"operation-{number}", "about": "other", "text": raw}),
            (student, f"/practice/{report.sitting_id}/2/report",
             {"choice": raw, "confidence": raw, "about": raw, "send": raw, "op_id": raw}),
            (director, f"{item}/correct",
             {"reason": raw, "erratum": raw, "source_url": raw, "seen": raw}),
            (director, f"{item}/quarantine", {"reason": b"" if number else raw}),
            (director, f"/bank/reports/{report.id}/close", {"outcome": raw if number else b""}),
        ):  # fmt: skip
            answer = browser.client.post(path, data=form)
            assert answer.status_code in {200, 303, 409, 422}, (path, text)
            assert_harmless(answer.get_data(as_text=True))
    for browser, path in ((director, item), (director, "/bank/reports"), (student, "/reports")):
        page = browser.get(path)
        assert page.status_code == 200
        assert_harmless(page.get_data(as_text=True))
