"""Rows of students' work in bulk, for tests of the pages that only look at it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from trainer.core import roles
from trainer.services import catalogue
from trainer.store.accounts import Person, Program, RoleGrant
from trainer.store.cohorts import Cohort, Enrolment
from trainer.store.practice import MemoryCard, Response, Review, Sitting
from trainer.store.scenarios import Play


def add_students(session: Session, cohort: Cohort, count: int, *, now: datetime) -> list[int]:
    """So many enrolled students in three statements; gives their ids."""
    before = session.scalar(select(func.max(Person.id))) or 0
    people = [
        {
            "login": f"bulk{before + n}", "name": f"Bulk {n:03}", "zone": "America/New_York",
            "active": True, "keys_on": True, "confidence_on": True, "minutes_a_day": 25,
            "created_at": now,
        }
        for n in range(count)
    ]  # fmt: skip
    session.execute(insert(Person), people)
    ids = list(session.scalars(select(Person.id).where(Person.id > before).order_by(Person.id)))
    session.execute(
        insert(RoleGrant),
        [
            {
                "person_id": i, "program_id": cohort.program_id, "role": roles.STUDENT,
                "granted_at": now,
            }
            for i in ids
        ],
    )  # fmt: skip
    session.execute(
        insert(Enrolment),
        [{"cohort_id": cohort.id, "person_id": i, "enrolled_at": now} for i in ids],
    )
    return ids


def add_sitting(
    session: Session, student: int, at: datetime, *, target: int | None = None,
    ended_at: datetime | None = None, steps: int = 1,
) -> int:  # fmt: skip
    """One sitting."""
    sitting = Sitting(
        student_id=student, kind="practice", title="Practice", assignment_target_id=target,
        seed="seed", started_at=at, study_day=at.date(), ended_at=ended_at, plan=[], step=steps,
        option_order=[], shown_at=at,
    )  # fmt: skip
    session.add(sitting)
    session.flush()
    return sitting.id


def add_answers(
    session: Session, students: Iterable[int], items: Sequence[tuple[str, bool]], *,
    at: datetime, day: date,
) -> None:  # fmt: skip
    """Each student answers each (item code, right or not), all in one sitting of their own."""
    known = catalogue.current(session)
    rows: list[dict[str, Any]] = []
    for student in students:
        sitting = add_sitting(session, student, at)
        for step, (code, correct) in enumerate(items, 1):
            item = known.items[code]
            rows.append(
                {
                    "op_id": f"op-{sitting}-{step}", "sitting_id": sitting, "step": step,
                    "student_id": student, "concept": item.value.concept, "item_code": code,
                    "item_version_id": item.version_id, "option_order": ["a"], "chosen": "a",
                    "correct": correct, "duration_ms": 9000, "at": at, "study_day": day,
                }
            )  # fmt: skip
    session.execute(insert(Response), rows)


def add_play(
    session: Session, student: int, score: Fraction | None, *, at: datetime, passed: bool = False,
    scenario: str = "some-visit", target: int | None = None,
) -> None:  # fmt: skip
    """One play of a scenario; `score` None leaves it open."""
    version = next(iter(catalogue.current(session).items.values())).version_id
    session.add(
        Play(
            student_id=student, scenario=scenario, version_id=version, file_hash="h", seed="s",
            assignment_target_id=target, started_at=at, study_day=at.date(), steps=3,
            ended_at=None if score is None else at + timedelta(minutes=12),
            overall_num=None if score is None else score.numerator,
            overall_den=None if score is None else score.denominator,
            passed=None if score is None else passed, engine_version="1",
        )
    )  # fmt: skip
    session.flush()


def add_cards(session: Session, student: int, due: Iterable[date]) -> None:
    """One memory card for every due day given."""
    for number, day in enumerate(due):
        session.add(
            MemoryCard(
                student_id=student, concept=f"concept-{number}", s=1.0, d=5.0, last_day=day,
                due_day=day, reps=1, lapses=0, lucky=0, params_hash="p",
            )
        )  # fmt: skip
    session.flush()


def add_reviews(session: Session, student: int, days: Iterable[date], *, at: datetime) -> None:
    """One review for every day given."""
    rows = [
        {
            "student_id": student, "concept": "hand-hygiene", "at": at, "study_day": day,
            "outcome": {}, "rating": 3, "rule": "x", "s_after": 1.0, "d_after": 5.0,
            "due_day": day, "constants_hash": "c", "params_hash": "p",
        }
        for day in days
    ]  # fmt: skip
    session.execute(insert(Review), rows)


def program_of(session: Session, cohort: Cohort) -> Program:
    """The program of a cohort."""
    return session.get_one(Program, cohort.program_id)
