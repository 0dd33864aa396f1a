"""Nobody sees another's records. Promise P21; bad input G/E.

One row per route and method, one cell per person and set of ids. SQLite alone: who may do what
is decided in services/access, which has no statement of one database only.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.make import World
from tests.web.matrix import BANK, SCENARIO, Ground, build
from trainer.core.errors import NotFound
from trainer.services import access
from trainer.services.accounts import sessions as sign_ins
from trainer.store.accounts import Person, SignInSession
from trainer.store.assignments import Assignment, AssignmentTarget
from trainer.store.cohorts import Cohort
from trainer.store.practice import Sitting
from trainer.store.scenarios import Play
from trainer.store.session import Sessions, make_engine

ALL = frozenset(World.LOGINS)
STUDENTS = frozenset({"student", "other_student", "stranger_student"})
TEACHERS = frozenset({"instructor", "outside_instructor", "director", "stranger_director"})
DIRECTORS = frozenset({"director", "stranger_director"})
ADMIN = frozenset({"admin"})
NOBODY: frozenset[str] = frozenset()
MISSING = 999_999_999


@dataclass(frozen=True)
class Row:
    """What a route answers: `ok` to those let in, 404 to others, the sign-in page to nobody."""

    route: str
    """Method and rule."""
    ok: int
    home: frozenset[str]
    """Who is let in with the ids of `student` and the cohort of `instructor`."""
    away: frozenset[str] = NOBODY
    """Who is let in with those of `other_student` and the cohort of `outside_instructor`."""
    form: dict[str, Any] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    """Names of the ids in the rule that stand for something else than usual."""
    public: bool = False


def own(route: str, ok: int, form: dict[str, Any] | None = None, **ids: str) -> Row:
    """A row on something that belongs to one student."""
    return Row(
        route, ok, frozenset({"student"}), frozenset({"other_student"}), form or {}, ids
    )  # fmt: skip


def staff(route: str, ok: int, form: dict[str, Any] | None = None) -> Row:
    """A row on something that belongs to the staff of one cohort."""
    return Row(
        route, ok, frozenset({"instructor", "director"}),
        frozenset({"outside_instructor", "director"}), form or {},
    )  # fmt: skip


def enrolled(route: str, target: str) -> Row:
    """A row on a target, for the two students of the home cohort; nobody is in the other one."""
    return Row(route, 303, frozenset({"student", "other_student"}), ids={"target_id": target})


def admin(route: str, ok: int, form: dict[str, Any] | None = None) -> Row:
    """A row on one person of the administrator's program; the other one is of another program."""
    return Row(route, ok, ADMIN, NOBODY, form or {})


def for_all(route: str, ok: int, form: dict[str, Any] | None = None) -> Row:
    """A row without a door."""
    return Row(route, ok, ALL, form=form or {}, public=True)


WORK = {
    "op_id": "operation-2", "title": "Week 2", "note": "", "banks": BANK, "questions": "10",
    "due_on": "2026-11-30", "due_time": "23:59",
}  # fmt: skip
PASSWORDS = {"old_password": "wrong one", "new_password": "another four word phrase"}
PROFILE = {"exam_code": "cma", "minutes_a_day": "25", "zone": "America/New_York"}
ANSWER = {"step": "2", "op_id": "operation-x", "choice": "a"}
STUDENT_PAGE = "/cohorts/<id:cohort_id>/students/<id:person_id>"
ROWS = [
    for_all("GET /", 302),
    for_all("GET /health", 200),
    for_all("GET /static/<path:filename>", 200),
    for_all("GET /set-up", 409),
    for_all("POST /set-up", 409),
    for_all("GET /sign-in", 200),
    for_all("POST /sign-in", 422, {"login": "student", "password": "wrong"}),
    for_all("GET /enter/<string(length=43):secret>", 404),
    for_all("POST /sign-out", 303),
    for_all("GET /reset", 200),
    for_all("POST /reset", 422, {"login": "student", "code": "NONE", "password": "x" * 12}),
    for_all("GET /join", 200),
    for_all("POST /join", 422, {"code": "NONE"}),
    for_all("POST /theme", 303, {"theme": "dark"}),
    Row("GET /account", 200, ALL),
    Row("POST /account/settings", 303, ALL, form=PROFILE),
    Row("POST /account/password", 422, ALL, form=PASSWORDS),
    own("POST /account/sessions/<id:session_id>/end", 303),
    Row("GET /people", 200, ADMIN),
    Row("POST /people", 200, ADMIN, form={"name": "New", "login": "new", "role": "director"}),
    admin("POST /people/<id:person_id>/reset-code", 200),
    admin("POST /people/<id:person_id>/roles", 303, {"roles": "student"}),
    admin("POST /people/<id:person_id>/active", 303, {"active": "no"}),
    Row("GET /today", 200, STUDENTS),
    Row("GET /practice", 200, STUDENTS),
    Row("POST /practice/start", 303, STUDENTS, form={"kind": "new"}),
    enrolled("POST /practice/targets/<id:target_id>", "practice_target"),
    own("POST /practice/plays/<id:play_id>", 303, play_id="ended_play"),
    own("GET /practice/<id:sitting_id>", 200),
    own("POST /practice/<id:sitting_id>/answer", 303, ANSWER),
    own("GET /practice/<id:sitting_id>/<id:step>", 200),
    own("POST /practice/<id:sitting_id>/end", 303),
    Row("GET /scenarios", 200, STUDENTS),
    Row("POST /scenarios/<code:code>/start", 303, STUDENTS),
    enrolled("POST /scenarios/targets/<id:target_id>/start", "scenario_target"),
    own("GET /plays/<id:play_id>", 200),
    own("POST /plays/<id:play_id>", 422),
    own("GET /plays/<id:play_id>/reflect", 200, play_id="ended_play"),
    own("POST /plays/<id:play_id>/reflect", 303, {"went_well": "All"}, play_id="ended_play"),
    own("GET /plays/<id:play_id>/debrief", 200, play_id="ended_play"),
    own("GET /plays/<id:play_id>/transcript", 200),
    Row("GET /cohorts", 200, TEACHERS),
    Row("GET /cohorts/new", 200, TEACHERS),
    Row("POST /cohorts/new", 303, TEACHERS, form={"name": "Another", "exam_code": "cma"}),
    staff("GET /cohorts/<id:cohort_id>", 200),
    staff("POST /cohorts/<id:cohort_id>/invites", 200, {"seats": "5"}),
    staff("POST /cohorts/<id:cohort_id>/invites/<id:invite_id>/end", 303),
    staff("POST /cohorts/<id:cohort_id>/colleagues", 303, {"person_id": "COLLEAGUE"}),
    staff("GET /cohorts/<id:cohort_id>/roster", 200),
    staff("POST /cohorts/<id:cohort_id>/roster", 200, {"text": "name,login\nKim Lee,kim.lee"}),
    # Nobody is on the roster of the other cohort, so its page of a student exists for nobody.
    Row(f"GET {STUDENT_PAGE}", 200, frozenset({"instructor", "director"})),
    Row(f"POST {STUDENT_PAGE}/code", 200, frozenset({"instructor", "director"})),
    Row(f"GET {STUDENT_PAGE}/remove", 200, frozenset({"instructor", "director"})),
    Row(f"POST {STUDENT_PAGE}/remove", 303, frozenset({"instructor", "director"})),
    staff("GET /cohorts/<id:cohort_id>/assignments/new", 200),
    staff("POST /cohorts/<id:cohort_id>/assignments/new", 303, WORK),
    staff("GET /assignments/<id:assignment_id>", 200),
    staff("GET /assignments/<id:assignment_id>/withdraw", 200),
    staff("POST /assignments/<id:assignment_id>/withdraw", 303),
    Row("GET /program", 200, DIRECTORS),
]
BY_ROUTE = {row.route: row for row in ROWS}


@pytest.fixture(scope="module")
def ground(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """One database for the whole matrix: its app takes every write back."""
    folder = tmp_path_factory.mktemp("matrix")
    sessions = Sessions(make_engine(f"sqlite:///{shutil.copy(sqlite_template, folder / 'a.db')}"))
    yield build(folder, sessions)
    sessions.engine.dispose()


def routes(ground: Ground) -> set[str]:
    """Every method and rule of the app; HEAD and OPTIONS follow from the others."""
    return {
        f"{method} {rule.rule}"
        for rule in ground.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def address(ground: Ground, row: Row, ids: dict[str, int]) -> str:
    """The address of a row with these ids."""
    rule = next(
        r for r in ground.app.url_map.iter_rules()
        if r.rule == row.route.split(" ")[1] and row.route.split(" ")[0] in (r.methods or set())
    )  # fmt: skip
    fixed = {"filename": "app.js", "secret": "x" * 43, "code": SCENARIO}
    values = {n: fixed.get(n) or ids[row.ids.get(n, n)] for n in rule.arguments}
    adapter = ground.app.url_map.bind("localhost")
    return adapter.build(rule.endpoint, values, method=row.route.split(" ")[0])


def variants(ground: Ground, row: Row) -> list[tuple[str, frozenset[str]]]:
    """Addresses of a row and who is let in at each: home, away, no such thing, one id foreign."""
    names = [piece.split(">")[0] for piece in row.route.split("<id:")[1:]]
    found = [(address(ground, row, ground.home), row.home)]
    if not names:
        return found
    found.append((address(ground, row, ground.away), row.away))
    for name in names:
        key = row.ids.get(name, name)
        found.append((address(ground, row, ground.home | {key: MISSING}), NOBODY))
        if len(names) > 1 and key != "step":
            found.append((address(ground, row, ground.home | {key: ground.away[key]}), NOBODY))
    if "step" in names:
        # The first id of these two is a sitting: with a foreign one the row is the away row.
        found = [(path, row.away if path == found[1][0] else who) for path, who in found]
    return found


def ask(ground: Ground, row: Row, login: str | None, path: str, method: str = "") -> Any:
    """Send the row's request as somebody; every cell starts with a fresh browser."""
    client = ground.app.test_client()
    if login is not None:
        client.set_cookie("trainer_session", ground.tokens[login])
    colleague = str(ground.world.people["outside_instructor"])
    form = {k: colleague if v == "COLLEAGUE" else v for k, v in row.form.items()}
    sent = method or row.route.split(" ")[0]
    return client.open(path, method=sent, data=form if sent == "POST" else None)


def wrong_cells(ground: Ground, row: Row) -> list[str]:
    """Cells of a row that answer otherwise than the matrix says."""
    wrong = []
    for path, let_in in variants(ground, row):
        for login in (None, *World.LOGINS):
            answer = ask(ground, row, login, path)
            if row.public or login in let_in:
                fine = answer.status_code == row.ok
            elif login is None:
                fine = answer.status_code in {302, 303}
                fine = fine and (answer.location or "").split("?")[0] == "/sign-in"
            else:
                fine = answer.status_code == 404
            if not fine:
                wrong.append(f"{login} at {row.route} {path}: {answer.status_code}")
            answer.close()
    return wrong


def test_every_route_has_a_row_and_every_row_a_route(ground: Ground) -> None:
    assert routes(ground) == set(BY_ROUTE)
    assert len(ROWS) == len(BY_ROUTE)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.route)
def test_row_holds(ground: Ground, row: Row) -> None:
    assert wrong_cells(ground, row) == []


@pytest.mark.parametrize(
    "row", [r for r in ROWS if r.route.startswith("GET") and not r.public], ids=lambda r: r.route
)
def test_head_and_options_tell_a_stranger_nothing_more(ground: Ground, row: Row) -> None:
    path = address(ground, row, ground.home)
    asked = ask(ground, row, "stranger_student", path)
    head = ask(ground, row, "stranger_student", path, "HEAD")
    options = ask(ground, row, "stranger_student", path, "OPTIONS")

    assert head.status_code == asked.status_code
    assert head.data == options.data == b""
    assert options.status_code == 200


def _any(table: type) -> Callable[..., Any]:
    """A broken door: gives the row to whoever asks."""

    def door(session: Any, actor: Any, *ids: Any, **kw: Any) -> Any:
        found = session.get(table, ids[-1])
        if found is None:
            raise NotFound
        return found

    return door


def _any_student(session: Any, actor: Any, cohort_id: int, person_id: int) -> Any:
    return session.get_one(Cohort, cohort_id), session.get_one(Person, person_id)


def _any_assignment(session: Any, actor: Any, assignment_id: int) -> Any:
    found = session.get_one(Assignment, assignment_id)
    return found, session.get_one(Cohort, found.cohort_id)


def _any_target(session: Any, actor: Any, target_id: int) -> Any:
    found = session.get_one(AssignmentTarget, target_id)
    return found, session.get_one(Assignment, found.assignment_id)


def _any_session(session: Any, actor: Any, session_id: int, *, now: Any) -> None:
    session.get_one(SignInSession, session_id).ended_at = now


FAULTS: list[tuple[Any, str, Callable[..., Any], str]] = [
    (access, "get_cohort", _any(Cohort), "GET /cohorts/<id:cohort_id>/roster"),
    (access, "may_open_cohort", lambda *a: True, "GET /cohorts/<id:cohort_id>"),
    (access, "get_student", _any_student, f"GET {STUDENT_PAGE}/remove"),
    (access, "get_assignment", _any_assignment, "GET /assignments/<id:assignment_id>/withdraw"),
    (access, "get_target", _any_target, "POST /practice/targets/<id:target_id>"),
    (access, "get_sitting", _any(Sitting), "GET /practice/<id:sitting_id>"),
    (access, "get_play", _any(Play), "GET /plays/<id:play_id>"),
    (access, "get_person", _any(Person), "POST /people/<id:person_id>/active"),
    (access, "require", lambda actor, *roles: actor, "GET /today"),
    (sign_ins, "end_session", _any_session, "POST /account/sessions/<id:session_id>/end"),
]


@pytest.mark.parametrize(("module", "name", "door", "route"), FAULTS, ids=lambda v: str(v)[:40])
def test_a_door_left_open_turns_the_matrix_red(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, module: Any, name: str, door: Any, route: str
) -> None:
    assert wrong_cells(ground, BY_ROUTE[route]) == []

    monkeypatch.setattr(module, name, door)

    assert wrong_cells(ground, BY_ROUTE[route]) != []


def test_lists_name_nothing_of_another_cohort_or_program(ground: Ground) -> None:
    pages = {
        ("stranger_director", "/program"): ("MA Fall 2026", "MA Spring 2027", "Riverbend"),
        ("stranger_director", "/cohorts"): ("MA Fall 2026", "MA Spring 2027"),
        ("outside_instructor", "/cohorts"): ("MA Fall 2026",),
        ("admin", "/people"): ("Stranger Student", "Stranger Director"),
        ("stranger_student", "/today"): ("Week 1",),
        ("student", "/account"): ("token-of-",),
    }
    for (login, path), secrets in pages.items():
        page = ask(ground, Row(f"GET {path}", 200, ALL), login, path).get_data(as_text=True)
        assert [secret for secret in secrets if secret in page] == [], (login, path)
