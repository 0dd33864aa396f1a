"""Headers, forged requests and redirects. Promises P29, P30, P38; bad input G/K18.

SQLite alone: nothing here reaches a statement that the two databases read differently.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import NOW
from tests.make import PASSWORD, Browser
from tests.web.matrix import Ground, build
from tests.web.matrix_rows import ROWS, Row, address, ask
from trainer.app import make_app
from trainer.settings import Settings
from trainer.store.session import Sessions, make_engine
from trainer.store.tables import Base
from trainer.web.safety import HEADERS, safe_next

CHANGES = [row for row in ROWS if row.route.startswith("POST")]


@pytest.fixture(scope="module")
def ground(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """An app of which nothing is kept."""
    folder = tmp_path_factory.mktemp("safety")
    sessions = Sessions(make_engine(f"sqlite:///{shutil.copy(sqlite_template, folder / 'a.db')}"))
    yield build(folder, sessions)
    sessions.engine.dispose()


@pytest.fixture(scope="module")
def real(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The app as it is run: form tokens on, writes kept. The requests below must change nothing."""
    folder = tmp_path_factory.mktemp("real")
    made = make_app(Settings(folder, "sqlite://", "test-key-" * 5), ground.sessions, lambda: NOW)
    made.config.update(PROPAGATE_EXCEPTIONS=False, TESTING=True)
    return made


# Headers (P29)


def assert_headers(answer: Any) -> None:
    for name, value in HEADERS.items():
        assert answer.headers.get(name) == value, name
    assert "unsafe" not in HEADERS["Content-Security-Policy"]
    assert "default-src 'none'" in HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.route)
def test_headers_stand_on_every_answer(ground: Ground, row: Row) -> None:
    path = address(ground, row, ground.home)
    for login in (None, "student", "instructor", "admin"):
        answer = ask(ground, row, login, path)
        assert_headers(answer)
        if "static" not in path:
            assert answer.headers["Cache-Control"] == "no-store"
        answer.close()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/static/nowhere.css", 404),
        ("GET", "/static/../app.db", 404),
        ("DELETE", "/today", 405),
        ("POST", "/theme", 400),
    ],
)
def test_error_pages_carry_them_and_are_never_cached(
    ground: Ground, method: str, path: str, status: int
) -> None:
    answer = ask(ground, Row(f"{method} {path}", 200, frozenset()), "student", path)

    assert answer.status_code == status
    assert_headers(answer)
    assert answer.headers["Cache-Control"] == "no-store"
    assert status != 405 or "GET" in answer.headers["Allow"]


def test_static_files_may_be_kept(ground: Ground) -> None:
    answer = ground.app.test_client().get("/static/app.css")

    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in answer.headers
    answer.close()


def test_https_adds_transport_security_and_host_cookies(ground: Ground, tmp_path: Path) -> None:
    settings = Settings(tmp_path, "sqlite://", "test-key-" * 5, public_url="https://ma.example")
    app = make_app(settings, ground.app.extensions["trainer"].sessions, lambda: NOW)
    app.config.update(WTF_CSRF_ENABLED=False)
    client = app.test_client()
    form = {"login": "student", "password": PASSWORD}
    # The hash of the test world is cheap and verifies under any cost.
    answer = client.post("/sign-in", data=form, base_url="https://ma.example")

    assert answer.status_code == 303
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    cookies = [c for c in answer.headers.getlist("Set-Cookie") if c.startswith("__Host-trainer=")]
    assert len(cookies) == 1
    for part in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
        assert part in cookies[0]
    assert "Domain" not in cookies[0]
    plain = client.post(
        "/sign-in", data=form, base_url="https://ma.example",
        headers={"Origin": "http://ma.example"},
    )  # fmt: skip
    assert plain.status_code == 400


# Forged requests (P30)


def snapshot(ground: Ground) -> dict[str, Any]:
    """Every row of every table."""
    with ground.sessions.engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(table))))
            for table in Base.metadata.sorted_tables
            if not table.name.startswith("catalogue")
        }


def who(row: Row) -> str:
    return min(row.home & {"student", "instructor", "admin"}, default="admin")


def forgeries(token: str, foreign: str, form: dict[str, Any]) -> Iterator[Any]:
    """What another site or a copied page may send, as arguments of a request."""
    whole = form | {"csrf_token": token}
    yield {"data": form}
    yield {"data": form | {"csrf_token": ""}}
    yield {"data": form | {"csrf_token": token[:-2]}}
    yield {"data": form | {"csrf_token": foreign}}
    yield {"data": form, "query_string": {"csrf_token": token}}
    for origin in (
        "https://evil.example", "null", "", "http://localhost.evil.example", "http://[",
        "http://localhost:81", "http://evil@localhost", "localhost", "javascript://localhost",
    ):  # fmt: skip
        yield {"data": whole, "headers": {"Origin": origin}}
    yield {"data": whole, "headers": {"Sec-Fetch-Site": "cross-site"}}
    yield {"data": whole, "headers": {"Sec-Fetch-Site": "same-site"}}
    body = "&".join(f"{k}={v}" for k, v in whole.items())
    yield {"data": body, "content_type": "text/plain"}
    yield {"json": whole}


def token_of(app: Flask, session_token: str | None) -> tuple[Any, str]:
    """A client with its form token, signed in when a session is given."""
    browser = Browser(app)
    if session_token is not None:
        browser.client.set_cookie("trainer_session", session_token)
    browser.get("/account" if session_token else "/sign-in")
    assert browser.token
    return browser.client, browser.token


@pytest.mark.parametrize(("hours", "status"), [(13, 400), (11, 303)])
def test_a_form_counts_for_twelve_hours(
    real: Flask, monkeypatch: pytest.MonkeyPatch, hours: int, status: int
) -> None:
    kind = "itsdangerous.timed.TimestampSigner.get_timestamp"
    monkeypatch.setattr(kind, lambda signer: 1_800_000_000 - hours * 3600)
    client, token = token_of(real, None)

    monkeypatch.setattr(kind, lambda signer: 1_800_000_000)

    form = {"csrf_token": token, "theme": "dark"}
    assert client.post("/theme", data=form).status_code == status


@pytest.mark.parametrize("row", CHANGES, ids=lambda row: row.route)
def test_forged_requests_change_nothing(ground: Ground, real: Flask, row: Row) -> None:
    path = address(ground, row, ground.home)
    session_token = ground.tokens[who(row)]
    _, foreign = token_of(real, ground.tokens["director"])
    client, token = token_of(real, session_token)
    before = snapshot(ground)

    for request in forgeries(token, foreign, dict(row.form)):
        answer = client.post(path, **request)
        assert answer.status_code == 400, request
    answer = client.get(path, query_string={**row.form, "csrf_token": token})

    assert answer.status_code in {200, 302, 404, 405, 409}
    assert snapshot(ground) == before
    honest = ask(ground, row, who(row), path)
    assert honest.status_code == row.ok  # refused above for the forgery, not for the form


def test_the_form_token_changes_with_signing_in(real: Flask) -> None:
    browser = Browser(real)
    browser.get("/sign-in")
    before = browser.token
    answer = browser.client.post(
        "/sign-in", data={"csrf_token": before, "login": "director", "password": PASSWORD}
    )
    assert answer.status_code == 303

    refused = browser.client.post("/theme", data={"csrf_token": before, "theme": "dark"})

    assert refused.status_code == 400
    browser.get("/account")
    assert browser.post("/theme", {"theme": "dark"}).status_code == 303


# Redirects (P38)

FOREIGN = [
    "//evil", "/\\evil", "https:evil", "/%09/evil", "/\t/evil", "\\\\evil", "http:///evil",
    "javascript:alert(1)", "data:text/html,x", "/ok@evil", "%2f%2fevil", "/" + "a" * 8000,
    "/ok\r\nSet-Cookie: x=1", "/ok\n", "///evil", "/./evil", "/../evil", "https://evil.example/",
    "evil.example", "@evil", "/ /evil", "/\u2044evil", "/\u3002evil", "http:evil", "/;@evil",
    "/today#//evil", "?next=//evil", "/a//evil",
]  # fmt: skip


@pytest.mark.parametrize("target", FOREIGN, ids=lambda t: repr(t)[:24])
def test_next_never_leads_away(ground: Ground, target: str) -> None:
    client = ground.app.test_client()
    form = {"login": "student", "password": PASSWORD}

    answers = [
        client.post("/sign-in", query_string={"next": target}, data=form),
        client.post("/theme", data={"theme": "dark", "next": target}),
    ]

    assert [(a.status_code, a.location) for a in answers] == [(303, "/"), (303, "/")]
    assert all("x=1" not in str(a.headers) for a in answers)


@pytest.mark.parametrize("target", ["/today", "/", "/cohorts/3", "/plays/1/debrief?best=yes"])
def test_next_leads_to_a_page_of_this_site(ground: Ground, target: str) -> None:
    form = {"login": "student", "password": PASSWORD}
    answer = ground.app.test_client().post("/sign-in", query_string={"next": target}, data=form)

    assert answer.location == target


def test_a_long_next_is_judged_at_once() -> None:
    # A pattern that can split a text in many ways would take years for this one.
    assert safe_next("/" + "a" * 290 + "!", "/") == "/"


@pytest.mark.parametrize("path", ["//evil.example", "//evil.example/%2e%2e", "///evil", "/\\evil"])
def test_no_path_redirects_to_another_host(ground: Ground, path: str) -> None:
    answer = ground.app.test_client().get("/", environ_overrides={"PATH_INFO": path})

    assert answer.status_code < 500
    assert (answer.location or "/").startswith(("/", "http://localhost/"))
    assert not (answer.location or "").startswith("//")
