"""Codes handed over in person, replayed and raced, through the pages. Promise P33."""

import threading
from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import select

from tests.conftest import Clock
from tests.make import HASHER, PASSWORD, Browser, World
from tests.web.html import text_of
from tests.web.signing_in import NEW_PASSWORD, count, make_invite, reset_password
from trainer.services.accounts import setup
from trainer.store.accounts import Person, Program, RoleGrant
from trainer.store.cohorts import CohortInvite, Enrolment
from trainer.store.session import Sessions


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
    reset_password(app, Browser(app), world)
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


def test_a_code_for_a_colleague_says_where_and_how_long(app: Flask, world: World) -> None:
    admin = Browser(app).sign_in("admin")
    admin.get("/people")

    page = text_of(admin.post(f"/people/{world.people['instructor']}/reset-code"))

    assert "Use it within ten minutes at http://localhost/reset" in page


def test_saving_no_role_at_all_says_what_to_do_and_changes_nothing(
    app: Flask, world: World, sessions: Sessions
) -> None:
    admin = Browser(app).sign_in("admin")
    admin.get("/people")
    before = count(sessions, RoleGrant)

    page = text_of(admin.follow(admin.post(f"/people/{world.people['instructor']}/roles")))

    assert "Choose at least one role." in page
    assert count(sessions, RoleGrant) == before


def test_signing_out_is_confirmed(app: Flask, world: World) -> None:
    student = Browser(app).sign_in("student")

    page = text_of(student.follow(student.post("/sign-out")))

    assert "You are signed out." in page


def test_a_new_password_says_its_length_before_it_is_refused(app: Flask, world: World) -> None:
    assert "At least 12 characters." in text_of(Browser(app).get("/reset"))
