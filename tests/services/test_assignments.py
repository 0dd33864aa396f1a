from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import NOW
from tests.make import World
from tests.services.progress_rows import add_play, add_sitting, add_students
from trainer.core.assignments import SCENARIO, Status
from trainer.core.errors import Invalid, NotFound, SignInNeeded
from trainer.services.assignments import make, view
from trainer.services.assignments.make import Draft
from trainer.store.assignments import Assignment, AssignmentTarget
from trainer.store.cohorts import Cohort
from trainer.store.session import Sessions, counting_statements

DUE = NOW + timedelta(days=3)
DRAFT = Draft("Infection control", "Before Friday.", DUE, (), ("infection-control",), 10)
OTHERS = ("student", "outside_instructor", "stranger_director", "admin")


def assign(
    session: Session, world: World, draft: Draft = DRAFT, op_id: str = "operation-1"
) -> Assignment:
    staff = world.actor(session, "instructor")
    return make.assign(session, staff, world.cohort_id, draft, op_id, now=NOW)


def targets(session: Session, made: Assignment) -> list[AssignmentTarget]:
    return list(
        session.scalars(
            select(AssignmentTarget)
            .where(AssignmentTarget.assignment_id == made.id)
            .order_by(AssignmentTarget.position)
        )
    )


def add_scenario_target(session: Session, made: Assignment) -> AssignmentTarget:
    target = AssignmentTarget(
        assignment_id=made.id, position=9, kind=SCENARIO, code="old-visit", concepts=[],
        questions=None,
    )  # fmt: skip
    session.add(target)
    session.flush()
    return target


def test_banks_become_one_practice_target_with_their_concepts(
    session: Session, world: World
) -> None:
    made = assign(session, world)

    (target,) = targets(session, made)
    assert (target.kind, target.questions) == ("practice", 10)
    assert "hand-hygiene" in target.concepts
    assert (made.title, made.note, made.due_at) == ("Infection control", "Before Friday.", DUE)


def test_the_same_form_sent_twice_makes_one_assignment(session: Session, world: World) -> None:
    first, second = assign(session, world), assign(session, world)

    assert first.id == second.id
    assert len(targets(session, first)) == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"title": "a\x00b"}, "title"),
        ({"note": "x" * 4001}, "note"),
        ({"note": "a\x1bb"}, "note"),
        ({"due_at": NOW}, "due_on"),
        ({"due_at": NOW - timedelta(days=1)}, "due_on"),
        ({"due_at": NOW + timedelta(days=401)}, "due_on"),
        ({"banks": ()}, "scenarios"),
        ({"banks": ("nope",)}, "banks"),
        ({"banks": ("infection-control", "' OR 1=1")}, "banks"),
        ({"scenarios": ("nope",)}, "scenarios"),
        ({"questions": None}, "questions"),
        ({"questions": 4}, "questions"),
        ({"questions": 12, "banks": ("infection-control",)}, "questions"),
        ({"questions": 5, "banks": ("ethics",)}, "banks"),
        ({"questions": 51}, "questions"),
        ({"questions": -(10**30)}, "questions"),
    ],
)
def test_what_cannot_be_assigned_is_refused_at_its_field_and_nothing_is_kept(
    session: Session, world: World, change: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        assign(session, world, replace(DRAFT, **change))  # type: ignore[arg-type]

    assert refused.value.field == field
    assert list(session.scalars(select(AssignmentTarget))) == []


@pytest.mark.parametrize("login", OTHERS)
def test_work_is_set_and_seen_by_the_staff_of_the_cohort_only(
    session: Session, world: World, login: str
) -> None:  # promise P21
    made, actor = assign(session, world), world.actor(session, login)

    for act in (
        lambda: make.assign(session, actor, world.cohort_id, DRAFT, "other-op-1", now=NOW),
        lambda: make.withdraw(session, actor, made.id, now=NOW),
        lambda: view.list_of_cohort(session, actor, world.cohort_id, now=NOW),
        lambda: view.get_page(session, actor, made.id, now=NOW),
    ):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(SignInNeeded):
        view.get_page(session, None, made.id, now=NOW)


def test_an_assignment_that_is_not_there_is_not_found(session: Session, world: World) -> None:
    with pytest.raises(NotFound):
        view.get_page(session, world.actor(session, "instructor"), 999_999_999, now=NOW)


def test_the_page_tells_begun_finished_and_late_apart(session: Session, world: World) -> None:
    made = assign(session, world)
    (target,) = targets(session, made)
    students = add_students(session, session.get_one(Cohort, world.cohort_id), 2, now=NOW)
    add_sitting(session, students[0], NOW, target=target.id)
    add_sitting(
        session, students[1], NOW, target=target.id, ended_at=DUE + timedelta(hours=1), steps=11
    )

    page = view.get_page(
        session, world.actor(session, "instructor"), made.id, now=DUE + timedelta(days=1)
    )

    lines = {line.person_id: line.standings[0] for line in page.students}
    assert lines[students[0]].status == Status.IN_PROGRESS
    assert (lines[students[1]].status, lines[students[1]].late) == (Status.DONE, True)
    tally = page.tallies[0]
    assert (tally.not_started, tally.in_progress, tally.done, tally.late) == (2, 1, 1, 4)


def test_the_whole_assignment_stands_where_its_least_finished_part_stands(
    session: Session, world: World
) -> None:
    made = assign(session, world)
    (practice,) = targets(session, made)
    visit = add_scenario_target(session, made)
    student, other = world.people["student"], world.people["other_student"]
    for target_id, who in ((visit.id, student), (visit.id, other)):
        add_play(session, who, Fraction(90), passed=True, at=NOW, target=target_id)
    add_sitting(session, student, NOW, target=practice.id, ended_at=NOW, steps=11)

    (row,) = view.list_of_cohort(
        session, world.actor(session, "instructor"), world.cohort_id, now=NOW
    )

    tally = row.tally
    assert (tally.done, tally.in_progress, tally.passed, tally.not_started) == (1, 1, 0, 0)
    assert [target.name for target in row.targets] == ["Practice set", "old-visit"]


def test_work_that_carries_no_target_does_not_count(session: Session, world: World) -> None:
    made = assign(session, world)
    add_sitting(session, world.people["student"], NOW, ended_at=NOW, steps=11)

    page = view.get_page(session, world.actor(session, "instructor"), made.id, now=NOW)

    assert page.tallies[0].not_started == 2


def test_a_withdrawn_assignment_leaves_the_lists_and_keeps_its_page(
    session: Session, world: World
) -> None:
    made, staff = assign(session, world), world.actor(session, "instructor")
    student = world.actor(session, "student")
    assert len(view.list_own(session, student, now=NOW)) == 1

    for _ in range(2):
        assert make.withdraw(session, staff, made.id, now=NOW) == world.cohort_id
    session.flush()

    assert view.list_own(session, student, now=NOW) == []
    assert view.list_of_cohort(session, staff, world.cohort_id, now=NOW) == []
    assert view.get_page(session, staff, made.id, now=NOW).withdrawn


def test_a_student_sees_the_own_work_only(session: Session, world: World) -> None:
    assign(session, world)

    own = view.list_own(session, world.actor(session, "student"), now=NOW)

    assert [(one.title, one.standing.status) for one in own] == [
        ("Infection control", Status.NOT_STARTED)
    ]
    assert view.list_own(session, world.actor(session, "stranger_student"), now=NOW) == []


def test_the_number_of_statements_does_not_grow_with_class_or_work(
    sessions: Sessions, world: World
) -> None:
    with sessions.transaction() as session:
        made = assign(session, world)
        staff, student = world.actor(session, "instructor"), world.actor(session, "student")
    counts = []
    for more in (3, 195):
        with sessions.transaction() as session:
            cohort = session.get_one(Cohort, world.cohort_id)
            add_students(session, cohort, more, now=NOW)
            for number in range(more // 3):
                assign(session, world, op_id=f"operation-{more}-{number}")
        session = sessions.reading()
        with counting_statements(sessions.engine) as count:
            view.get_page(session, staff, made.id, now=NOW)
            view.list_of_cohort(session, staff, world.cohort_id, now=NOW)
            view.list_own(session, student, now=NOW)
            counts.append(count())
        session.close()

    assert counts[0] == counts[1] <= 18
