"""What a scenario run means for memory (design B8). Knows statuses, not scenes or scores."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final, Literal

from trainer.core.rating import Rated, Rating

StepStatus = Literal[
    "done", "partial", "late", "corrected", "out_of_order", "wrong", "missed", "not_offered"
]

_STEP_RATING: Final[dict[str, Rating]] = {
    "done": Rating.GOOD,
    "partial": Rating.HARD,
    "late": Rating.HARD,
    "corrected": Rating.AGAIN,
    "out_of_order": Rating.AGAIN,
    "wrong": Rating.AGAIN,
    "missed": Rating.AGAIN,
}


@dataclass(frozen=True, slots=True)
class StepResult:
    """How one rubric step ended, and the concepts it shows."""

    status: StepStatus
    concepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ErrorResult:
    """One triggered error. A critical error that was put right in time is not critical here."""

    critical: bool
    concepts: tuple[str, ...]


def rate_run(
    steps: Iterable[StepResult], errors: Iterable[ErrorResult], held: Collection[str]
) -> dict[str, Rated]:
    """One rating per concept, the worst of all, in the order first met.

    `held` are the concepts the student has a card for: a run that went well makes no card.
    """
    errors = tuple(errors)
    worst: dict[str, Rating] = {}
    for step in steps:
        if step.status != "not_offered":
            _keep_worst(worst, step.concepts, _STEP_RATING[step.status])
    for error in errors:
        _keep_worst(worst, error.concepts, Rating.AGAIN)
    triggered = {code for error in errors for code in error.concepts}
    critical = {code for error in errors if error.critical for code in error.concepts}
    return {
        code: Rated(
            rating=rating,
            rule="B8",
            misconception=code in critical,
            due_today=code in triggered,
        )
        for code, rating in worst.items()
        if rating is Rating.AGAIN or code in held
    }


def _keep_worst(worst: dict[str, Rating], concepts: tuple[str, ...], rating: Rating) -> None:
    for code in concepts:
        worst[code] = min(worst.get(code, rating), rating)
