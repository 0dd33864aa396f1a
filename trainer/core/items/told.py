"""What an answered item tells: a reason for every part, next to what was given.

Part of grading: with `given` and `grading` the only place that knows item types.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from trainer.core.items import Item, Option
from trainer.core.items.given import pairs
from trainer.core.items.grading import graded
from trainer.core.items.numbers import decimal, read_number

Role = Literal["right", "missed", "wrong", "other"]


@dataclass(frozen=True, slots=True)
class Told:
    """One part: `right` was given and is right, `missed` is right and was not given, `wrong` was
    given and is not right, `other` was rightly left alone. The note says what to compare."""

    role: Role
    text: str
    why: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Lesson:
    """All parts in reading order; `answer` is the right answer in short, "" when it is a list."""

    told: tuple[Told, ...]
    answer: str
    points: int
    of: int
    taken_off: bool
    """Whether wrong choices took points away, so that points are fewer than right parts."""


def lesson(item: Item, given: str | None, order: Sequence[str]) -> Lesson:
    """What to tell about an answer; `order` is that in which the options were shown."""
    grade = graded(item, given)
    told = tuple(_PARTS[item.type](item, given or "", order))
    off = any(one.role == "wrong" for one in told) and item.type == "multiple_response"
    return Lesson(told, _answer(item), grade.points, grade.of, off and not item.select)


def _answer(item: Item) -> str:
    match item.type:
        case "single_best_answer":
            return item.key.text.rstrip(".")
        case "hot_spot":
            return f"{_numbered(item, item.key)}: {item.key.text}"
        case "numeric":
            return shown_number(item)
        case _:
            return ""


def shown_number(item: Item) -> str:
    """The right number as one would write it, with its unit."""
    assert item.number is not None
    unit = item.number.units[0] if item.number.units else ""
    return f"{item.number.value} {unit}".strip()


def _numbered(item: Item, option: Option) -> str:
    """The name of a region of a drawing: the number that stands on it."""
    return f"Place {item.options.index(option) + 1}"


def _choices(item: Item, given: str, order: Sequence[str]) -> Iterator[Told]:
    """Right answers first, then wrong choices, then what was rightly left alone."""
    chosen = given.split()
    shown = [item.option(one) for one in order]
    roles: list[tuple[Role, bool, bool]] = [
        ("right", True, True), ("missed", True, False), ("wrong", False, True),
        ("other", False, False),
    ]  # fmt: skip
    for role, correct, taken in roles:
        for option in shown:
            if option.correct == correct and (option.id in chosen) == taken:
                place = f"{_numbered(item, option)}: " if item.type == "hot_spot" else ""
                yield Told(role, place + option.text, option.reason)


def _steps(item: Item, given: str, order: Sequence[str]) -> Iterator[Told]:
    """The steps in their right order, each with the place it was given."""
    placed = given.split()
    for place, option in enumerate(item.options):
        own = placed.index(option.id) if option.id in placed else -1
        role: Role = "right" if own == place else "wrong"
        note = "" if own in (place, -1) else f"You put it at {own + 1}"
        yield Told(role, f"{place + 1}. {option.text}", option.reason, note)


def _rows(item: Item, given: str, order: Sequence[str]) -> Iterator[Told]:
    """Every row with its match, in the order shown."""
    chosen = pairs(given)
    partners = {partner.id: partner.text for partner in item.partners}
    for one in order:
        if one in partners:
            continue
        option = item.option(one)
        own = chosen.get(one, "")
        role: Role = "right" if own == option.match else "wrong"
        note = f"You chose: {partners[own]}" if role == "wrong" and own in partners else ""
        yield Told(role, f"{option.text}: {partners[option.match]}", option.reason, note)


def _number(item: Item, given: str, order: Sequence[str]) -> Iterator[Told]:
    """The right number with its solution, then what led to the one typed, when that is known."""
    number = item.number
    assert number is not None
    value = read_number(given, number.units) if given else None
    tolerance = decimal(number.tolerance)
    right = value is not None and abs(value - decimal(number.value)) <= tolerance
    yield Told("right" if right else "missed", shown_number(item), number.solution)
    if value is None or right:
        return
    for error in number.errors:
        if abs(value - decimal(error.value)) <= tolerance:
            yield Told("wrong", given, error.reason, error.error[:1].upper() + error.error[1:])
            return
    yield Told("wrong", given, _unknown(value, decimal(number.low), decimal(number.high)))


def _unknown(value: Fraction, low: Fraction, high: Fraction) -> str:
    if low <= value <= high:
        return "Compare your own steps with the solution above, line by line."
    return "This is outside any likely result: check the decimal point, and what was divided."


_PARTS = {
    "single_best_answer": _choices,
    "hot_spot": _choices,
    "multiple_response": _choices,
    "ordered_response": _steps,
    "matching": _rows,
    "numeric": _number,
}
