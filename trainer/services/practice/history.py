"""A student's answers, read in one statement and put into the terms of the queue rules."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from trainer.core.queue import Answer, Seen
from trainer.core.rating import Rating
from trainer.store.base import table_of
from trainer.store.practice import Response, Review


class Given(NamedTuple):
    """One answer, with the rating it led to; None when it was too quick to count (R3)."""

    op_id: str
    sitting_id: int
    step: int
    concept: str
    item_code: str
    chosen: str | None
    confidence: int | None
    correct: bool
    duration_ms: int
    at: datetime
    study_day: date
    rating: int | None
    rule: str | None = None

    @property
    def again_today(self) -> bool:
        """Whether it is to be asked once more the same day (design A2, R3 and Again)."""
        return self.rating is None or self.rating == Rating.AGAIN


_GIVEN = table_of(Response).c
_RATED = table_of(Review).c
# Built once: putting it together costs more than running it. What is not asked for is null,
# which equals nothing.
_ANSWERS = (
    select(
        _GIVEN.op_id, _GIVEN.sitting_id, _GIVEN.step, _GIVEN.concept,
        _GIVEN.item_code, _GIVEN.chosen, _GIVEN.confidence, _GIVEN.correct,
        _GIVEN.duration_ms, _GIVEN.at, _GIVEN.study_day, _RATED.rating, _RATED.rule,
    )
    .outerjoin_from(table_of(Response), table_of(Review), _RATED.response_id == _GIVEN.id)
    .where(
        _GIVEN.student_id == bindparam("student"),
        or_(
            _GIVEN.study_day == bindparam("day"),
            _GIVEN.concept.in_(bindparam("concepts", expanding=True)),
            _GIVEN.sitting_id == bindparam("sitting"),
            _GIVEN.op_id == bindparam("op_id"),
        ),
    )
    .order_by(_GIVEN.id)
)  # fmt: skip


def load(
    session: Session,
    student_id: int,
    day: date,
    *,
    concepts: Iterable[str] = (),
    sitting_id: int | None = None,
    op_id: str | None = None,
) -> list[Given]:
    """The student's answers of a study day, and all those on the concepts, in the sitting or
    under the op_id, oldest first. One statement."""
    wanted = {
        "student": student_id, "day": day, "concepts": list(concepts), "sitting": sitting_id,
        "op_id": op_id,
    }  # fmt: skip
    return [Given._make(row) for row in session.execute(_ANSWERS, wanted)]


def answers_of(given: Iterable[Given], day: date, sitting_id: int | None = None) -> list[Answer]:
    """The answers of the study day as the queue sees them."""
    return [
        Answer(g.concept, g.item_code, g.at, g.again_today, g.sitting_id == sitting_id)
        for g in given
        if g.study_day == day
    ]


def seen_items(given: Iterable[Given]) -> dict[str, Seen]:
    """The last study day and the number of answers of every item."""
    found: dict[str, Seen] = {}
    for one in given:
        before = found.get(one.item_code)
        last = before.last_day if before and before.last_day else one.study_day
        found[one.item_code] = Seen(max(last, one.study_day), (before.times if before else 0) + 1)
    return found


def days_since(given: Sequence[Given], item_code: str, day: date) -> int | None:
    """Study days since this very item was last answered; None if never.

    Never negative: who travels west can come back to a day that was over (design A3).
    """
    seen = seen_items(given).get(item_code)
    return None if seen is None or seen.last_day is None else max(0, (day - seen.last_day).days)
