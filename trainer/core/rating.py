"""From an answer to a rating (design A2). Knows how it was given, not what was asked."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from typing import Final, Literal

from trainer.core.constants import DEFAULTS, Constants

GUESSING: Final = 1
FAIRLY_SURE: Final = 2
CERTAIN: Final = 3

Mode = Literal["practice", "review", "exam"]


class Rating(IntEnum):
    """How well a concept was recalled. Hard is a pass; a wrong answer is always Again."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """All that the rating of one answer depends on.

    `hint`: 0 none, 1 a cue, 2 an option removed, 3 the answer shown. `same_item_days`: study
    days since this very item was last answered, None if never. `rt_ratio`: see `rt_ratio()`.
    """

    score: Fraction
    confidence: int | None = None
    hint: int = 0
    rapid: bool = False
    skipped: bool = False
    not_reached: bool = False
    mode: Mode = "practice"
    flagged: bool = False
    same_item_days: int | None = None
    rt_ratio: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """A rating and what comes with it.

    `rating` is None when nothing is logged. `again_today`: the queue asks once more today.
    `due_today`: the card itself falls due at once (scenario errors, design B8).
    """

    rating: Rating | None
    rule: str
    lucky: bool = False
    misconception: bool = False
    again_today: bool = False
    due_today: bool = False


def _was_just_seen(o: Outcome, c: Constants) -> bool:
    return o.same_item_days is not None and 1 <= o.same_item_days <= c.recognition_days


def _is_easy(o: Outcome, c: Constants) -> bool:
    unfamiliar = o.same_item_days is None or o.same_item_days > c.fresh_again_days
    fluent = o.rt_ratio is not None and o.rt_ratio <= c.easy_pace
    return o.confidence == CERTAIN and o.mode != "exam" and unfamiliar and fluent


def _is_unsure(o: Outcome) -> bool:
    return o.hint == 1 or o.confidence == FAIRLY_SURE or (o.mode == "exam" and o.flagged)


_RULES: Final[tuple[tuple[str, Callable[[Outcome, Constants], bool], Rating | None], ...]] = (
    ("R1", lambda o, c: o.not_reached, None),
    ("R2", lambda o, c: o.skipped, Rating.AGAIN),
    ("R3", lambda o, c: o.rapid and o.score == 1, None),
    ("R3", lambda o, c: o.rapid, Rating.AGAIN),
    ("R4", lambda o, c: o.score < 1, Rating.AGAIN),
    ("R5", lambda o, c: o.hint >= 2, Rating.AGAIN),
    ("R6", lambda o, c: o.confidence == GUESSING, Rating.AGAIN),
    ("R7", lambda o, c: _is_unsure(o), Rating.HARD),
    ("R8", _was_just_seen, Rating.HARD),
    ("R9", _is_easy, Rating.EASY),
    ("R10", lambda o, c: True, Rating.GOOD),
)


def rate(outcome: Outcome, constants: Constants = DEFAULTS) -> Rated:
    """The first rule of design A2 that applies. Speed never lowers a rating."""
    rule, rating = next(
        (rule, rating) for rule, applies, rating in _RULES if applies(outcome, constants)
    )
    return Rated(
        rating=rating,
        rule=rule,
        lucky=rule == "R6",
        misconception=rule == "R4" and outcome.score == 0 and outcome.confidence == CERTAIN,
        again_today=rating is Rating.AGAIN or rule == "R3",
    )


def rapid_limit_s(
    words: int, timings: int = 0, mean_s: float = 0.0, constants: Constants = DEFAULTS
) -> float:
    """Seconds below which an item cannot have been read (design A2).

    `timings` and `mean_s` are the item's own; until there are enough, its words stand in.
    """
    if timings < constants.rapid_needs_timings:
        mean_s = max(10.0, words / 4 + 5)
    share = constants.rapid_share * mean_s
    return min(max(share, constants.rapid_min_s), constants.rapid_max_s)


def is_rapid(duration_ms: int, limit_s: float, *, accommodated: bool) -> bool:
    """Whether an answer came too fast to count. Never under a timing or reading accommodation."""
    return not accommodated and duration_ms < limit_s * 1000


@dataclass(frozen=True, slots=True)
class Pace:
    """A student's usual speed: the median over their right, timed answers, and how many."""

    answers: int
    s_per_word: float
    accommodated: bool = False


def rt_ratio(
    duration_ms: int, words: int, pace: Pace, constants: Constants = DEFAULTS
) -> float | None:
    """Time taken against the student's own pace; None while that is not known (design A2)."""
    if pace.accommodated or pace.answers < constants.pace_needs_answers:
        return None
    usual_s = pace.s_per_word * words
    return duration_ms / 1000 / usual_s if usual_s > 0 else None
