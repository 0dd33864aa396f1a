"""Rules on numbers: I15, I16, I17, and what makes a written number unsafe (I25). Knows units, not
medicine."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import combinations, pairwise

from trainer.content.lint.finding import OPTIONS, Finding, option_path
from trainer.content.lint.said import CHOICES
from trainer.content.lint.words import normal
from trainer.core.items import Item

_NUMBER = re.compile(
    r"(?P<sign>[−-]?)(?P<value>\$?\d{1,3}(?:,\d{3})+(?:\.\d+)?|\$?\d*\.?\d+)\s?(?P<unit>\D{0,40})"
)
_RANGE = re.compile(
    r"(?P<low>\d+(?:\.\d+)?)\s?(?:–|-|to)\s?(?P<high>\d+(?:\.\d+)?)\s?(?P<unit>\D{0,40})"
)
_OPEN = re.compile(
    r"(?P<word>under|below|less than|fewer than|up to|at most|over|above|more than|at least)\s"
    r"(?P<value>\d+(?:\.\d+)?)\s?(?P<unit>\D{0,40})",
    re.IGNORECASE,
)
_UPWARD = frozenset({"over", "above", "more than", "at least"})
_WITH_ITS_END = frozenset({"up to", "at most", "at least"})
# Written so that each begins with the character to look for, which the search finds fastest.
_TRAILING_ZERO = re.compile(r"\d+\.\d*0\s?(?:mg|mL|g|mcg|kg|L|units?|tablets?)(?![A-Za-z]|/dL)")
_NAKED_POINT = re.compile(r"\.(?<![\d.]\.)\d")
_WRONG_UNIT = re.compile(
    r"(?:\d\s?(?:ml|ML|Ml)|[cuµ](?<![A-Za-z].)(?:(?<=c)c|(?<!c)g))(?![A-Za-z:])", re.DOTALL
)
# What puts texts in an order that a reader sees: figures, times, places in a row, degrees.
_RANK = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|first|second|third|fourth|last"
    r"|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|\w+day|before|after|while|during|early|late|end|daily|weekly|monthly|yearly"
    r"|none|no|low|lower|high|higher|mild|moderate|severe|normal|elevated|less|more|larger|nearly"
    r"|underweight|overweight|obesity|minor|major|small|medium|large|light|deep)\b"
)
_INFINITE = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Interval:
    """What a range covers; an open end belongs to it only when the words say so."""

    low: Decimal
    high: Decimal
    unit: str
    with_ends: bool = True

    def meets(self, other: "Interval") -> bool:
        if self.unit != other.unit:
            return False
        low, high = max(self.low, other.low), min(self.high, other.high)
        return low < high or (low == high and self.with_ends and other.with_ends)


def numeric_options(item: Item) -> list[tuple[Decimal, str]] | None:
    """Value and unit of every option, when all of them are one number with one unit."""
    found = []
    for option in item.options:
        number = _number(option.text)
        if number is None:
            return None
        found.append(number)
    return found or None


@lru_cache(maxsize=256)
def _number(text: str) -> tuple[Decimal, str] | None:
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    value = Decimal(match["value"].replace(",", "").replace("$", ""))
    return (-value if match["sign"] else value), match["unit"].strip()


def check_numbers(item: Item) -> Iterator[Finding]:
    if item.type not in CHOICES:
        return
    numbers = numeric_options(item)
    if numbers is not None:
        yield from _ordered(item, numbers)
    elif item.fixed_order:
        yield from _visible_order(item)
    yield from _overlap(item, numbers is not None)


def unsafe_number(text: str) -> str:
    """What is dangerous about how a number is written; empty when nothing is (rule I25)."""
    if hit := _TRAILING_ZERO.search(text):
        return f'"{hit[0]}" has a trailing zero'
    if _NAKED_POINT.search(text):
        return "a decimal point has no zero before it"
    if hit := _WRONG_UNIT.search(text):
        return f'"{hit[0]}" is not a safe unit; write mL or mcg'
    return ""


def _ordered(item: Item, numbers: list[tuple[Decimal, str]]) -> Iterator[Finding]:
    values = [value for value, _ in numbers]
    rising = all(one < other for one, other in pairwise(values))
    falling = all(one > other for one, other in pairwise(values))
    if not rising and not falling:
        yield Finding("I16", "Numeric options must be in ascending order.", OPTIONS)
    units = {_singular(unit) for _, unit in numbers}
    if len(units) > 1:
        message = f"Numeric options must share one unit, not {', '.join(sorted(units))}."
        yield Finding("I16", message, OPTIONS, warn=True)
    if not item.fixed_order:
        message = "Numeric options need fixed_order: yes, or they are shuffled."
        yield Finding("I16", message, OPTIONS, warn=True)


def _singular(unit: str) -> str:
    return " ".join(word.removesuffix("s") if len(word) > 3 else word for word in unit.split())


def _visible_order(item: Item) -> Iterator[Finding]:
    """I17: texts are shuffled when shown; those that are not stand in an order one can see."""
    texts = [option.text.casefold() for option in item.options]
    ranked = sum(bool(_RANK.search(text)) for text in texts)
    if ranked < 2 and texts != sorted(texts):
        message = "The order is fixed, but no numbers, times or degrees show why."
        yield Finding("I17", message, ("fixed_order",), warn=True)


def _overlap(item: Item, numeric: bool) -> Iterator[Finding]:
    for (_, one), (index, other) in combinations(enumerate(item.options), 2):
        first, second = interval(one.text), interval(other.text)
        if first and second and not numeric:
            if first.meets(second):
                message = f"The ranges of options {one.id} and {other.id} overlap."
                yield Finding("I15", message, option_path(index))
        elif _contains(one.text, other.text) or _contains(other.text, one.text):
            message = f"One of the options {one.id} and {other.id} includes the other."
            yield Finding("I15", message, option_path(index), warn=True)


@lru_cache(maxsize=256)
def interval(text: str) -> Interval | None:
    """ "40–60 mL", "under 40 mL", or a single number among ranges."""
    if match := _RANGE.fullmatch(text):
        return Interval(Decimal(match["low"]), Decimal(match["high"]), match["unit"].strip())
    if match := _OPEN.fullmatch(text):
        word, value = match["word"].lower(), Decimal(match["value"])
        ends = (value, _INFINITE) if word in _UPWARD else (-_INFINITE, value)
        return Interval(*ends, match["unit"].strip(), word in _WITH_ITS_END)
    number = _number(text)
    return Interval(number[0], *number) if number else None


def _contains(longer: str, shorter: str) -> bool:
    """The shorter option's words stand as they are inside the longer one."""
    inner, outer = f" {normal(shorter)} ", f" {normal(longer)} "
    return len(inner) > 8 and len(inner) < len(outer) and inner in outer
