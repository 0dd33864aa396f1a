"""Sessions and guessing, through the pages. Promises P31, P32; bad input G/D."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import Clock
from tests.make import PASSWORD, Browser, World, make_person
from tests.web.signing_in import (
    COOKIE,
    NEW_PASSWORD,
    is_in,
    make_invite,
    reset_password,
    session_cookie,
    with_cookie,
)
from trainer.core import roles
from trainer.settings import Settings
from trainer.store.accounts import Program, SignInSession
from trainer.store.session import Sessions


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


@pytest.mark.parametrize(
    "end",
    [
        _sign_out,
        reset_password,
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
        "User-Agent": "Firefox Windows\x00\u202e <script>alert(1)</script>".encode().decode(
            "latin-1"
        )
    }
    lost.post("/sign-in", {"login": "student", "password": PASSWORD}, headers=agent)
    here = Browser(app).sign_in("student")
    page = here.get("/account").get_data(as_text=True)
    with sessions.reading() as session:
        lost_id = session.scalars(select(SignInSession.id).order_by(SignInSession.id)).first()

    here.post(f"/account/sessions/{lost_id}/end")

    assert "Firefox on Windows" in page
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
