"""Set queries behind lists and dashboards. Counts only; what they mean is decided in `core`."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Row, and_, case, func, select
from sqlalchemy.orm import Session

from trainer.core.assignments import Progress
from trainer.store.accounts import Person
from trainer.store.assignments import Assignment, AssignmentTarget
from trainer.store.cohorts import Cohort, Enrolment
from trainer.store.practice import MemoryCard, Response, Review, Sitting
from trainer.store.scenarios import Play


def enrolled(session: Session, cohort_ids: Sequence[int]) -> Sequence[Row[int, Person]]:
    """(cohort id, person) of everybody enrolled now, by name."""
    return session.execute(
        select(Enrolment.cohort_id, Person)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.cohort_id.in_(cohort_ids), Enrolment.ended_at.is_(None))
        .order_by(func.lower(Person.name), Person.id)
    ).all()


def target_progress(
    session: Session, target_ids: Sequence[int], student_id: int | None = None
) -> dict[tuple[int, int], Progress]:
    """Counts by (target, student) from the sittings and plays that carry the target. 2 queries."""
    found: dict[tuple[int, int], Progress] = {}
    plays = (
        select(
            Play.assignment_target_id, Play.student_id, func.count(),
            func.count(Play.ended_at), func.sum(case((Play.passed.is_(True), 1), else_=0)),
            func.min(Play.ended_at),
            func.max(Play.overall_num * 1.0 / func.nullif(Play.overall_den, 0)),
        )
        .where(Play.assignment_target_id.in_(target_ids))
        .group_by(Play.assignment_target_id, Play.student_id)
    )  # fmt: skip
    sittings = (
        select(
            Sitting.assignment_target_id, Sitting.student_id, func.count(),
            func.count(Sitting.ended_at), func.min(Sitting.ended_at),
            func.sum(Sitting.step - 1),
        )
        .where(Sitting.assignment_target_id.in_(target_ids))
        .group_by(Sitting.assignment_target_id, Sitting.student_id)
    )  # fmt: skip
    if student_id is not None:
        plays = plays.where(Play.student_id == student_id)
        sittings = sittings.where(Sitting.student_id == student_id)
    for target, student, started, finished, passed, first, best in session.execute(plays):
        assert target is not None  # by the condition above
        found[target, student] = Progress(
            started, finished, int(passed or 0), first, 0, None if best is None else float(best)
        )
    for target, student, started, finished, first, steps in session.execute(sittings):
        assert target is not None
        found[target, student] = Progress(started, finished, 0, first, int(steps or 0), None)
    return found


def targets_of_cohorts(
    session: Session, cohort_ids: Sequence[int]
) -> Sequence[Row[Assignment, AssignmentTarget]]:
    """Assignments in force with their targets, the earliest due first."""
    return session.execute(
        select(Assignment, AssignmentTarget)
        .join(AssignmentTarget, AssignmentTarget.assignment_id == Assignment.id)
        .where(Assignment.cohort_id.in_(cohort_ids), Assignment.withdrawn_at.is_(None))
        .order_by(Assignment.due_at, Assignment.id, AssignmentTarget.position)
    ).all()


class StudentActivity(NamedTuple):
    """What one student did."""

    answers: int
    correct: int
    answers_recent: int
    last_answer_at: datetime | None


def answers_by_student(
    session: Session, student_ids: Sequence[int], since: date
) -> dict[int, StudentActivity]:
    """Answers in all, right ones, those since a study day, and the latest. One query."""
    rows = session.execute(
        select(
            Response.student_id, func.count(),
            func.sum(case((Response.correct.is_(True), 1), else_=0)),
            func.sum(case((Response.study_day >= since, 1), else_=0)),
            func.max(Response.at),
        )
        .where(Response.student_id.in_(student_ids))
        .group_by(Response.student_id)
    )  # fmt: skip
    return {r[0]: StudentActivity(r[1], int(r[2]), int(r[3]), r[4]) for r in rows}


def due_by_student(session: Session, student_ids: Sequence[int], day: date) -> dict[int, int]:
    """Cards due on or before a study day."""
    rows = session.execute(
        select(MemoryCard.student_id, func.count())
        .where(MemoryCard.student_id.in_(student_ids), MemoryCard.due_day <= day)
        .group_by(MemoryCard.student_id)
    )
    return {r[0]: r[1] for r in rows}


def answers_by_day(session: Session, student_id: int, since: date) -> dict[date, int]:
    """How many answers one student gave on each study day. One query."""
    rows = session.execute(
        select(Response.study_day, func.count())
        .where(Response.student_id == student_id, Response.study_day >= since)
        .group_by(Response.study_day)
    )
    return {r[0]: r[1] for r in rows}


class PlayCount(NamedTuple):
    """What became of a student's scenario plays."""

    finished: int
    scenarios_passed: int
    last_at: datetime | None


def plays_by_student(session: Session, student_ids: Sequence[int]) -> dict[int, PlayCount]:
    """Finished plays, different scenarios passed, and the latest play. One query."""
    passed = case((Play.passed.is_(True), Play.scenario))
    rows = session.execute(
        select(
            Play.student_id, func.count(Play.ended_at), func.count(passed.distinct()),
            func.max(func.coalesce(Play.ended_at, Play.started_at)),
        )
        .where(Play.student_id.in_(student_ids))
        .group_by(Play.student_id)
    )  # fmt: skip
    return {r[0]: PlayCount(r[1], r[2], r[3]) for r in rows}


class FinishedPlay(NamedTuple):
    """One play that came to an end."""

    scenario: str
    ended_at: datetime
    score: float
    passed: bool


def finished_plays(session: Session, student_id: int) -> list[FinishedPlay]:
    """Every finished play of one student, the first one first. One query."""
    rows = session.execute(
        select(Play.scenario, Play.ended_at, Play.overall_num, Play.overall_den, Play.passed)
        .where(Play.student_id == student_id)
        .order_by(Play.ended_at, Play.id)
    )
    return [
        FinishedPlay(code, at, num / den, bool(passed))
        for code, at, num, den, passed in rows
        if at is not None and num is not None and den
    ]


def first_answers(
    session: Session, cohort_ids: Sequence[int], student_id: int | None = None
) -> Sequence[Row[int, int, str, int, int]]:
    """(cohort, student, concept, answers, right ones) over first answers to each question.

    Later answers to the same question say what was remembered, not what was known. One query.
    """
    members = select(Enrolment.person_id).where(
        Enrolment.cohort_id.in_(cohort_ids), Enrolment.ended_at.is_(None)
    )
    if student_id is not None:
        members = members.where(Enrolment.person_id == student_id)
    first = (
        select(func.min(Response.id).label("id"))
        .where(Response.student_id.in_(members))
        .group_by(Response.student_id, Response.item_code)
        .subquery()
    )
    return session.execute(
        select(
            Enrolment.cohort_id, Response.student_id, Response.concept, func.count(),
            func.sum(case((Response.correct.is_(True), 1), else_=0)),
        )
        .join(first, first.c.id == Response.id)
        .join(Enrolment, Enrolment.person_id == Response.student_id)
        .where(Enrolment.cohort_id.in_(cohort_ids), Enrolment.ended_at.is_(None))
        .group_by(Enrolment.cohort_id, Response.student_id, Response.concept)
    ).all()  # fmt: skip


def reviews_by_cohort(
    session: Session, cohort_ids: Sequence[int], since: date
) -> dict[int, tuple[int, int]]:
    """(reviews, students who reviewed) since a study day, by cohort. One query."""
    rows = session.execute(
        select(Enrolment.cohort_id, func.count(), func.count(Review.student_id.distinct()))
        .join(
            Review,
            and_(Review.student_id == Enrolment.person_id, Review.study_day >= since),
        )
        .where(Enrolment.cohort_id.in_(cohort_ids), Enrolment.ended_at.is_(None))
        .group_by(Enrolment.cohort_id)
    )
    return {cohort: (reviews, students) for cohort, reviews, students in rows}


def plays_by_cohort(session: Session, cohort_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """(finished plays, passed plays) by cohort. One query."""
    rows = session.execute(
        select(
            Enrolment.cohort_id, func.count(),
            func.sum(case((Play.passed.is_(True), 1), else_=0)),
        )
        .join(Play, Play.student_id == Enrolment.person_id)
        .where(
            Enrolment.cohort_id.in_(cohort_ids),
            Enrolment.ended_at.is_(None),
            Play.ended_at.is_not(None),
        )
        .group_by(Enrolment.cohort_id)
    )  # fmt: skip
    return {cohort: (finished, int(passed or 0)) for cohort, finished, passed in rows}


def cohorts_of_program(session: Session, program_id: int) -> Sequence[Cohort]:
    """Cohorts of a program that are not archived, newest first."""
    return session.scalars(
        select(Cohort)
        .where(Cohort.program_id == program_id, Cohort.archived_at.is_(None))
        .order_by(Cohort.created_at.desc(), Cohort.id.desc())
    ).all()
