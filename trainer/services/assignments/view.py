"""How far students are with their assignments: for the student, and for the class."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.assignments import (
    NO_WORK,
    SCENARIO,
    Progress,
    Standing,
    Status,
    standing,
    whole_standing,
)
from trainer.services import access, catalogue
from trainer.services.access import Actor
from trainer.store import reports
from trainer.store.assignments import Assignment, AssignmentTarget
from trainer.store.cohorts import Cohort, Enrolment


@dataclass(frozen=True, slots=True)
class TargetView:
    """One thing to do, in words."""

    id: int
    kind: str
    code: str
    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class OwnTarget:
    """A student's own standing with one target, for Today."""

    target: TargetView
    assignment_id: int
    title: str
    note: str
    cohort_name: str
    due_at: datetime
    standing: Standing


@dataclass(frozen=True, slots=True)
class Tally:
    """How many students of a class stand where with one assignment or target."""

    not_started: int
    in_progress: int
    done: int
    passed: int
    late: int

    @property
    def total(self) -> int:
        """All students."""
        return self.not_started + self.in_progress + self.done + self.passed


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """One assignment in the list of a cohort."""

    id: int
    title: str
    due_at: datetime
    targets: tuple[TargetView, ...]
    tally: Tally


@dataclass(frozen=True, slots=True)
class StudentLine:
    """One student's standings, in the order of the targets."""

    person_id: int
    name: str
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class AssignmentPage:
    """An assignment with everybody's standing."""

    id: int
    title: str
    note: str
    due_at: datetime
    cohort_id: int
    cohort_name: str
    withdrawn: bool
    targets: tuple[TargetView, ...]
    tallies: tuple[Tally, ...]
    students: tuple[StudentLine, ...]


def describe(target: AssignmentTarget, known: catalogue.Catalogue) -> TargetView:
    """The target in words; a scenario that was retired keeps its code as name."""
    if target.kind == SCENARIO:
        name = known.scenario_title(target.code)
        return TargetView(target.id, target.kind, target.code, name, "Scenario")
    detail = f"{target.questions} questions from {len(target.concepts)} ideas"
    return TargetView(target.id, target.kind, target.code, "Practice set", detail)


def list_own(session: Session, actor: Actor | None, *, now: datetime) -> list[OwnTarget]:
    """Everything assigned to this student, earliest due first; finished work drops out after a
    week. Four statements whatever the number."""
    me = access.student(actor)
    cohorts = {
        cohort.id: cohort.name
        for cohort in session.scalars(
            select(Cohort)
            .join(Enrolment, Enrolment.cohort_id == Cohort.id)
            .where(Enrolment.person_id == me.person_id, Enrolment.ended_at.is_(None))
        )
    }
    rows = reports.targets_of_cohorts(session, list(cohorts))
    if not rows:
        return []
    counts = reports.target_progress(session, [t.id for _, t in rows], me.person_id)
    known = catalogue.current(session)
    found = [
        OwnTarget(
            describe(target, known), assignment.id, assignment.title, assignment.note,
            cohorts[assignment.cohort_id], assignment.due_at,
            standing(
                target.kind, counts.get((target.id, me.person_id), NO_WORK), assignment.due_at, now
            ),
        )
        for assignment, target in rows
    ]  # fmt: skip
    return [own for own in found if not own.standing.is_finished or (now - own.due_at).days < 7]


def list_of_cohort(
    session: Session, actor: Actor | None, cohort_id: int, *, now: datetime
) -> list[AssignmentRow]:
    """The assignments of a cohort with how many students stand where."""
    cohort = access.get_cohort(session, actor, cohort_id)
    rows = reports.targets_of_cohorts(session, [cohort.id])
    students = [person.id for _, person in reports.enrolled(session, [cohort.id])]
    counts = reports.target_progress(session, [t.id for _, t in rows])
    known = catalogue.current(session)
    grouped: dict[int, tuple[Assignment, list[AssignmentTarget]]] = {}
    for assignment, target in rows:
        grouped.setdefault(assignment.id, (assignment, []))[1].append(target)
    return [
        AssignmentRow(
            assignment.id, assignment.title, assignment.due_at,
            tuple(describe(t, known) for t in targets),
            _tally(
                whole_standing(_standings(assignment, targets, counts, student, now))
                for student in students
            ),
        )
        for assignment, targets in grouped.values()
    ]  # fmt: skip


def get_page(
    session: Session, actor: Actor | None, assignment_id: int, *, now: datetime
) -> AssignmentPage:
    """One assignment: who has started, finished, passed."""
    assignment, cohort = access.get_assignment(session, actor, assignment_id)
    targets = session.scalars(
        select(AssignmentTarget)
        .where(AssignmentTarget.assignment_id == assignment.id)
        .order_by(AssignmentTarget.position)
    ).all()
    counts = reports.target_progress(session, [t.id for t in targets])
    known = catalogue.current(session)
    lines = tuple(
        StudentLine(
            person.id, person.name,
            tuple(_standings(assignment, targets, counts, person.id, now)),
        )
        for _, person in reports.enrolled(session, [cohort.id])
    )  # fmt: skip
    return AssignmentPage(
        assignment.id, assignment.title, assignment.note, assignment.due_at, cohort.id,
        cohort.name, assignment.withdrawn_at is not None,
        tuple(describe(t, known) for t in targets),
        tuple(_tally(line.standings[i] for line in lines) for i in range(len(targets))), lines,
    )  # fmt: skip


def _standings(
    assignment: Assignment,
    targets: Iterable[AssignmentTarget],
    counts: dict[tuple[int, int], Progress],
    student: int,
    now: datetime,
) -> list[Standing]:
    return [
        standing(t.kind, counts.get((t.id, student), NO_WORK), assignment.due_at, now)
        for t in targets
    ]


def _tally(standings: Iterable[Standing]) -> Tally:
    found = list(standings)
    counts = {status: sum(1 for s in found if s.status == status) for status in Status}
    return Tally(
        counts[Status.NOT_STARTED], counts[Status.IN_PROGRESS], counts[Status.DONE],
        counts[Status.PASSED], sum(1 for s in found if s.late),
    )  # fmt: skip
