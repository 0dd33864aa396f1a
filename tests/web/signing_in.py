"""Steps shared by the tests of signing in and of codes."""

from flask import Flask
from sqlalchemy import func, select

from tests.conftest import Clock
from tests.make import Browser, World
from trainer.services.cohorts import manage
from trainer.services.people import RESET, issue_code
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


def reset_password(app: Flask, student: Browser, world: World) -> None:
    sessions = app.extensions["trainer"].sessions
    with sessions.transaction() as session:
        person = world.people["student"]
        issue_code(session, RESET, person, None, "AAAA-BBBB", now=app.extensions["trainer"].now())
    other = Browser(app)
    other.get("/reset")
    form = {"login": "student", "code": "aaaa bbbb", "password": NEW_PASSWORD}
    assert other.post("/reset", form).status_code == 303
    assert is_in(app, session_cookie(other))


def make_invite(sessions: Sessions, world: World, clock: Clock, seats: int) -> str:
    with sessions.transaction() as session:
        teacher = world.actor(session, "instructor")
        manage.make_invite(session, teacher, world.cohort_id, seats, "CODE-CODE", now=clock.now)
    return "code code"
