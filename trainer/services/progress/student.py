"""One student as the staff of a cohort see them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from trainer.core.assignments import NO_WORK, PRACTICE, Standing, standing
from trainer.core.mastery import Count, DomainMean, domain_means
from trainer.core.studyday import study_day
from trainer.services import access, catalogue
from trainer.services.access import Actor
from trainer.services.catalogue import Catalogue
from trainer.services.progress.roster import (
    NO_ANSWERS,
    NO_PLAYS,
    RECENT_DAYS,
    credential,
    latest,
)
from trainer.store import reports
from trainer.store.accounts import Person
from trainer.store.cohorts import Cohort

WEEKS = 17


@dataclass(frozen=True, slots=True)
class Week:
    """Answers of one week, Monday to Sunday; None for days that are yet to come."""

    monday: date
    days: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """The outcome of one finished play."""

    ended_at: datetime
    score: float
    passed: bool


@dataclass(frozen=True, slots=True)
class ScenarioRecord:
    """A scenario as one student played it: the first time, the latest time, the best time."""

    code: str
    title: str
    plays: int
    first: Score
    latest: Score
    best: Score


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """Where the student stands with one thing assigned to this cohort."""

    assignment_id: int
    title: str
    what: str
    due_at: datetime
    standing: Standing


@dataclass(frozen=True, slots=True)
class StudentPage:
    """Everything on one student's page."""

    person_id: int
    name: str
    login: str
    has_password: bool
    takes_codes: bool
    """False for somebody who is staff too: their codes come from an administrator."""
    cohort_id: int
    cohort_name: str
    credential: str
    last_active_at: datetime | None
    answers: int
    correct: int
    answers_recent: int
    due: int
    weeks: tuple[Week, ...]
    domains: tuple[DomainMean, ...]
    scenarios: tuple[ScenarioRecord, ...]
    targets: tuple[TargetStanding, ...]


def student_page(
    session: Session, actor: Actor | None, cohort_id: int, person_id: int, *, now: datetime
) -> StudentPage:
    """Activity, means by domain, scenarios and assignments of a student of this cohort."""
    cohort, person = access.get_student(session, actor, cohort_id, person_id)
    today = study_day(now, person.zone)
    did = reports.answers_by_student(
        session, [person.id], today - timedelta(days=RECENT_DAYS - 1)
    ).get(person.id, NO_ANSWERS)
    plays = reports.plays_by_student(session, [person.id]).get(person.id, NO_PLAYS)
    known = catalogue.current(session)
    takes_codes = person.password_hash is None or not access.is_staff_somewhere(session, person.id)
    return StudentPage(
        person.id, person.name, person.login, person.password_hash is not None, takes_codes,
        cohort.id, cohort.name, credential(session, cohort),
        latest(did.last_answer_at, plays.last_at), did.answers, did.correct, did.answers_recent,
        reports.due_by_student(session, [person.id], today).get(person.id, 0),
        _weeks(session, person, today), _domains(session, cohort, person, known),
        _scenarios(session, person, known), _targets(session, cohort, person, known, now),
    )  # fmt: skip


def _weeks(session: Session, person: Person, today: date) -> tuple[Week, ...]:
    first = today - timedelta(days=today.weekday(), weeks=WEEKS - 1)
    counts = reports.answers_by_day(session, person.id, first)

    def amount(day: date) -> int | None:
        return counts.get(day, 0) if day <= today else None

    mondays = [first + timedelta(weeks=i) for i in range(WEEKS)]
    return tuple(
        Week(monday, tuple(amount(monday + timedelta(days=i)) for i in range(7)))
        for monday in mondays
    )


def _domains(
    session: Session, cohort: Cohort, person: Person, known: Catalogue
) -> tuple[DomainMean, ...]:
    exam = known.exams.get(cohort.exam_code)
    if exam is None:
        return ()
    rows = reports.first_answers(session, [cohort.id], person.id)
    counts = [Count(student, concept, n, right) for _, student, concept, n, right in rows]
    names = [(domain.code, domain.name) for domain in exam.domains]
    return tuple(domain_means(counts, names, known.domains_of(exam.code), of_class=False))


def _scenarios(session: Session, person: Person, known: Catalogue) -> tuple[ScenarioRecord, ...]:
    by_code: dict[str, list[Score]] = {}
    for play in reports.finished_plays(session, person.id):
        score = Score(play.ended_at, play.score, play.passed)
        by_code.setdefault(play.scenario, []).append(score)
    return tuple(
        ScenarioRecord(
            code, known.scenario_title(code), len(scores), scores[0], scores[-1],
            max(scores, key=lambda s: (s.passed, s.score)),
        )
        for code, scores in by_code.items()
    )  # fmt: skip


def _targets(
    session: Session, cohort: Cohort, person: Person, known: Catalogue, now: datetime
) -> tuple[TargetStanding, ...]:
    rows = reports.targets_of_cohorts(session, [cohort.id])
    counts = reports.target_progress(session, [target.id for _, target in rows], person.id)
    return tuple(
        TargetStanding(
            assignment.id, assignment.title,
            f"{target.questions} questions"
            if target.kind == PRACTICE
            else known.scenario_title(target.code),
            assignment.due_at,
            standing(
                target.kind, counts.get((target.id, person.id), NO_WORK), assignment.due_at, now
            ),
        )
        for assignment, target in rows
    )  # fmt: skip
