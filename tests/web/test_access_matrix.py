"""Nobody sees another's records. Promise P21; bad input G/E.

One row per route and method, one cell per person and set of ids. SQLite alone: who may do what
is decided in services/access, which has no statement of one database only.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.make import World
from tests.web.matrix import Ground, build
from tests.web.matrix_rows import ALL, BY_ROUTE, NOBODY, ROWS, STUDENT_PAGE, Row, address, ask
from trainer.core.errors import NotFound
from trainer.services import access, item_access
from trainer.services.accounts import sessions as sign_ins
from trainer.services.bank import errata
from trainer.store.accounts import Person, SignInSession
from trainer.store.assignments import Assignment, AssignmentTarget
from trainer.store.bank import ContentDecision, ItemDraft, ItemReport
from trainer.store.cohorts import Cohort
from trainer.store.practice import Sitting
from trainer.store.scenarios import Play
from trainer.store.session import Sessions, make_engine

MISSING = 999_999_999


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
    (access, "get_draft", _any(ItemDraft), "GET /bank/drafts/<id:draft_id>"),
    (access, "get_person", _any(Person), "POST /people/<id:person_id>/active"),
    (access, "require", lambda actor, *roles: actor, "GET /today"),
    (item_access, "get_report", _any(ItemReport), "POST /bank/reports/<id:report_id>/close"),
    (item_access, "may_settle", lambda *a: True, "POST /bank/items/<code:item>/retire"),
    (errata, "_own", _any(ContentDecision), "POST /corrections/<id:decision_id>/open"),
    (sign_ins, "end_session", _any_session, "POST /account/sessions/<id:session_id>/end"),
]


@pytest.mark.parametrize(
    ("module", "name", "door", "route"), FAULTS, ids=[name for _, name, _, _ in FAULTS]
)
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
        ("stranger_director", "/bank/own"): ("p1-hand-hygiene",),
        ("admin", "/people"): ("Stranger Student", "Stranger Director"),
        ("stranger_student", "/today"): ("Week 1",),
        ("student", "/account"): ("token-of-",),
        ("stranger_director", "/bank/reports"): ("The answer is wrong",),
        ("stranger_student", "/reports"): ("The answer is wrong",),
    }
    for (login, path), secrets in pages.items():
        page = ask(ground, Row(f"GET {path}", 200, ALL), login, path).get_data(as_text=True)
        assert [secret for secret in secrets if secret in page] == [], (login, path)
