import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.conftest import NOW, Clock
from tests.make import Browser, World
from tests.web.html import ids_of, text_of
from trainer.services.cohorts import manage
from trainer.store.accounts import Person
from trainer.store.cohorts import Cohort, CohortInvite, CohortStaff, Enrolment
from trainer.store.session import Sessions

LIST = "name,login\nAna Ruiz,ana.ruiz\nTyler Brandt,tbrandt\n"
MARKUP = [
    "<script>alert(1)</script>", '" autofocus onfocus=alert(1) x="', "{{7*7}}", "${7*7}",
    "<img src=x onerror=alert(1)>", "O'Brien", "Robert'); DROP TABLE cohort;--", "Null", "%s%n",
    "\u202eabc", "Z\u0351\u0368", "javascript:alert(1)",
]  # fmt: skip


def count(sessions: Sessions, table: Any) -> int:
    with sessions.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def browser(app: Flask, world: World) -> Browser:
    return Browser(app).sign_in("instructor")


def test_the_list_shows_the_own_cohorts(browser: Browser) -> None:
    page = text_of(browser.get("/cohorts"))

    assert "MA Fall 2026" in page
    assert "2 students" in page
    assert "MA Spring 2027" not in page


def test_without_a_cohort_there_is_one_way_to_start(app: Flask, world: World) -> None:
    page = text_of(Browser(app).sign_in("stranger_director").get("/cohorts"))

    assert "No cohorts yet" in page
    assert "Make a cohort" in page


def test_a_cohort_is_made_and_opened(browser: Browser) -> None:
    browser.get("/cohorts/new")

    page = browser.follow(
        browser.post("/cohorts/new", {"name": "MA Summer 2027", "exam_code": "rma"})
    )

    assert "MA Summer 2027" in text_of(page)
    assert "No students yet" in text_of(page)


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"name": "", "exam_code": "cma"},
        {"name": "x" * 121, "exam_code": "cma"},
        {"name": "New", "exam_code": ""},
        {"name": "New", "exam_code": "nope"},
        {"name": "New", "exam_code": "x" * 5000},
        {"name": "a\x00b", "exam_code": "cma"},
        {"name": "MA Fall 2026", "exam_code": "cma"},
        {"name": " ", "exam_code": ["cma", "rma"], "program_id": "2"},
    ],
)
def test_a_form_that_does_not_hold_makes_no_cohort_and_keeps_what_was_typed(
    browser: Browser, sessions: Sessions, form: dict[str, Any]
) -> None:
    browser.get("/cohorts/new")
    before = count(sessions, Cohort)

    answer = browser.post("/cohorts/new", form)

    assert answer.status_code == 422
    assert "to fix" in text_of(answer)
    assert count(sessions, Cohort) == before
    if form.get("name") == "New":
        assert 'value="New"' in answer.get_data(as_text=True)


@pytest.mark.parametrize("name", MARKUP)
def test_a_name_with_markup_is_shown_as_text(browser: Browser, name: str) -> None:
    browser.get("/cohorts/new")

    page = browser.follow(browser.post("/cohorts/new", {"name": name, "exam_code": "cma"}))

    assert page.status_code == 200
    html = page.get_data(as_text=True)
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "49" not in re.findall(r"<h1>(.*?)</h1>", html)


def test_the_cohort_page_says_too_few_rather_than_a_bare_percentage(
    browser: Browser, world: World
) -> None:
    page = text_of(browser.get(f"/cohorts/{world.cohort_id}"))

    assert page.count("too few to say") == 2
    assert "Nothing is assigned yet." in page
    assert "No code is open." in page


def test_no_id_stands_twice_on_a_page(browser: Browser, world: World) -> None:
    for path in (
        "/cohorts", "/cohorts/new", f"/cohorts/{world.cohort_id}",
        f"/cohorts/{world.cohort_id}/roster",
        f"/cohorts/{world.cohort_id}/students/{world.people['student']}",
    ):  # fmt: skip
        ids = ids_of(browser.get(path))
        assert len(ids) == len(set(ids)), path


def test_a_class_code_is_shown_once_and_lets_a_student_in(
    app: Flask, browser: Browser, world: World, sessions: Sessions
) -> None:
    browser.get(f"/cohorts/{world.cohort_id}")
    shown = browser.post(f"/cohorts/{world.cohort_id}/invites", {"seats": "2"})
    code = re.search(r'code-big">([^<]+)<', shown.get_data(as_text=True))
    assert code is not None
    assert "/join" in text_of(shown)

    again = text_of(browser.get(f"/cohorts/{world.cohort_id}"))

    assert code[1] not in again
    assert "0 of 2 seats taken" in again
    with sessions.reading() as session:
        stored = session.scalars(select(CohortInvite.code_hash)).one()
    assert code[1] not in stored


@pytest.mark.parametrize("seats", ["", "0", "-3", "201", "abc", "1e3", "９９９", "9" * 5000, "1.5"])
def test_a_number_of_seats_that_does_not_hold_makes_no_code(
    browser: Browser, world: World, sessions: Sessions, seats: str
) -> None:
    browser.get(f"/cohorts/{world.cohort_id}")

    answer = browser.post(f"/cohorts/{world.cohort_id}/invites", {"seats": seats})

    assert answer.status_code == 422
    assert count(sessions, CohortInvite) == 0


def test_a_class_code_is_ended_as_often_as_one_presses(
    browser: Browser, world: World, sessions: Sessions
) -> None:
    browser.get(f"/cohorts/{world.cohort_id}")
    browser.post(f"/cohorts/{world.cohort_id}/invites", {"seats": "2"})
    with sessions.reading() as session:
        invite = session.scalars(select(CohortInvite.id)).one()

    for _ in range(2):
        page = browser.follow(browser.post(f"/cohorts/{world.cohort_id}/invites/{invite}/end"))

    assert "No code is open." in text_of(page)


def test_a_colleague_is_added_and_nobody_else(
    browser: Browser, world: World, sessions: Sessions
) -> None:
    path = f"/cohorts/{world.cohort_id}/colleagues"
    browser.get(f"/cohorts/{world.cohort_id}")
    before = count(sessions, CohortStaff)

    refused = [
        browser.post(path, {"person_id": value}).status_code
        for value in ("", "abc", "1 OR 1=1", "-1", "９", str(world.people["student"]), "9" * 400)
    ]
    for _ in range(2):
        page = browser.follow(
            browser.post(path, {"person_id": str(world.people["outside_instructor"])})
        )

    assert refused == [422, 404, 404, 404, 404, 404, 404]
    assert count(sessions, CohortStaff) == before + 1
    assert "Instructor, Outside Instructor" in text_of(page)


def test_the_page_of_a_student_has_words_for_no_work_yet(browser: Browser, world: World) -> None:
    page = text_of(browser.get(f"/cohorts/{world.cohort_id}/students/{world.people['student']}"))

    assert "last active never" in page
    assert "No scenario is finished yet." in page
    assert "not enough data yet, 0 of 8 answers" in page


def test_a_reset_code_from_the_class_teacher_works(
    app: Flask, browser: Browser, world: World
) -> None:
    path = f"/cohorts/{world.cohort_id}/students/{world.people['student']}"
    browser.get(path)
    shown = browser.post(f"{path}/code")
    code = re.search(r'code-big">([^<]+)<', shown.get_data(as_text=True))
    assert code is not None
    student = Browser(app)
    student.get("/reset")

    answer = student.post(
        "/reset", {"login": "student", "code": code[1], "password": "another four word phrase"}
    )

    assert answer.status_code == 303
    assert code[1] not in browser.get(path).get_data(as_text=True)


def test_removing_a_student_asks_first_and_may_be_repeated(
    browser: Browser, world: World, sessions: Sessions
) -> None:
    path = f"/cohorts/{world.cohort_id}/students/{world.people['student']}"
    asked = text_of(browser.get(f"{path}/remove"))

    for _ in range(2):
        page = browser.follow(browser.post(f"{path}/remove"))

    assert "Remove Student from MA Fall 2026?" in asked
    assert "1 student" in text_of(page)
    assert browser.get(path).status_code == 404
    assert count(sessions, Person) == len(world.people)


POSTS = ("invites", "colleagues", "roster", "students/{student}/code", "students/{student}/remove")
GETS = ("", "/roster", "/students/{student}", "/students/{student}/remove", "/assignments/new")


@pytest.mark.parametrize(
    "login", ["student", "other_student", "outside_instructor", "stranger_director", "admin"]
)
def test_everybody_else_gets_one_answer_for_none_and_not_yours(
    app: Flask, world: World, login: str, sessions: Sessions
) -> None:  # promise P21
    browser = Browser(app).sign_in(login)
    student = world.people["student"]
    before = [count(sessions, t) for t in (Person, CohortInvite, CohortStaff, Enrolment)]
    for cohort_id in (world.cohort_id, 999_999_999):
        for path in GETS:
            found = browser.get(f"/cohorts/{cohort_id}{path.format(student=student)}")
            assert found.status_code == 404, path
        for path in POSTS:
            found = browser.post(
                f"/cohorts/{cohort_id}/{path.format(student=student)}",
                {"seats": "5", "person_id": str(student), "text": LIST, "confirm": "yes"},
            )
            assert found.status_code == 404, path

    after = [count(sessions, t) for t in (Person, CohortInvite, CohortStaff, Enrolment)]
    assert before == after


def test_somebody_who_is_not_signed_in_is_asked_to(app: Flask, world: World) -> None:
    browser = Browser(app)

    for path in ("/cohorts", "/cohorts/new", f"/cohorts/{world.cohort_id}", "/program"):
        assert browser.get(path).location.startswith("/sign-in")


def test_a_director_opens_every_cohort_of_the_program(app: Flask, world: World) -> None:
    browser = Browser(app).sign_in("director")

    for cohort_id in (world.cohort_id, world.other_cohort_id):
        assert browser.get(f"/cohorts/{cohort_id}").status_code == 200


def test_a_post_without_the_form_token_changes_nothing(
    browser: Browser, world: World, sessions: Sessions
) -> None:  # promise P30
    student = world.people["student"]
    for path in POSTS:
        answer = browser.post(
            f"/cohorts/{world.cohort_id}/{path.format(student=student)}",
            {"csrf_token": "", "seats": "5", "text": LIST, "confirm": "yes"},
        )
        assert answer.status_code == 400, path

    assert [count(sessions, t) for t in (CohortInvite, Enrolment)] == [0, 2]


def test_times_are_on_the_clock_of_the_reader(
    browser: Browser, world: World, sessions: Sessions, clock: Clock
) -> None:
    with sessions.transaction() as session:
        staff = world.actor(session, "instructor")
        manage.make_invite(session, staff, world.cohort_id, 3, "ABCD-1234", now=NOW)

    assert "Works until Tue, Dec 8, 10:00 am" in text_of(browser.get(f"/cohorts/{world.cohort_id}"))


@pytest.mark.parametrize(
    ("host", "alone"),
    [
        ("127.0.0.1:8000", True), ("localhost", True), ("[::1]:8000", True),
        ("192.168.1.20:8000", False), ("school.example", False),
    ],
)  # fmt: skip
def test_an_address_for_this_computer_alone_says_so(app: Flask, host: str, alone: bool) -> None:
    source = '{% from "cohorts/_address.html" import only_here %}{{ only_here(address) }}'

    html = app.jinja_env.from_string(source).render(address=f"http://{host}/join")

    assert ("works on this computer only" in html) == alone


def test_a_printed_strip_says_where_to_type_its_code(browser: Browser, world: World) -> None:
    path = f"/cohorts/{world.cohort_id}/roster"
    browser.get(path)

    page = browser.post(path, {"text": LIST, "confirm": "yes"})

    rows = page.get_data(as_text=True).split("<tbody>")[1].split("</tr>")[:2]
    assert all("/join</td>" in row for row in rows)
