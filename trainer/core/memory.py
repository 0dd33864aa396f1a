"""What a rating does to the memory of a concept. Knows stability and days, not questions.

Wraps the FSRS-6 model of the `fsrs` library: no learning steps, no fuzz, whole study days.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

import fsrs

from trainer.core.constants import DEFAULTS, Constants
from trainer.core.rating import Rated, Rating
from trainer.core.studyday import noon_utc


@dataclass(frozen=True, slots=True, kw_only=True)
class CardState:
    """One student's memory of one concept: stability in days, difficulty 1 to 10, and counts."""

    s: float
    d: float
    last_day: date
    due_day: date
    reps: int = 1
    lapses: int = 0
    lucky: int = 0
    misconception_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRecord:
    """What one review changed. The values before are None on the first review."""

    rating: Rating
    rule: str
    elapsed_days: int | None
    r_before: float | None
    s_before: float | None
    s_after: float
    d_before: float | None
    d_after: float
    due_day: date


def _curve(constants: Constants) -> tuple[float, float]:
    """Decay, and the factor that puts recall at 0.9 after as many days as the stability."""
    decay = constants.parameters[20]
    return decay, math.pow(0.9, -1 / decay) - 1


def retrievability(s: float, days: float, constants: Constants = DEFAULTS) -> float:
    """Chance of recall `days` after a review that left stability `s` (design A3)."""
    decay, factor = _curve(constants)
    return math.pow(1 + factor * max(0.0, days) / s, -decay)


def interval(s: float, constants: Constants = DEFAULTS) -> int:
    """Whole days until recall has fallen to the desired retention (design A3)."""
    decay, factor = _curve(constants)
    days = round(s / factor * (math.pow(constants.desired_retention, -1 / decay) - 1))
    return min(max(days, 1), constants.max_interval_days)


@cache
def _scheduler(constants: Constants) -> fsrs.Scheduler:
    return fsrs.Scheduler(
        parameters=constants.parameters,
        desired_retention=constants.desired_retention,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=constants.max_interval_days,
        enable_fuzzing=False,
    )


def _library_card(card: CardState | None, day: date) -> fsrs.Card:
    # Without an id and a due moment the library reads the clock and sleeps.
    if card is None:
        return fsrs.Card(card_id=1, due=noon_utc(day))
    return fsrs.Card(
        card_id=1,
        state=fsrs.State.Review,
        stability=card.s,
        difficulty=card.d,
        due=noon_utc(card.due_day),
        last_review=noon_utc(card.last_day),
    )


def _remember(
    card: CardState | None, rating: Rating, day: date, constants: Constants
) -> tuple[float, float]:
    after, _ = _scheduler(constants).review_card(
        _library_card(card, day), fsrs.Rating(rating.value), noon_utc(day)
    )
    if after.stability is None or after.difficulty is None:  # never after a review
        raise ValueError("The memory model returned no memory.")
    # The library sets no upper limit; other builds of the model do.
    return min(after.stability, constants.max_stability_days), after.difficulty


def review(
    card: CardState | None, rated: Rated, day: date, constants: Constants = DEFAULTS
) -> tuple[CardState, ReviewRecord]:
    """The card after a review on a study day, and what changed. None makes a new card.

    Raises ValueError for an answer without a rating: that is no review.
    """
    if rated.rating is None:
        raise ValueError("An answer without a rating is not a review.")
    # Who travels west can meet the same date twice; time never runs backward (design A3).
    on = day if card is None else max(day, card.last_day)
    elapsed = None if card is None else (on - card.last_day).days
    s, d = _remember(card, rated.rating, on, constants)
    until = _misconception_until(card, rated, on, constants)
    after = CardState(
        s=s,
        d=d,
        last_day=on,
        due_day=_due_day(s, rated, on, until, constants),
        reps=1 + (card.reps if card else 0),
        lapses=(card.lapses if card else 0) + int(_is_lapse(rated, elapsed)),
        lucky=(card.lucky if card else 0) + int(rated.lucky),
        misconception_until=until,
    )
    return after, _record(card, after, rated.rating, rated.rule, elapsed)


def _is_lapse(rated: Rated, elapsed: int | None) -> bool:
    """Again on a card last seen on an earlier study day; a lucky answer is none (design A6)."""
    return rated.rating is Rating.AGAIN and not rated.lucky and bool(elapsed)


def _misconception_until(
    card: CardState | None, rated: Rated, on: date, constants: Constants
) -> date | None:
    """The latest day for the next review while a confident error is fresh (design A2).

    Repeats on the same day leave it in force; the first review on a later day ends it.
    """
    if rated.misconception:
        return on + timedelta(days=constants.misconception_days)
    if card is not None and card.last_day == on:
        return card.misconception_until
    return None


def _due_day(s: float, rated: Rated, on: date, until: date | None, constants: Constants) -> date:
    if rated.due_today:
        return on
    due = on + timedelta(days=interval(s, constants))
    return due if until is None else min(due, until)


def _record(
    before: CardState | None, after: CardState, rating: Rating, rule: str, elapsed: int | None
) -> ReviewRecord:
    r = None if before is None or elapsed is None else retrievability(before.s, elapsed)
    return ReviewRecord(
        rating=rating,
        rule=rule,
        elapsed_days=elapsed,
        r_before=r,
        s_before=before.s if before else None,
        s_after=after.s,
        d_before=before.d if before else None,
        d_after=after.d,
        due_day=after.due_day,
    )


def load_window(interval_days: int, constants: Constants = DEFAULTS) -> tuple[int, int]:
    """First and last interval a due day may move to, to even out the load (design A3)."""
    if interval_days < 3:
        return interval_days, interval_days
    days = float(interval_days)
    delta = (
        1.0
        + 0.15 * (min(days, 7.0) - 2.5)
        + 0.10 * max(min(days, 20.0) - 7.0, 0.0)
        + 0.05 * max(days - 20.0, 0.0)
    )
    return max(2, round(days - delta)), min(round(days + delta), constants.max_interval_days)


def spread(
    card: CardState,
    due_counts: Mapping[date, int],
    not_after: date | None = None,
    constants: Constants = DEFAULTS,
) -> CardState:
    """The card, due on the least busy day near its ideal one (design A3).

    `due_counts` are the other cards due by day; `not_after` is the last day before the exam.
    A card with a fresh misconception stays where it is.
    """
    if card.misconception_until is not None:
        return card
    low, high = load_window((card.due_day - card.last_day).days, constants)
    days = [card.last_day + timedelta(days=n) for n in range(low, high + 1)]
    allowed = [day for day in days if not_after is None or day <= not_after]
    if not allowed:
        return card
    best = min(
        allowed, key=lambda day: (due_counts.get(day, 0), abs((day - card.due_day).days), day)
    )
    return replace(card, due_day=best)
