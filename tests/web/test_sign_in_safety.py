"""Sessions, guessing and codes, through the pages. Promises P31, P32, P33; bad input G/D."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.conftest import Clock
from tests.make import HASHER, PASSWORD, Browser, World, make_person
from trainer.core import roles
from trainer.services.accounts import setup
from trainer.services.cohorts import manage
from trainer.services.people import RESET, issue_code
from trainer.settings import Settings
from trainer.store.accounts import Person, Program, RoleGrant, SignInSession
from trainer.store.cohorts import CohortInvite, Enrolment
from trainer.store.session import Sessions

COOKIE = "trainer_session"
NEW_PASSWORD = "another four word phrase"


def session_cookie(browser: Browser) -> str:
    found = browser.client.get_cookie(COOKIE)
    assert found is not None
    return found.value


def with_cookie(app: Flask, value: str) -> Browser:
    browser = Browser(app)
    browser.client.set_cookie(COOKIE, value)
    return browser


def is_in(app: Flask, cookie: str) -> bool:
    return with_cookie(app, cookie).get("/account").status_code == 200


def count(sessions: Sessions, table: type) -> int:
    with sessions.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def try_to_sign_in(browser: Browser, login: str, password: str, **kw: Any) -> Any:
    browser.get("/sign-in")
    return browser.post("/sign-in", {"login": login, "password": password}, **kw)


# Sessions (P31)


def test_a_session_id_set_before_signing_in_is_never_used(app: Flask, world: World) -> None:
    planted = "A" * 43
    browser = with_cookie(app, planted)

    try_to_sign_in(browser, "student", PASSWORD)

    assert session_cookie(browser) != planted
    assert not is_in(app, planted)


def test_signing_in_again_ends_the_session_before(app: Flask, world: World) -> None:
    browser = Browser(app).sign_in("student")
    first = session_cookie(browser)

    browser.sign_in("student")

    assert not is_in(app, first)


def _sign_out(app: Flask, student: Browser, world: World) -> None:
    student.get("/account")
    student.post("/sign-out")


def _change(path: str, form: dict[str, str]) -> Callable[[Flask, Browser, World], None]:
    def act(app: Flask, student: Browser, world: World) -> None:
        admin = Browser(app).sign_in("admin")
        admin.get("/people")
        answer = admin.post(f"/people/{world.people['student']}/{path}", form)
        assert answer.status_code == 303

    return act


def _reset(app: Flask, student: Browser, world: World) -> None:
    sessions = app.extensions["trainer"].sessions
    with sessions.transaction() as session:
        person = world.people["student"]
        issue_code(session, RESET, person, None, "AAAA-BBBB", now=app.extensions["trainer"].now())
    other = Browser(app)
    other.get("/reset")
    form = {"login": "student", "code": "aaaa bbbb", "password": NEW_PASSWORD}
    assert other.post("/reset", form).status_code == 303
    assert is_in(app, session_cookie(other))


@pytest.mark.parametrize(
    "end",
    [
        _sign_out,
        _reset,
        _change("active", {"active": "no"}),
        _change("roles", {"roles": "instructor"}),
    ],
    ids=["sign-out", "reset", "disable", "role change"],
)
def test_an_old_cookie_is_worth_nothing(
    app: Flask, world: World, end: Callable[[Flask, Browser, World], None]
) -> None:
    student = Browser(app).sign_in("student")
    cookie = session_cookie(student)
    assert is_in(app, cookie)

    end(app, student, world)

    assert not is_in(app, cookie)
    assert with_cookie(app, cookie).get("/today").location.startswith("/sign-in")


def test_a_changed_password_signs_the_other_browsers_out(app: Flask, world: World) -> None:
    here, there = Browser(app).sign_in("student"), Browser(app).sign_in("student")

    here.post("/account/password", {"old_password": PASSWORD, "new_password": NEW_PASSWORD})

    assert is_in(app, session_cookie(here))
    assert not is_in(app, session_cookie(there))


def test_a_cookie_that_is_not_the_whole_one_signs_nobody_in(app: Flask, world: World) -> None:
    good = session_cookie(Browser(app).sign_in("student"))
    bad = [
        good[:-1], good[1:], good * 2, good + good[0], good.swapcase(), "x" * 8192, "", " " * 43,
        "' OR 1=1 --" * 4, "\xff" * 43, "%00" * 14, good[:20] + "\x00" + good[21:],
    ]  # fmt: skip

    for cookie in bad:
        client = app.test_client(use_cookies=False)
        raw = f"{COOKIE}={cookie}".encode("latin-1", "replace").decode("latin-1")
        assert client.get("/account", headers={"Cookie": raw}).status_code == 302, cookie
    two = f"{COOKIE}={'B' * 43}; {COOKIE}={good}"
    answer = app.test_client(use_cookies=False).get("/account", headers={"Cookie": two})
    assert answer.status_code in {200, 302}


def test_a_session_of_another_installation_signs_nobody_in(
    app: Flask, world: World, sessions: Sessions, settings: Settings
) -> None:
    cookie = session_cookie(Browser(app).sign_in("student"))
    with sessions.transaction() as session:
        session.query(SignInSession).delete()

    assert not is_in(app, cookie)


def test_sessions_end_when_idle_and_are_used_up_after_two_weeks(
    app: Flask, world: World, clock: Clock
) -> None:
    cookie = session_cookie(Browser(app).sign_in("student"))
    for _ in range(28):
        clock.now += timedelta(hours=11, minutes=50)
        assert is_in(app, cookie)

    clock.now += timedelta(hours=11)
    assert not is_in(app, cookie)

    idle = session_cookie(Browser(app).sign_in("student"))
    clock.now += timedelta(hours=12, minutes=1)
    assert not is_in(app, idle)


def test_own_sessions_are_listed_and_ended(app: Flask, world: World, sessions: Sessions) -> None:
    lost = Browser(app)
    lost.get("/sign-in")
    agent = {
        "User-Agent": "Lab computer\x00\u202e <script>alert(1)</script>".encode().decode("latin-1")
    }
    lost.post("/sign-in", {"login": "student", "password": PASSWORD}, headers=agent)
    here = Browser(app).sign_in("student")
    page = here.get("/account").get_data(as_text=True)
    with sessions.reading() as session:
        lost_id = session.scalars(select(SignInSession.id).order_by(SignInSession.id)).first()

    here.post(f"/account/sessions/{lost_id}/end")

    assert "Lab computer" in page
    assert "<script>alert(1)" not in page
    assert not is_in(app, session_cookie(lost))
    assert is_in(app, session_cookie(here))


# Guessing (P32)


def test_unknown_and_known_people_get_the_same_answer(app: Flask, world: World) -> None:
    seen = []
    for login in ("student", "nobody", "admin'--", "x" * 64, "ADMIN "):
        browser = Browser(app)
        answer = try_to_sign_in(browser, login, "wrong password")
        body = answer.get_data(as_text=True).replace(browser.token, "TOKEN")
        for typed in (login, login.replace("'", "&#39;")):
            body = body.replace(f'value="{typed}"', 'value="LOGIN"')
        headers = {k: v for k, v in answer.headers.items() if k not in {"Content-Length"}}
        headers.pop("Set-Cookie", None)
        seen.append((answer.status_code, body, headers))

    assert seen[0][0] == 422
    assert all(one == seen[0] for one in seen)


def test_ten_wrong_passwords_pause_that_account_whatever_the_headers_say(
    app: Flask, world: World
) -> None:
    browser = Browser(app)
    for number in range(10):
        forged = {"X-Forwarded-For": f"198.51.{number}.7", "X-Real-IP": f"198.51.{number}.7"}
        assert try_to_sign_in(browser, "student", "wrong", headers=forged).status_code == 422

    forged = {"X-Forwarded-For": "203.0.113.9", "Forwarded": "for=203.0.113.9"}
    paused = try_to_sign_in(browser, "student", PASSWORD, headers=forged)

    assert paused.status_code == 429
    assert paused.headers["Retry-After"] == "900"
    assert try_to_sign_in(browser, "other_student", PASSWORD).status_code == 303


def test_sixty_classmates_behind_one_address_get_in(
    app: Flask, world: World, sessions: Sessions, clock: Clock
) -> None:
    with sessions.transaction() as session:
        program = session.get_one(Program, world.program_id)
        for number in range(60):
            make_person(session, program, roles.STUDENT, now=clock.now, login=f"mate{number}")

    browser = Browser(app)
    answers = [try_to_sign_in(browser, f"mate{n}", PASSWORD).status_code for n in range(60)]

    assert answers == [303] * 60


def test_slips_at_the_class_code_do_not_shut_the_class_out(
    app: Flask, world: World, sessions: Sessions, clock: Clock
) -> None:
    code = make_invite(sessions, world, clock, 30)
    browser = Browser(app)
    browser.get("/join")
    slips = [browser.post("/join", {"code": f"WRONG-{n}"}).status_code for n in range(60)]

    assert slips == [422] * 60
    assert browser.post("/join", {"code": code}).status_code == 200


# Codes (P33)


def make_invite(sessions: Sessions, world: World, clock: Clock, seats: int) -> str:
    with sessions.transaction() as session:
        teacher = world.actor(session, "instructor")
        manage.make_invite(session, teacher, world.cohort_id, seats, "CODE-CODE", now=clock.now)
    return "code code"


def at_once(number: int, act: Callable[[int], Any]) -> list[Any]:
    """Run an act in so many threads that start together; gives what each returned."""
    found: list[Any] = [None] * number
    start = threading.Barrier(number)

    def run(index: int) -> None:
        start.wait()
        found[index] = act(index)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


SET_UP = {
    "code": "AAAA-BBBB", "program_name": "Riverbend", "name": "Ada", "password": PASSWORD,
    "zone": "America/New_York",
}  # fmt: skip


def test_two_who_set_up_at_once_make_one_administrator(
    app: Flask, sessions: Sessions, clock: Clock
) -> None:
    with sessions.transaction() as session:
        setup.issue_set_up_code(session, "AAAA-BBBB", now=clock.now)
    browsers = [Browser(app), Browser(app)]
    for browser in browsers:
        browser.get("/set-up?code=AAAA-BBBB")

    answers = at_once(2, lambda n: browsers[n].post("/set-up", SET_UP | {"login": f"ada{n}"}))
    replay = browsers[0].post("/set-up", SET_UP | {"login": "eve"})

    assert sorted(a.status_code for a in answers)[0] == 303
    assert sorted(a.status_code for a in answers)[1] in {409, 422}
    assert replay.status_code in {400, 409}
    assert [count(sessions, Person), count(sessions, Program)] == [1, 1]
    assert count(sessions, RoleGrant) == 1
    assert Browser(app).get("/set-up").status_code == 409


def test_a_reset_code_works_once(app: Flask, world: World, sessions: Sessions) -> None:
    _reset(app, Browser(app), world)
    thief = Browser(app)
    thief.get("/reset")

    again = thief.post(
        "/reset", {"login": "student", "code": "AAAABBBB", "password": "a third set of words"}
    )

    assert again.status_code == 422
    with sessions.reading() as session:
        person = session.get_one(Person, world.people["student"])
        assert HASHER.verify(person.password_hash, NEW_PASSWORD)


def test_of_thirty_one_who_join_at_once_thirty_get_a_seat(
    app: Flask, world: World, sessions: Sessions, clock: Clock
) -> None:
    code = make_invite(sessions, world, clock, 30)
    before = count(sessions, Enrolment)
    browsers = [Browser(app) for _ in range(31)]
    for browser in browsers:
        browser.get("/join")

    def join(number: int) -> int:
        form = {"code": code, "name": f"Mate {number}", "login": f"mate{number}"}
        status: int = browsers[number].post("/join", form | {"password": PASSWORD}).status_code
        return status

    answers = at_once(31, join)

    assert sorted(answers) == [*[303] * 30, 422]
    assert count(sessions, Enrolment) == before + 30
    with sessions.reading() as session:
        assert session.scalars(select(CohortInvite.used)).one() == 30
