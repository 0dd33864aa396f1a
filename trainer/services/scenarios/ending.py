"""The end of a play: its report, the reviews it causes, the debrief. Source: design B7, B8."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from trainer.core.errors import Conflict
from trainer.core.rating import Rating
from trainer.core.scenario import play as engine
from trainer.core.scenario.model import Scenario
from trainer.core.scenario.play import State
from trainer.core.scenario.report import (
    DebriefGroup,
    debrief_groups,
    make_report,
    read_score,
    score_play,
)
from trainer.core.scenario.scores import Score
from trainer.core.scenario_memory import ErrorResult, StepResult, rate_run
from trainer.services import access, cards, catalogue
from trainer.services.access import Actor
from trainer.store.practice import Review
from trainer.store.scenarios import Play, PlayStep


@dataclass(frozen=True, slots=True)
class PlannedReview:
    """A concept that this play sends to the student's reviews."""

    concept: str
    name: str
    due_day: date
    again: bool
    has_items: bool


@dataclass(frozen=True, slots=True)
class Debrief:
    """Everything the debrief page says, in the order of design B7."""

    play: Play
    scenario: Scenario
    state: State
    score: Score
    groups: tuple[DebriefGroup, ...]
    reviews: tuple[PlannedReview, ...]
    attempt: int


def finish(
    session: Session, play: Play, scenario: Scenario, state: State, *, now: datetime, day: date
) -> None:
    """Write the report and the reviews of a play that has just reached its end."""
    score = score_play(scenario, state)
    play.report = make_report(scenario, state)
    play.overall_num, play.overall_den = score.overall.numerator, score.overall.denominator
    play.passed = score.passed
    play.critical = score.critical
    play.ended_at, play.ended_day = now, day
    if _is_first_of_day(session, play, day):
        _review(session, play, scenario, score, now=now, day=day)
    session.flush()


def _is_first_of_day(session: Session, play: Play, day: date) -> bool:
    """Later runs of the same scenario on one study day are massed practice: no reviews (B8)."""
    earlier = (
        select(Play.id)
        .where(
            Play.student_id == play.student_id,
            Play.scenario == play.scenario,
            Play.id != play.id,
            Play.ended_day == day,
        )
        .limit(1)
    )
    return session.scalar(earlier) is None


def _review(
    session: Session, play: Play, scenario: Scenario, score: Score, *, now: datetime, day: date
) -> None:
    held = cards.find_cards(session, play.student_id, scenario.concepts, lock=True)
    rated = rate_run(
        [StepResult(s.status, scenario.step(s.id).concepts) for s in score.steps],
        [
            ErrorResult(e.severity == "critical", scenario.error(e.id).concepts)
            for e in score.errors
        ],
        held,
    )
    for concept, rating in rated.items():
        cards.record_review(
            session, play.student_id, concept, rating, {"scenario": play.scenario},
            card=held.get(concept), play_id=play.id, now=now, day=day,
        )  # fmt: skip


def get_debrief(session: Session, actor: Actor | None, play_id: int) -> Debrief:
    """The debrief of a student's own ended play. Raises Conflict before its end."""
    play = access.get_play(session, actor, play_id)
    if play.ended_at is None or play.report is None:
        raise Conflict("This visit has not ended yet.")
    scenario: Scenario = catalogue.get_version(session, play.version_id).value
    path = session.scalars(
        select(PlayStep.choice).where(PlayStep.play_id == play.id).order_by(PlayStep.step)
    ).all()
    score = read_score(play.report)
    return Debrief(
        play, scenario, engine.replay(scenario, play.seed, path), score,
        debrief_groups(scenario, score), _planned(session, play.id), _attempt(session, play),
    )  # fmt: skip


def _planned(session: Session, play_id: int) -> tuple[PlannedReview, ...]:
    known = catalogue.current(session)
    reviews: Sequence[Review] = session.scalars(
        select(Review).where(Review.play_id == play_id).order_by(Review.due_day, Review.id)
    ).all()
    return tuple(
        PlannedReview(
            r.concept, known.concepts[r.concept].name if r.concept in known.concepts else r.concept,
            r.due_day, r.rating == Rating.AGAIN, bool(known.items_of(r.concept)),
        )
        for r in reviews
    )  # fmt: skip


def _attempt(session: Session, play: Play) -> int:
    so_far = select(func.count(Play.id)).where(
        Play.student_id == play.student_id, Play.scenario == play.scenario, Play.id <= play.id
    )
    return session.scalar(so_far) or 0
