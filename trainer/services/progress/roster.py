"""A cohort at a glance: one line for every student, from a fixed number of set queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from trainer.core.assignments import NO_WORK, Progress, standing
from trainer.core.mastery import share_right
from trainer.core.studyday import study_day
from trainer.services import access, catalogue
from trainer.services.access import Actor
from trainer.store import reports
from trainer.store.accounts import Person, Program
from trainer.store.assignments import Assignment, AssignmentTarget
from trainer.store.cohorts import Cohort

RECENT_DAYS = 7
NO_ANSWERS = reports.StudentActivity(0, 0, 0, None)
NO_PLAYS = reports.PlayCount(0, 0, None)

Targets = list[tuple[Assignment, AssignmentTarget]]
Counts = Mapping[tuple[int, int], Progress]


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One student of a cohort."""

    person_id: int
    name: str
    login: str
    has_password: bool
    last_active_at: datetime | None
    answers_recent: int
    due: int
    answers: int
    correct: int
    share: float | None
    """Share right of all answers; None when too few to say."""
    scenarios_passed: int
    assigned: int
    finished: int


@dataclass(frozen=True, slots=True)
class CohortRoster:
    """A cohort with its students by name."""

    cohort_id: int
    name: str
    credential: str
    lines: tuple[RosterLine, ...]


def cohort_roster(
    session: Session, actor: Actor | None, cohort_id: int, *, now: datetime
) -> CohortRoster:
    """Everybody enrolled now. Ten statements whatever the number of students."""
    cohort = access.get_cohort(session, actor, cohort_id)
    people = [person for _, person in reports.enrolled(session, [cohort.id])]
    ids = [person.id for person in people]
    today = study_day(now, session.get_one(Program, cohort.program_id).zone)
    answers = reports.answers_by_student(session, ids, today - timedelta(days=RECENT_DAYS - 1))
    due = reports.due_by_student(session, ids, today)
    plays = reports.plays_by_student(session, ids)
    targets = [(a, t) for a, t in reports.targets_of_cohorts(session, [cohort.id])]
    counts = reports.target_progress(session, [target.id for _, target in targets])
    lines = tuple(
        _line(
            person, answers.get(person.id, NO_ANSWERS), due.get(person.id, 0),
            plays.get(person.id, NO_PLAYS), finished_assignments(targets, counts, person.id, now),
        )
        for person in people
    )  # fmt: skip
    return CohortRoster(cohort.id, cohort.name, credential(session, cohort), lines)


def credential(session: Session, cohort: Cohort) -> str:
    """The name of the exam that a cohort prepares for."""
    found = catalogue.current(session).exams.get(cohort.exam_code)
    return found.credential if found else cohort.exam_code


def finished_assignments(
    targets: Targets, counts: Counts, student: int, now: datetime
) -> tuple[int, int]:
    """(finished, all): an assignment is finished when each of its targets is."""
    whole: dict[int, bool] = {}
    for assignment, target in targets:
        progress = counts.get((target.id, student), NO_WORK)
        done = standing(target.kind, progress, assignment.due_at, now).is_finished
        whole[assignment.id] = whole.get(assignment.id, True) and done
    return sum(whole.values()), len(whole)


def latest(*moments: datetime | None) -> datetime | None:
    """The latest of the moments that are known."""
    return max((moment for moment in moments if moment is not None), default=None)


def _line(
    person: Person,
    did: reports.StudentActivity,
    due: int,
    plays: reports.PlayCount,
    assigned: tuple[int, int],
) -> RosterLine:
    return RosterLine(
        person.id, person.name, person.login, person.password_hash is not None,
        latest(did.last_answer_at, plays.last_at), did.answers_recent, due, did.answers,
        did.correct, share_right(did.answers, did.correct), plays.scenarios_passed,
        assigned[1], assigned[0],
    )  # fmt: skip
