"""Memory cards: what a review changes, and building all cards again from the reviews.

Shared by practice and scenarios. Knows rows, not how an answer or a play was rated.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from enum import Enum
from itertools import groupby
from typing import Any, Final, cast

from sqlalchemy import CursorResult, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from trainer.core import memory
from trainer.core.constants import constants_hash, params_hash
from trainer.core.errors import Conflict
from trainer.core.memory import CardState, ReviewRecord
from trainer.core.rating import Rated, Rating
from trainer.store.base import table_of
from trainer.store.practice import MemoryCard, Review


class _Unread(Enum):
    """Says that the caller has not looked for the card, which is not the same as no card."""

    UNREAD = "unread"


UNREAD: Final = _Unread.UNREAD
CHANGED: Final = "This idea was just answered in another window. Nothing was changed."


def find_cards(
    session: Session,
    student_id: int,
    concepts: Collection[str] | None = None,
    *,
    lock: bool = False,
) -> dict[str, MemoryCard]:
    """A student's cards by concept: all of them, or those of the given concepts. One statement.

    `lock` keeps them as they are until the end of the transaction, for who changes several.
    """
    query = select(MemoryCard).where(MemoryCard.student_id == student_id)
    if concepts is not None:
        query = query.where(MemoryCard.concept.in_(concepts))
    if lock:
        # Always in one order, so that two who need the same cards cannot block each other.
        query = query.order_by(MemoryCard.id).with_for_update()
        query = query.execution_options(populate_existing=True)
    return {card.concept: card for card in session.scalars(query)}


def card_state(card: MemoryCard | None) -> CardState | None:
    """The row as the memory rules know it."""
    if card is None:
        return None
    return CardState(
        s=card.s, d=card.d, last_day=card.last_day, due_day=card.due_day, reps=card.reps,
        lapses=card.lapses, lucky=card.lucky, misconception_until=card.misconception_until,
    )  # fmt: skip


def record_review(
    session: Session,
    student_id: int,
    concept: str,
    rated: Rated,
    outcome: Mapping[str, Any],
    *,
    now: datetime,
    day: date,
    item_code: str | None = None,
    response_id: int | None = None,
    play_id: int | None = None,
    card: MemoryCard | _Unread | None = UNREAD,
    due_counts: Mapping[date, int] | None = None,
) -> None:
    """Add one review and change its card. Two statements when the card was read before.

    `outcome` is what the rating was made from, as plain JSON values. `due_counts`, the other
    cards due by day, evens out the load (design A3). Raises Conflict when the card has changed
    since it was read, and ValueError for an answer without a rating: that is no review.
    """
    if isinstance(card, _Unread):
        card = find_cards(session, student_id, [concept]).get(concept)
    after, record = memory.review(card_state(card), rated, day)
    if due_counts is not None:
        after = memory.spread(after, due_counts)
    kept = {
        **outcome,
        "lucky": rated.lucky, "misconception": rated.misconception, "due_today": rated.due_today,
        "spread": due_counts is not None,
    }  # fmt: skip
    review = {
        "student_id": student_id, "concept": concept, "item_code": item_code,
        "response_id": response_id, "play_id": play_id, "at": now, "study_day": day,
        "outcome": kept, "due_day": after.due_day, **_columns(record),
        "constants_hash": constants_hash(), "params_hash": params_hash(),
    }  # fmt: skip
    _keep(session, card, student_id, concept, after)
    session.execute(_ADD_REVIEW, review)


def _columns(record: ReviewRecord) -> dict[str, Any]:
    return {
        "rating": record.rating.value, "rule": record.rule, "r_before": record.r_before,
        "s_before": record.s_before, "s_after": record.s_after,
        "d_before": record.d_before, "d_after": record.d_after,
    }  # fmt: skip


def _values(state: CardState) -> dict[str, Any]:
    return {
        "s": state.s, "d": state.d, "last_day": state.last_day, "due_day": state.due_day,
        "reps": state.reps, "lapses": state.lapses, "lucky": state.lucky,
        "misconception_until": state.misconception_until, "params_hash": params_hash(),
    }  # fmt: skip


_ADD_REVIEW: Final = insert(table_of(Review)).inline()
_CARDS: Final = table_of(MemoryCard)
_ADD_CARD: Final = insert(_CARDS).inline()
# Each review adds one to `reps`, so another number says that another answer came between.
_CHANGE_CARD: Final = update(_CARDS).where(
    _CARDS.c.id == bindparam("card_id"), _CARDS.c.reps == bindparam("reps_read")
)


def _keep(
    session: Session, card: MemoryCard | None, student_id: int, concept: str, after: CardState
) -> None:
    if card is None:
        new = {"student_id": student_id, "concept": concept, **_values(after)}
        session.execute(_ADD_CARD, new)
        return
    as_read = {"card_id": card.id, "reps_read": card.reps}
    changed = session.execute(_CHANGE_CARD, as_read | _values(after))
    if cast("CursorResult[Any]", changed).rowcount != 1:
        raise Conflict(CHANGED)
    session.expire(card)


def rebuild(session: Session, write: bool) -> int:
    """Replay every review; gives the number of cards that differ from what is stored.

    With `write`, the differing rows are put right. Cards are a cache (design 0, rule 4).
    """
    stored = {
        (row.student_id, row.concept): dict(row._mapping) for row in session.execute(_stored_rows())
    }
    different = 0
    for key, state in _replay(session):
        row = stored.pop(key, None)
        wanted = _values(state)
        if row is not None and all(row[name] == value for name, value in wanted.items()):
            continue
        different += 1
        if write:
            _put_right(session, row, key, wanted)
    if write and stored:
        ids = [row["id"] for row in stored.values()]
        session.execute(delete(MemoryCard).where(MemoryCard.id.in_(ids)))
    session.flush()
    return different + len(stored)


def _stored_rows() -> Any:
    return select(*MemoryCard.__table__.columns)


def _put_right(
    session: Session, row: dict[str, Any] | None, key: tuple[int, str], wanted: dict[str, Any]
) -> None:
    if row is None:
        session.add(MemoryCard(student_id=key[0], concept=key[1], **wanted))
    else:
        session.execute(update(MemoryCard).where(MemoryCard.id == row["id"]).values(**wanted))


def _replay(session: Session) -> list[tuple[tuple[int, str], CardState]]:
    """The card that the reviews of each student and concept lead to."""
    reviews = session.execute(
        select(
            Review.student_id, Review.concept, Review.rating, Review.rule, Review.outcome,
            Review.study_day, Review.due_day,
        )
        .order_by(Review.student_id, Review.concept, Review.id)
        .execution_options(yield_per=1000)
    )  # fmt: skip
    found = []
    for (student_id, concept), rows in groupby(reviews, key=lambda row: (row[0], row[1])):
        state: CardState | None = None
        for row in rows:
            state = _replay_one(state, row)
        if state is not None:
            found.append(((student_id, concept), state))
    return found


def _replay_one(state: CardState | None, row: Any) -> CardState:
    rated = Rated(
        rating=Rating(row.rating), rule=row.rule, lucky=row.outcome["lucky"],
        misconception=row.outcome["misconception"], due_today=row.outcome["due_today"],
    )  # fmt: skip
    after, _ = memory.review(state, rated, row.study_day)
    # Where a due day was moved depends on the other cards of that moment: take it as written.
    return replace(after, due_day=row.due_day) if row.outcome["spread"] else after
