"""Texts that nobody is called, in every account field. Promise P39; bad input G/F.

On both databases: PostgreSQL stores no NUL, SQLite does.
"""

from typing import Any

import pytest
from flask import Flask

from tests.make import Browser, World
from trainer.store.accounts import Person
from trainer.store.session import Sessions

TEXTS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>", '" autofocus onfocus=alert(1) x="',
    "</script><script>alert(1)", "{{7*7}}", "{% include '/etc/passwd' %}", "${7*7}",
    "{0.__class__}", "%s%n", "[x](javascript:alert(1))", "a\u2028b", "Null", "undefined", "O'Brien",
    "Robert'); DROP TABLE person;--", "a\r\nSet-Cookie: x=1", "x\x1b[31mred", "   ", "\u3000",
    "\u200b", "\u202e", "\u202egnp.exe", "\U0001f600\U0001f600", "Z" + "\u0300" * 100, "x" * 300,
    "x" * 20_000, "a\x00b", "\x00", "\ud800", "a\udfffb", "\ufffe", "=1+1", "\u05d0\u05d1",
    "é" * 120,
]  # fmt: skip


def sendable(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@pytest.fixture
def admin(app: Flask, world: World) -> Browser:
    app.config["WTF_CSRF_ENABLED"] = False
    return Browser(app).sign_in("admin")


def test_any_text_in_any_account_field_is_refused_in_words_or_shown_as_text(
    app: Flask, admin: Browser, sessions: Sessions
) -> None:
    for number, text in enumerate(TEXTS):
        raw = sendable(text)
        forms: dict[str, dict[str, Any]] = {
            "/people": {"name": raw, "login": f"colleague{number}", "role": "director"},
            "/people?login": {"name": "Kim", "login": raw, "role": "director"},
            "/people?role": {"name": "Kim", "login": f"kim{number}", "role": raw},
            "/account/settings": {"zone": raw, "minutes_a_day": raw, "exam_code": raw},
            "/account/settings?d": {"zone": "UTC", "minutes_a_day": "20", "exam_date": raw},
            "/account/password": {"old_password": raw, "new_password": raw},
            "/theme": {"theme": raw, "next": raw},
        }
        for path, form in forms.items():
            answer = admin.client.post(path, data=form)
            assert answer.status_code in {200, 303, 400, 422, 429}, (path, text)
            assert_harmless(answer.get_data(as_text=True))
        outside = Browser(app).client
        for path in ("/sign-in", "/reset", "/join"):
            form = {"login": raw, "password": raw, "code": raw}
            answer = outside.post(path, data=form)
            assert answer.status_code in {422, 429}, (path, text)
            assert_harmless(answer.get_data(as_text=True))
    assert_harmless(admin.get("/people").get_data(as_text=True))
    with sessions.reading() as session:
        names = [name for (name,) in session.query(Person.name)]
    assert all(name.strip() and "\x00" not in name and len(name) <= 120 for name in names)
    assert "<script>alert(1)</script>" in names


def assert_harmless(page: str) -> None:
    for running in ("<script>alert", "<img src=x", "<svg/onload", "<iframe", '" autofocus onf'):
        assert running not in page
    assert "Traceback" not in page
