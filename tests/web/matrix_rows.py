"""Who gets what at every route: the rows of the access matrix. Promise P21."""

from dataclasses import dataclass, field
from typing import Any

from tests.make import World
from tests.web.matrix import BANK, HELD_ITEM, ITEM, SCENARIO, Ground

ALL = frozenset(World.LOGINS)
STUDENTS = frozenset({"student", "other_student", "stranger_student"})
TEACHERS = frozenset({"instructor", "outside_instructor", "director", "stranger_director"})
DIRECTORS = frozenset({"director", "stranger_director"})
ADMIN = frozenset({"admin"})
STAFF = TEACHERS | ADMIN
HEADS = DIRECTORS | ADMIN
BOTH_STUDENTS = frozenset({"student", "other_student"})
NOBODY: frozenset[str] = frozenset()


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


def written(route: str, ok: int, form: dict[str, Any] | None = None) -> Row:
    """A row on a draft of one program; the other one is of the other program."""
    who = frozenset({"instructor", "outside_instructor", "director"})
    return Row(route, ok, who, frozenset({"stranger_director"}), form or {})


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
REPORT = {"send": "yes", "op_id": "operation-y", "about": "wrong", "text": ""}
CORRECTION = {
    "reason": "Fixed.", "erratum": "It is 20 seconds.", "source_url": "https://www.cdc.gov/x",
}  # fmt: skip
RIVERBEND = frozenset({"instructor", "outside_instructor", "director", "admin"})
DRAFT = "/bank/drafts/<id:draft_id>"
STEP = "/practice/<id:sitting_id>/<id:step>"
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
    own("POST /practice/<id:sitting_id>/pass", 303),
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
    own(f"GET {STEP}/report", 200),
    own(f"POST {STEP}/report", 303, REPORT),
    Row("GET /reports", 200, STUDENTS),
    Row("GET /corrections", 200, ALL),
    # Both have answered the same question, and it was corrected twice.
    Row("GET /corrections/<id:decision_id>", 200, BOTH_STUDENTS, BOTH_STUDENTS),
    Row("POST /corrections/<id:decision_id>/open", 303, BOTH_STUDENTS, BOTH_STUDENTS),
    Row("GET /bank/own", 200, TEACHERS),
    Row("GET /bank/own/new", 200, TEACHERS),
    Row("POST /bank/own/new", 303, TEACHERS, form={"concept": "teach-back", "type": "matching"}),
    Row("POST /bank/own/copy", 303, TEACHERS, form={"code": ITEM}),
    Row("GET /bank/own/yaml", 200, TEACHERS),
    written(f"GET {DRAFT}", 200),
    written(f"POST {DRAFT}", 303),
    written(f"POST {DRAFT}/checks", 200),
    written(f"GET {DRAFT}/preview", 200),
    written(f"GET {DRAFT}/yaml", 200),
    written(f"GET {DRAFT}/delete", 200),
    written(f"POST {DRAFT}/delete", 303),
    written(f"GET {DRAFT}/reading", 200),
    written(f"POST {DRAFT}/reading", 303, {"choice": "c"}),
    written(f"POST {DRAFT}/opinion", 303),
    written(f"GET {DRAFT}/publish", 200),
    # It waits for its second reader.
    written(f"POST {DRAFT}/publish", 409, {"edit": "2", "alone": "yes"}),
    Row("GET /bank", 200, STAFF),
    Row("GET /bank/items", 200, STAFF),
    Row("GET /bank/reports", 200, STAFF),
    # Reports of both students are for the staff of their program.
    Row("POST /bank/reports/<id:report_id>/close", 303, RIVERBEND, RIVERBEND, {"outcome": "Ok."}),
    Row("GET /bank/items/<code:item>", 200, STAFF),
    Row("GET /bank/items/<code:item>/quarantine", 200, STAFF),
    Row("POST /bank/items/<code:item>/quarantine", 303, STAFF, form={"reason": "Wrong."}),
    Row("GET /bank/items/<code:item>/release", 200, HEADS, ids={"item": "held_item"}),
    Row(
        "POST /bank/items/<code:item>/release",
        303,
        HEADS,
        form={"reason": "Right.", "seen": "1"},
        ids={"item": "held_item"},
    ),
    Row("GET /bank/items/<code:item>/retire", 200, HEADS),
    Row("POST /bank/items/<code:item>/retire", 303, HEADS, form={"reason": "Old."}),
    Row("GET /bank/items/<code:item>/correct", 200, HEADS),
    Row("POST /bank/items/<code:item>/correct", 303, HEADS, form=CORRECTION),
]
BY_ROUTE = {row.route: row for row in ROWS}


def address(ground: Ground, row: Row, ids: dict[str, int]) -> str:
    """The address of a row with these ids."""
    rule = next(
        r for r in ground.app.url_map.iter_rules()
        if r.rule == row.route.split(" ")[1] and row.route.split(" ")[0] in (r.methods or set())
    )  # fmt: skip
    fixed = {
        "filename": "app.js", "secret": "x" * 43, "code": SCENARIO, "item": ITEM,
        "held_item": HELD_ITEM,
    }  # fmt: skip
    names = {n: row.ids.get(n, n) for n in rule.arguments}
    values = {n: fixed.get(name) or ids[name] for n, name in names.items()}
    adapter = ground.app.url_map.bind("localhost")
    return adapter.build(rule.endpoint, values, method=row.route.split(" ")[0])


def ask(ground: Ground, row: Row, login: str | None, path: str, method: str = "") -> Any:
    """Send the row's request as somebody; every cell starts with a fresh browser."""
    client = ground.app.test_client()
    if login is not None:
        client.set_cookie("trainer_session", ground.tokens[login])
    colleague = str(ground.world.people["outside_instructor"])
    form = {k: colleague if v == "COLLEAGUE" else v for k, v in row.form.items()}
    sent = method or row.route.split(" ")[0]
    return client.open(path, method=sent, data=form if sent == "POST" else None)
