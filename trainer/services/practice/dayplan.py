"""How much fits into a day, and which new ideas come first. Plain values only.

Sources: design A4 (costs), A5 (new ideas, half the minutes for reviews), section 9.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from trainer.core.outline.concepts import Concept

NEW_S: Final = 75
PASS_S: Final = 35
FAIL_S: Final = 80
NEW_AT_ONCE: Final = 6
BLOCK: Final = 3
LAST_DAYS: Final = 7
"""No new ideas this close to the exam."""


def review_seconds(recall: float) -> float:
    """Expected seconds for a review of a card that is recalled with this chance."""
    return recall * PASS_S + (1 - recall) * FAIL_S


def count_that_fit(seconds: Sequence[float], budget_s: float) -> int:
    """How many of these, in order, fit into the seconds; at least one when any time is left."""
    used, count = 0.0, 0
    for cost in seconds:
        if count and used + cost > budget_s:
            break
        used, count = used + cost, count + 1
    return count if budget_s > 0 else 0


def new_today(unseen: int, budget_s: float, due_s: float, days_to_exam: int | None = None) -> int:
    """How many new ideas to offer: reviews are never given less than half of the time."""
    if days_to_exam is not None and 0 <= days_to_exam <= LAST_DAYS:
        return 0
    room = math.floor((budget_s - min(due_s, budget_s / 2)) / NEW_S)
    return max(0, min(NEW_AT_ONCE, unseen, room))


def minutes(seconds: float) -> int:
    """Whole minutes to show, at least one."""
    return max(1, round(seconds / 60))


def choose_new(concepts: Mapping[str, Concept], met: Collection[str], count: int) -> list[str]:
    """The next ideas to meet, in blocks of up to three from one area (design A5).

    The area of which the least has been met comes first, then the order of banks and areas;
    what an idea builds on comes before it.
    """
    chosen: list[str] = []
    for area in _areas(concepts, met):
        block = 0
        for code in area:
            for one in _with_prerequisites(code, concepts, {*met, *chosen}):
                if len(chosen) == count:
                    return chosen
                chosen.append(one)
                block += 1
            if block >= BLOCK:
                break
    # Few areas are left: fill up from what is not chosen yet.
    rest = choose_new(concepts, {*met, *chosen}, count - len(chosen)) if chosen else []
    return chosen + rest


def _areas(concepts: Mapping[str, Concept], met: Collection[str]) -> list[list[str]]:
    """The unmet ideas of each area, the least known area first."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for concept in sorted(concepts.values(), key=lambda one: (one.bank, one.area, one.code)):
        grouped.setdefault((concept.bank, concept.area), []).append(concept.code)
    ranked = sorted(grouped.values(), key=lambda codes: sum(c in met for c in codes) / len(codes))
    return [[code for code in codes if code not in met] for codes in ranked]


def _with_prerequisites(
    code: str, concepts: Mapping[str, Concept], known: Collection[str]
) -> list[str]:
    """The idea after everything it builds on; nothing when it is known already."""
    order: list[str] = []
    _collect(code, concepts, set(known), order)
    return order


def _collect(code: str, concepts: Mapping[str, Concept], done: set[str], order: list[str]) -> None:
    if code in done or code not in concepts:
        return
    done.add(code)
    for before in concepts[code].prerequisites:
        _collect(before, concepts, done, order)
    order.append(code)
