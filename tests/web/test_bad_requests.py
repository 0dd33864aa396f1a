"""Requests that no page sends. Promise P39; bad input G/E, G/L."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tests.conftest import NOW
from tests.make import PASSWORD, World
from tests.web.html import text_of
from tests.web.matrix import Ground, build
from tests.web.matrix_rows import ROWS, Row, address, ask
from trainer.app import make_app
from trainer.settings import Settings
from trainer.store.session import Sessions, make_engine


@pytest.fixture(scope="module")
def ground(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """An app of which nothing is kept. SQLite: these requests end before any statement."""
    folder = tmp_path_factory.mktemp("bad")
    sessions = Sessions(make_engine(f"sqlite:///{shutil.copy(sqlite_template, folder / 'a.db')}"))
    yield build(folder, sessions)
    sessions.engine.dispose()


def send(ground: Ground, **kw: Any) -> Any:
    """One request of the signed-in instructor."""
    client = ground.app.test_client()
    client.set_cookie("trainer_session", ground.tokens["instructor"])
    return client.open(**kw)


# The HTTP layer (G/L)


@pytest.mark.parametrize(
    "host",
    ["evil.example", "", "localhost:99999", "a b", "localhost\x00", "[::1", "x" * 5000, "évil",
     "..", "localhost:80:80", "user@evil", "/", "\u202eevil"],
)  # fmt: skip
def test_a_strange_host_is_never_answered_with_a_crash_or_a_way_out(
    ground: Ground, host: str
) -> None:
    named = host.encode().decode("latin-1")
    for path in ("/", "/today", "/nowhere", "/cohorts"):
        answer = send(ground, path=path, environ_overrides={"HTTP_HOST": named})
        assert answer.status_code < 500
        assert "evil" not in (answer.location or "")
    answer = ground.app.test_client().post(
        "/sign-in", data={"login": "student", "password": "x"},
        environ_overrides={"HTTP_HOST": named, "HTTP_X_FORWARDED_HOST": "evil.example"},
    )  # fmt: skip
    assert answer.status_code < 500
    assert "evil.example" not in answer.get_data(as_text=True)


PATHS = [
    "/%2e%2e/", "//", "///", "/.git/config", "/.env", "/static/../app.db", "/static/%2e%2e/app.py",
    "/static/..\\app.py", "/static//etc/passwd", "/static/\x00", "/\x00", "/today\x00", "/today/",
    "/today;jsessionid=1", "/" + "a" * 8000, "/\u202e", "/today%00", "/cohorts/%31", "/plays/1%0a",
    "/cohorts/1/../2", "/static/", "/enter/" + "\x00" * 43, "/scenarios/\x00/start", "/*", "*", "",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS, ids=lambda p: repr(p)[:30])
def test_a_strange_path_is_not_found(ground: Ground, path: str) -> None:
    wire = path.encode("utf-8", "surrogatepass").decode("latin-1")
    answer = send(ground, path="/", environ_overrides={"PATH_INFO": wire})

    assert answer.status_code in {302, 308, 400, 404, 405}
    assert "Traceback" not in answer.get_data(as_text=True)


def test_bytes_that_are_no_text_are_not_found(ground: Ground) -> None:
    for wire in ("/\xff", "/\xc0\xae\xc0\xae/", "/scenarios/\xed\xa0\x80/start", "/\xf8\x88"):
        for method in ("GET", "POST"):
            answer = send(ground, path="/", method=method, environ_overrides={"PATH_INFO": wire})
            assert answer.status_code in {404, 405}


@pytest.mark.parametrize(
    "method", ["TRACE", "CONNECT", "PROPFIND", "FOO", "PUT", "DELETE", "PATCH"]
)
def test_other_methods_are_refused(ground: Ground, method: str) -> None:
    for row in ROWS:
        answer = ask(ground, row, "instructor", address(ground, row, ground.home), method)
        assert answer.status_code == 405, row.route


def test_a_method_in_a_header_does_not_count(ground: Ground) -> None:
    for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        path = f"/cohorts/{ground.home['cohort_id']}/invites"
        assert send(ground, path=path, headers={name: "POST"}).status_code == 405


QUERIES = [
    "a=1&a=2", "a[b][c]=1", "&".join(f"a{n}=1" for n in range(10_000)), "code=%00", "code=%ff",
    "best=yes&best=no", "=", "&&&", "%", "code=" + "x" * 60_000, "page=-1", "_method=DELETE",
]  # fmt: skip


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q[:20])
def test_a_strange_query_changes_no_page(ground: Ground, query: str) -> None:
    for path in ("/join", "/sign-in", "/cohorts", "/account"):
        assert send(ground, path=path, query_string=query).status_code == 200
    answer = ground.app.test_client().get("/today", query_string=query)
    assert answer.location.startswith("/sign-in")


def parts(number: int) -> bytes:
    part = '--x\r\nContent-Disposition: form-data; name="f{}"\r\n\r\n1\r\n'
    return "".join(part.format(n) for n in range(number)).encode() + b"--x--\r\n"


BODIES: list[dict[str, Any]] = [
    {"data": {"login": "x" * 600_000, "password": "y" * 300_000}},
    {"data": {f"f{n}": "1" for n in range(20_000)}},
    {"data": parts(1_001), "content_type": "multipart/form-data; boundary=x"},
    {"data": b"--x\r\n\r\n", "content_type": "multipart/form-data; boundary=x"},
    {"data": b"--x", "content_type": "multipart/form-data"},
    {"data": b"--" + b"b" * 200, "content_type": f"multipart/form-data; boundary={'b' * 200}"},
    {"data": b"\xff\xfe\x00", "content_type": "application/x-www-form-urlencoded"},
    {"data": b"x" * 3_000_000, "content_type": "application/x-www-form-urlencoded"},
    {"data": b"{" * 100_000, "content_type": "application/json"},
    {"data": b"a=1", "content_type": "application/x-www-form-urlencoded; charset=utf-7"},
    {"data": {"login": ["a", "b"], "password": ["c", "d"]}},
    {"data": b"", "headers": {"Content-Encoding": "gzip"}},
]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_a_strange_body_is_refused(ground: Ground, body: dict[str, Any]) -> None:
    for path in ("/sign-in", "/join", "/theme"):
        answer = ground.app.test_client().post(path, **body)
        assert 400 <= answer.status_code < 500
        assert "Traceback" not in answer.get_data(as_text=True)


HEADERS = [
    ("Accept", "application/xml"), ("Accept", "*/*;q=9"), ("Accept", "x" * 10_000),
    ("Accept-Language", ",".join(["en"] * 1000)), ("Range", "bytes=-1"), ("Range", "bytes=9-1"),
    ("Range", "bytes=0-9999999999"), ("Range", "bytes=" + ",".join(["0-0"] * 100)),
    ("If-None-Match", '"x"'), ("If-Modified-Since", "yesterday"), ("User-Agent", "\x00\xff"),
    ("Cookie", "theme=\x00; trainer_form=x.y.z; trainer_session="), ("Cookie", "=" * 5000),
    ("Content-Length", "-1"), ("Content-Length", "abc"), ("X-Forwarded-For", "' OR 1=1"),
    ("Referer", "\xff"), ("Authorization", "Basic \xff"), ("Content-Type", "\x00"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), HEADERS, ids=lambda v: repr(v)[:24])
def test_a_strange_header_breaks_nothing(ground: Ground, name: str, value: str) -> None:
    key = name.upper().replace("-", "_")
    key = key if key in {"CONTENT_LENGTH", "CONTENT_TYPE"} else f"HTTP_{key}"
    for path in ("/", "/sign-in", "/static/app.css", "/cohorts"):
        answer = ground.app.test_client().get(path, environ_overrides={key: value})
        assert answer.status_code < 500
        answer.close()
    form = {"login": "student", "password": PASSWORD}
    answer = ground.app.test_client().post("/sign-in", data=form, environ_overrides={key: value})
    assert answer.status_code < 500


IDS = [
    "1 OR 1=1", "1;--", "01", "+1", "-1", "0", "1.0", "1e0", "\uff11", "\u0661", "\u00b9", "1_0",
    "2147483648", "9223372036854775808", "9" * 4000, "0x1", "1\x00", "\x001", "1\n", " 1", "1 ",
    "null", "true", "NaN", "1,2", "1%00", "'", "1'", "999999999",
]  # fmt: skip
WITH_IDS = [row for row in ROWS if "<id:" in row.route]


@pytest.mark.parametrize("bad", IDS, ids=lambda i: repr(i)[:24])
def test_an_id_has_one_spelling(ground: Ground, bad: str) -> None:
    wire = bad.encode().decode("latin-1")
    for row in WITH_IDS:
        method, rule = row.route.split(" ")
        who = min(row.home)
        client = ground.app.test_client()
        client.set_cookie("trainer_session", ground.tokens[who])
        for piece in [p.split(">")[0] for p in rule.split("<id:")[1:]]:
            path = rule.replace(f"<id:{piece}>", "ID")
            for name in ("cohort_id", "sitting_id", "person_id", "invite_id", "step"):
                path = path.replace(f"<id:{name}>", str(ground.home[name]))
            over = {"PATH_INFO": path.replace("ID", wire)}
            answer = client.open("/", method=method, data=row.form, environ_overrides=over)
            # `/practice/<id>/end` and its like exist for POST, so a wrong word there is a 405.
            assert answer.status_code in {404, 405}, (row.route, bad)


def test_a_hidden_field_with_another_id_or_role_changes_nothing(ground: Ground) -> None:
    smuggled = {
        "role": "administrator", "roles": "administrator", "user_id": "1", "person_id": "1",
        "student_id": "1", "cohort_id": "2", "score": "100", "is_admin": "true", "id": "1",
    }  # fmt: skip
    row = Row("POST /account/settings", 303, frozenset({"student"}))
    client = ground.app.test_client()
    client.set_cookie("trainer_session", ground.tokens["student"])
    form = {"exam_code": "", "minutes_a_day": "30", "zone": "UTC", **smuggled}

    assert client.post(row.route.split(" ")[1], data=form).status_code == 303
    assert client.get("/people").status_code == 404


# The database away


@pytest.mark.parametrize(
    "path", ["/", "/today", "/sign-in", "/health", "/nowhere", "/static/app.css"]
)
def test_without_a_database_every_page_says_so(tmp_path: Path, path: str) -> None:
    # Port 1 refuses at once; which database it would be makes no difference.
    sessions = Sessions(make_engine("postgresql+psycopg://nobody@127.0.0.1:1/none"))
    app = make_app(Settings(tmp_path, "sqlite://", "test-key-" * 5), sessions, lambda: NOW)
    app.config.update(PROPAGATE_EXCEPTIONS=False, WTF_CSRF_ENABLED=False)
    client = app.test_client()
    client.set_cookie("trainer_session", "x" * 43)

    expected = {"/nowhere": 404, "/static/app.css": 200}.get(path, 503)
    answer = client.get(path)

    assert answer.status_code == expected
    if expected == 503:
        assert answer.headers["Retry-After"] == "5"
        assert "Not available for a moment" in text_of(answer)
    answer.close()
    form = {"login": "student", "password": PASSWORD}
    assert client.post("/sign-in", data=form).status_code == 503


def _full_disk(session: Session) -> None:
    raise OperationalError("COMMIT", {}, Exception("disk full"))


def test_a_commit_that_fails_is_not_reported_as_done(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.web.matrix.Forgetful.commit", _full_disk)

    form = {"login": "student", "password": PASSWORD}
    answer = ground.app.test_client().post("/sign-in", data=form)

    assert answer.status_code == 503
    assert "Set-Cookie" not in answer.headers or "trainer_session" not in str(answer.headers)


def test_a_value_that_only_the_database_refuses_is_no_crash(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    monkeypatch.setattr("trainer.services.accounts.sessions.account_key", lambda login: login)

    answer = app.test_client().post("/sign-in", data={"login": "a\x00b", "password": "x"})

    assert answer.status_code == 422
