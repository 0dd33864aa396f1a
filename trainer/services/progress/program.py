"""The cohorts of a program side by side, for its director. Figures of classes only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from trainer.core.mastery import Count, DomainMean, domain_means
from trainer.core.studyday import study_day
from trainer.services import access, catalogue
from trainer.services.access import Actor
from trainer.services.catalogue import Catalogue
from trainer.services.progress.roster import RECENT_DAYS, credential
from trainer.store import reports
from trainer.store.accounts import Program
from trainer.store.cohorts import Cohort


@dataclass(frozen=True, slots=True)
class CohortFigures:
    """One cohort in counts."""

    id: int
    name: str
    credential: str
    students: int
    active: int
    """Students who answered a question or played a scenario in the last seven study days."""
    reviews: int
    plays: int
    passes: int


@dataclass(frozen=True, slots=True)
class DomainRow:
    """One domain of an exam, with the mean of each cohort in the order of the columns."""

    code: str
    name: str
    means: tuple[DomainMean, ...]


@dataclass(frozen=True, slots=True)
class ExamTable:
    """The cohorts that prepare for one exam, compared on its outline."""

    exam_code: str
    credential: str
    cohorts: tuple[str, ...]
    rows: tuple[DomainRow, ...]


@dataclass(frozen=True, slots=True)
class ProgramOverview:
    """Everything on the program page."""

    name: str
    cohorts: tuple[CohortFigures, ...]
    tables: tuple[ExamTable, ...]


def program_overview(session: Session, actor: Actor | None, *, now: datetime) -> ProgramOverview:
    """Cohorts that are not archived. Nine statements whatever their number and size."""
    program = access.program_of_director(session, actor)
    cohorts = reports.cohorts_of_program(session, program.id)
    return ProgramOverview(
        program.name,
        _figures(session, program, cohorts, now),
        _tables(session, cohorts, catalogue.current(session)),
    )


def _figures(
    session: Session, program: Program, cohorts: Sequence[Cohort], now: datetime
) -> tuple[CohortFigures, ...]:
    ids = [cohort.id for cohort in cohorts]
    since = study_day(now, program.zone) - timedelta(days=RECENT_DAYS - 1)
    members: dict[int, list[int]] = {}
    for cohort_id, person in reports.enrolled(session, ids):
        members.setdefault(cohort_id, []).append(person.id)
    active = _active(session, {s for found in members.values() for s in found}, since, program)
    reviews = reports.reviews_by_cohort(session, ids, since)
    plays = reports.plays_by_cohort(session, ids)
    return tuple(
        CohortFigures(
            c.id, c.name, credential(session, c), len(members.get(c.id, ())),
            sum(1 for student in members.get(c.id, ()) if student in active),
            reviews.get(c.id, (0, 0))[0], *plays.get(c.id, (0, 0)),
        )
        for c in cohorts
    )  # fmt: skip


def _active(session: Session, students: set[int], since: date, program: Program) -> set[int]:
    ids = sorted(students)
    answers = reports.answers_by_student(session, ids, since)
    plays = reports.plays_by_student(session, ids)
    return {s for s, did in answers.items() if did.answers_recent} | {
        s
        for s, did in plays.items()
        if did.last_at is not None and study_day(did.last_at, program.zone) >= since
    }


def _tables(session: Session, cohorts: Sequence[Cohort], known: Catalogue) -> tuple[ExamTable, ...]:
    counts: dict[int, list[Count]] = {}
    for cohort_id, student, concept, answers, right in reports.first_answers(
        session, [cohort.id for cohort in cohorts]
    ):
        counts.setdefault(cohort_id, []).append(Count(student, concept, answers, right))
    tables = []
    for exam in known.exams.values():
        inside = [cohort for cohort in cohorts if cohort.exam_code == exam.code]
        if inside:
            names = [(domain.code, domain.name) for domain in exam.domains]
            of_domain = known.domains_of(exam.code)
            columns = [
                domain_means(counts.get(c.id, ()), names, of_domain, of_class=True) for c in inside
            ]
            rows = tuple(
                DomainRow(code, name, tuple(column[i] for column in columns))
                for i, (code, name) in enumerate(names)
            )
            shown = tuple(cohort.name for cohort in inside)
            tables.append(ExamTable(exam.code, exam.credential, shown, rows))
    return tuple(tables)
