"""Taking an answer: graded, rated, remembered, and the next question pinned. One transaction."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median
from typing import Any, Final

from sqlalchemy import and_, bindparam, insert, select
from sqlalchemy.orm import Session

from trainer.core.errors import Conflict, Invalid, NotFound
from trainer.core.items import Item
from trainer.core.items.given import check
from trainer.core.items.grading import grade
from trainer.core.rating import (
    Mode,
    Outcome,
    Pace,
    Rated,
    is_rapid,
    rapid_limit_s,
    rate,
    rt_ratio,
)
from trainer.core.studyday import study_day
from trainer.services import access, cards, catalogue
from trainer.services.access import Actor
from trainer.services.catalogue import Catalogue, Versioned
from trainer.services.practice import history, presenting
from trainer.services.practice.history import Given
from trainer.services.practice.presenting import Situation
from trainer.services.practice.sittings import REVIEW, TARGET
from trainer.store.base import table_of
from trainer.store.practice import MemoryCard, Response, Sitting

LONGEST: Final = timedelta(minutes=10)
"""A longer time says that the student was away, not that the question was hard."""

_OP_ID: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")
_STALE: Final = "This question was answered already. Here is where you are now."
_OVER: Final = "This set is over, so this choice was not saved. Here is how the set went."
_WITHDRAWN: Final = "This question is being checked just now, so it does not count."
_OTHER: Final = "This answer was saved already, with another choice. The first one counts."


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """An answer as sent: for which step, under which id, what was chosen (in the written form of
    core.items.given), and how surely."""

    step: int
    op_id: str
    chosen: str | None
    confidence: int | None = None


@dataclass(frozen=True, slots=True)
class _Turn:
    """One answer on its way: the form, the question it is for, and the student's history."""

    form: AnswerForm
    sitting: Sitting
    card: MemoryCard | None
    version: Versioned
    item: Item
    here: Situation

    @property
    def duration_ms(self) -> int:
        taken = max(self.here.now - self.sitting.shown_at, timedelta(0))
        return min(taken, LONGEST) // timedelta(milliseconds=1)


def answer(
    session: Session, actor: Actor | None, sitting_id: int, form: AnswerForm, *, now: datetime
) -> int:
    """Take the answer to the open question; gives the step whose feedback is to be shown.

    The same form sent again gives the same step and writes nothing. Raises Conflict for a
    question that is not open any more, and for the same id with another answer; Invalid for
    an empty or impossible choice. Seven statements.
    """
    me = access.student(actor)
    if not _OP_ID.fullmatch(form.op_id):
        raise Invalid("op_id", "This form is not complete. Load the page again.")
    known = catalogue.current(session, me.programs)
    sitting, card = _locked(session, me.person_id, sitting_id)
    day = study_day(now, me.zone)
    given = history.load(
        session, me.person_id, day,
        concepts=sitting.plan, sitting_id=sitting.id, op_id=form.op_id,
    )  # fmt: skip
    repeated = next((one for one in given if one.op_id == form.op_id), None)
    if repeated is not None:
        return _same_again(repeated, sitting_id, form)
    version = _open_version(session, sitting, form, known)
    item = presenting.shown(version, sitting)
    check(item, form.chosen or "")
    turn = _Turn(form, sitting, card, version, item, Situation(given, known, day, now))
    outcome = _outcome(turn)
    rated = rate(outcome)
    _write(session, turn, outcome, rated)
    _move_on(turn, _as_given(turn, outcome, rated))
    session.flush()
    return form.step


# Statements of every answer are built once: putting them together costs more than running them.
_LOCKED: Final = (
    select(Sitting, MemoryCard)
    .outerjoin(
        MemoryCard,
        and_(MemoryCard.student_id == Sitting.student_id, MemoryCard.concept == Sitting.concept),
    )
    .where(Sitting.id == bindparam("sitting"), Sitting.student_id == bindparam("student"))
    .with_for_update(of=Sitting)
    .execution_options(populate_existing=True)
)
_ADD_RESPONSE: Final = insert(table_of(Response)).returning(table_of(Response).c.id)


def _locked(
    session: Session, student_id: int, sitting_id: int
) -> tuple[Sitting, MemoryCard | None]:
    """The student's own sitting, locked, with the card of its open question. One statement."""
    row = session.execute(_LOCKED, {"sitting": sitting_id, "student": student_id}).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]


def _same_again(first: Given, sitting_id: int, form: AnswerForm) -> int:
    """The step that the first copy of this form answered."""
    kept = (first.sitting_id, first.step, first.chosen, first.confidence)
    if kept != (sitting_id, form.step, form.chosen, form.confidence):
        raise Conflict(_OTHER)
    return first.step


def _open_version(
    session: Session, sitting: Sitting, form: AnswerForm, known: Catalogue
) -> Versioned:
    """The pinned version of the open question, after checking that the form fits it."""
    if sitting.item_version_id is None:
        raise Conflict(_OVER)
    if form.step != sitting.step:
        raise Conflict(_STALE)
    if form.confidence not in (None, 1, 2, 3):
        raise Invalid("confidence", "Choose how sure you are, or leave it open.")
    version = catalogue.get_version(session, sitting.item_version_id)
    if known.is_withheld(version):
        raise Conflict(_WITHDRAWN)
    return version


def _outcome(turn: _Turn) -> Outcome:
    item, here = turn.item, turn.here
    mode: Mode = "review" if turn.sitting.kind == REVIEW else "practice"
    return Outcome(
        score=grade(item, turn.form.chosen),
        confidence=turn.form.confidence,
        rapid=is_rapid(turn.duration_ms, rapid_limit_s(item.words), accommodated=False),
        mode=mode,
        same_item_days=history.days_since(here.given, item.code, here.day),
        rt_ratio=rt_ratio(turn.duration_ms, item.words, _pace(here)),
    )


def _pace(here: Situation) -> Pace:
    """The student's pace over the right answers at hand: those of today and on these ideas."""
    per_word = [
        one.duration_ms / 1000 / here.known.items[one.item_code].value.words
        for one in here.given
        if one.correct and one.item_code in here.known.items
    ]
    return Pace(len(per_word), median(per_word) if per_word else 0.0)


def _write(session: Session, turn: _Turn, outcome: Outcome, rated: Rated) -> None:
    """The response as given, and the review it makes, if any."""
    item, sitting, here = turn.item, turn.sitting, turn.here
    values = {
        "op_id": turn.form.op_id, "sitting_id": sitting.id, "step": sitting.step,
        "student_id": sitting.student_id, "concept": item.concept, "item_code": item.code,
        "item_version_id": turn.version.version_id, "option_order": list(sitting.option_order),
        "draw": sitting.draw, "chosen": turn.form.chosen, "correct": outcome.score == 1,
        "confidence": turn.form.confidence, "duration_ms": turn.duration_ms,
        "at": here.now, "study_day": here.day,
    }  # fmt: skip
    response_id = session.scalar(_ADD_RESPONSE, values)
    if rated.rating is not None:
        cards.record_review(
            session, sitting.student_id, item.concept, rated, _plain(outcome), now=here.now,
            day=here.day, item_code=item.code, response_id=response_id, card=turn.card,
        )  # fmt: skip


def _plain(outcome: Outcome) -> dict[str, Any]:
    """The outcome as JSON values; the score stays exact."""
    return {
        "score": str(outcome.score), "confidence": outcome.confidence, "hint": outcome.hint,
        "rapid": outcome.rapid, "mode": outcome.mode, "same_item_days": outcome.same_item_days,
        "rt_ratio": outcome.rt_ratio,
    }  # fmt: skip


def _as_given(turn: _Turn, outcome: Outcome, rated: Rated) -> Given:
    """The answer as it will be read back."""
    form, here = turn.form, turn.here
    rating = None if rated.rating is None else rated.rating.value
    return Given(
        form.op_id, turn.sitting.id, form.step, turn.item.concept, turn.item.code, form.chosen,
        form.confidence, outcome.score == 1, turn.duration_ms, here.now, here.day, rating,
        rated.rule,
    )  # fmt: skip


def _move_on(turn: _Turn, now_given: Given) -> None:
    """The next question; a sitting left open on an earlier study day ends with this answer."""
    sitting, here = turn.sitting, turn.here
    sitting.step += 1
    if sitting.kind != TARGET and sitting.study_day != here.day:
        presenting.end(sitting, now=here.now)
    else:
        presenting.advance(sitting, replace(here, given=[*here.given, now_given]))
