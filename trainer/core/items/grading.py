"""How much of an answer is right, and in which parts. Knows item types, not what grades lead to.

Credit by type: one answer, region or number is right or wrong. Select all: a right one earns a
point, a wrong one takes a point away, never below zero. Select N: a point a right one.
Steps: a point for each step that directly follows its right predecessor, the first step included.
Matching: a point a row. Exam forms give all or nothing (design D2).
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import assert_never

from trainer.core.items import Item
from trainer.core.items.given import check, pairs
from trainer.core.items.numbers import decimal, read_number


@dataclass(frozen=True, slots=True)
class Grade:
    """Points reached of the points there are."""

    points: int
    of: int

    @property
    def score(self) -> Fraction:
        """From 0 to 1, exact."""
        return Fraction(self.points, self.of)


def grade(item: Item, given: str | None, *, parts: bool = True) -> Fraction:
    """The score from 0 to 1, exact. A blank earns nothing; without `parts` it is all or nothing.

    Raises Invalid when the text is no answer to the item.
    """
    score = graded(item, given).score
    return score if parts else Fraction(int(score == 1))


def graded(item: Item, given: str | None) -> Grade:
    """Points and possible points of an answer. Raises Invalid when it is none."""
    if not given:
        return Grade(0, 1)
    check(item, given)
    match item.type:
        case "single_best_answer" | "hot_spot":
            return Grade(int(item.option(given).correct), 1)
        case "multiple_response":
            return _several(item, given.split())
        case "ordered_response":
            return _order(item, given.split())
        case "matching":
            chosen = pairs(given)
            right = sum(chosen[option.id] == option.match for option in item.options)
            return Grade(right, len(item.options))
        case "numeric":
            return Grade(int(_is_the_number(item, given)), 1)
        case _:
            assert_never(item.type)


def _several(item: Item, chosen: list[str]) -> Grade:
    keys = sum(option.correct for option in item.options)
    right = sum(item.option(one).correct for one in chosen)
    # Who must choose so many loses a point with every wrong one already.
    wrong = 0 if item.select else len(chosen) - right
    return Grade(max(right - wrong, 0), keys)


def _order(item: Item, chosen: list[str]) -> Grade:
    before = dict(zip(_ids(item), ["", *_ids(item)], strict=False))
    placed = zip(["", *chosen], chosen, strict=False)
    return Grade(sum(before[step] == previous for previous, step in placed), len(chosen))


def _ids(item: Item) -> list[str]:
    return [option.id for option in item.options]


def _is_the_number(item: Item, given: str) -> bool:
    assert item.number is not None
    value = read_number(given, item.number.units)
    return abs(value - decimal(item.number.value)) <= decimal(item.number.tolerance)
