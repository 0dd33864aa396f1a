"""Every number the memory rules depend on, in one place. Knows values, not rules.

Source of each value: design section 9, unless a comment says otherwise.
"""

import json
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from typing import Final

# Raise it with any change below; a test holds the hash that belongs to each version.
VERSION: Final = 1

ALGORITHM: Final = "fsrs 6.3.2"

# Spelled out, so that a new release of the library cannot change a schedule unnoticed.
FSRS_PARAMETERS: Final = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
    1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Constants:
    """The defaults of design section 9 that are in use."""

    version: int = VERSION
    algorithm: str = ALGORITHM
    parameters: tuple[float, ...] = FSRS_PARAMETERS

    # Scheduling, design A3.
    desired_retention: float = 0.90
    max_interval_days: int = 180
    max_stability_days: float = 36_500.0
    misconception_days: int = 3

    # Asking a missed card again, design A3.
    requeue_cards: int = 10
    requeue_minutes: int = 10
    requeue_per_day: int = 3

    # Rapid responses, design A2.
    rapid_share: float = 0.10
    rapid_min_s: float = 2.0
    rapid_max_s: float = 10.0
    rapid_needs_timings: int = 30

    # The gate of Easy and the cap on recognition, design A2.
    easy_pace: float = 0.75
    pace_needs_answers: int = 30
    recognition_days: int = 7
    fresh_again_days: int = 30

    # Interleaving, design A5: no third card in a row from one domain.
    same_domain_run: int = 2


DEFAULTS: Final = Constants()


def _hash(values: object) -> str:
    text = json.dumps(values, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("ascii")).hexdigest()


@cache
def constants_hash(constants: Constants = DEFAULTS) -> str:
    """The stamp stored with every result (design 0, rule 5). Any changed value changes it."""
    return _hash(asdict(constants))


@cache
def params_hash(constants: Constants = DEFAULTS) -> str:
    """The stamp of the memory model alone: algorithm and parameters, without the other rules."""
    return _hash([constants.algorithm, constants.parameters])
