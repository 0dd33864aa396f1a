"""What is asked next in a sitting. Knows the plan and today's answers, not memory or pages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, TypeVar

from trainer.core.constants import DEFAULTS, Constants
from trainer.core.order import seeded_order

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a student has had of one item: the study day of the last answer, and showings."""

    last_day: date | None
    times: int


_NEVER: Final = Seen(None, 0)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of today. `again_today` comes with its rating; see `Rated`."""

    concept: str
    item_code: str
    at: datetime
    again_today: bool
    in_sitting: bool = True


@dataclass(frozen=True, slots=True)
class Missed:
    """A concept that was missed today and not answered right since."""

    concept: str
    at: datetime
    others_since: int
    repeats: int


@dataclass(frozen=True, slots=True)
class Ask:
    """Show a question on this concept now."""

    concept: str
    is_repeat: bool


@dataclass(frozen=True, slots=True)
class ComeBack:
    """Only missed concepts are left, and all of them too fresh: the sitting ends until then."""

    at: datetime
    concepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """Nothing is left for today."""


Step = Ask | ComeBack | Finished


def choose_variant(
    codes: Sequence[str], seen: Mapping[str, Seen], day: date, seed: str
) -> str | None:
    """The item to show for a concept, or None when each was already answered today (design A1).

    Never answered first, then longest ago, then fewest showings, then the seed.
    """
    usable = [code for code in codes if not _answered_on(seen.get(code, _NEVER), day)]
    if not usable and len(codes) == 1:
        usable = list(codes)
    shuffled = seeded_order(usable, "var", seed)
    # min() keeps the first of equals, so the seeded order breaks ties.
    return min(shuffled, key=lambda code: _staleness(seen.get(code, _NEVER)), default=None)


def _answered_on(seen: Seen, day: date) -> bool:
    return seen.last_day == day


def _staleness(seen: Seen) -> tuple[date, int]:
    return seen.last_day or date.min, seen.times


def interleave(
    ranked: Sequence[T], domain: Callable[[T], str], constants: Constants = DEFAULTS
) -> list[T]:
    """The ranked list, never with a third in a row from one domain while another waits (A5)."""
    waiting = list(ranked)
    placed: list[T] = []
    run = constants.same_domain_run
    while waiting:
        recent = {domain(one) for one in placed[-run:]} if len(placed) >= run else set()
        barred = recent.pop() if len(recent) == 1 else None
        pick = next((n for n, one in enumerate(waiting) if domain(one) != barred), 0)
        placed.append(waiting.pop(pick))
    return placed


def missed_today(answers: Sequence[Answer]) -> list[Missed]:
    """The concepts still to be answered right today, longest waiting first.

    `answers` are all of the study day, oldest first.
    """
    open_at: dict[str, int] = {}
    repeats: dict[str, int] = {}
    for n, answer in enumerate(answers):
        if open_at.pop(answer.concept, None) is not None:
            repeats[answer.concept] = repeats.get(answer.concept, 0) + 1
        if answer.again_today:
            open_at[answer.concept] = n
    return [
        Missed(concept, answers[n].at, len(answers) - n - 1, repeats.get(concept, 0))
        for concept, n in open_at.items()
    ]


def repeatable(
    answers: Sequence[Answer],
    variants: Mapping[str, Sequence[str]],
    constants: Constants = DEFAULTS,
) -> list[Missed]:
    """The missed concepts that are still asked again today, at once or later (design A3)."""
    return [
        one
        for one in missed_today(answers)
        if one.repeats < constants.requeue_per_day and _has_item(one.concept, answers, variants)
    ]


def next_step(
    plan: Sequence[str],
    answers: Sequence[Answer],
    variants: Mapping[str, Sequence[str]],
    now: datetime,
    constants: Constants = DEFAULTS,
) -> Step:
    """What comes now: a missed concept that has rested, else the next planned one (design A3).

    `answers` are all of the study day, oldest first; `variants` the items of every concept
    that may be asked. A concept whose items are used up for today is passed over.
    """
    askable = repeatable(answers, variants, constants)
    for one in askable:
        if _has_rested(one, now, constants):
            return Ask(one.concept, is_repeat=True)
    settled = {one.concept for one in missed_today(answers)} | {
        a.concept for a in answers if a.in_sitting
    }
    for concept in plan:
        if concept not in settled and _has_item(concept, answers, variants):
            return Ask(concept, is_repeat=False)
    if not askable:
        return Finished()
    rest = timedelta(minutes=constants.requeue_minutes)
    return ComeBack(min(one.at for one in askable) + rest, tuple(one.concept for one in askable))


def _has_rested(missed: Missed, now: datetime, constants: Constants) -> bool:
    """At least 10 other cards or 10 minutes lie between a miss and its repeat (design A3)."""
    rest = timedelta(minutes=constants.requeue_minutes)
    return missed.others_since >= constants.requeue_cards or now - missed.at >= rest


def _has_item(
    concept: str, answers: Sequence[Answer], variants: Mapping[str, Sequence[str]]
) -> bool:
    """Whether a variant is left that was not answered today; an only variant may repeat (A1)."""
    codes = variants.get(concept, ())
    used = {answer.item_code for answer in answers}
    return len(codes) == 1 or any(code not in used for code in codes)
