"""Rules on numeric options and on numbers in text: I15, I16, I25. Knows units, not medicine."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, pairwise

from trainer.content.lint.finding import Finding, option_path
from trainer.content.lint.words import normal
from trainer.core.items import Item

_NUMBER = re.compile(
    r"(?P<sign>[−-]?)(?P<value>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.?\d+)\s?(?P<unit>\D{0,40})"
)
_RANGE = re.compile(
    r"(?P<low>\d+(?:\.\d+)?)\s?(?:–|-|to)\s?(?P<high>\d+(?:\.\d+)?)\s?(?P<unit>\D{0,40})"
)
_TRAILING_ZERO = re.compile(
    r"(?<![\d.])\d+\.\d*0\s?(?:mg|mL|g|mcg|kg|L|units?|tablets?)(?![A-Za-z]|/dL)"
)
_NAKED_POINT = re.compile(r"(?<![\d.])\.\d")
_WRONG_LITER = re.compile(r"\d\s?(?:ml|ML|Ml|cc|ug|µg)(?![A-Za-z])")


def numeric_options(item: Item) -> list[tuple[Decimal, str]] | None:
    """Value and unit of every option, when all of them are one number with one unit."""
    found = [_NUMBER.fullmatch(option.text) for option in item.options]
    if not all(found):
        return None
    return [(_value(match), match["unit"].strip()) for match in found if match]


def check_numbers(item: Item) -> Iterator[Finding]:
    numbers = numeric_options(item)
    if numbers is not None:
        yield from _ordered(item, numbers)
    yield from _overlap(item)


def unsafe_number(text: str) -> str:
    """What is dangerous about how a number is written; empty when nothing is (rule I25)."""
    if hit := _TRAILING_ZERO.search(text):
        return f'"{hit[0]}" has a trailing zero'
    if _NAKED_POINT.search(text):
        return "a decimal point has no zero before it"
    if hit := _WRONG_LITER.search(text):
        return f'"{hit[0]}" is not a safe unit; write mL or mcg'
    return ""


def _value(match: re.Match[str]) -> Decimal:
    value = Decimal(match["value"].replace(",", ""))
    return -value if match["sign"] else value


def _ordered(item: Item, numbers: list[tuple[Decimal, str]]) -> Iterator[Finding]:
    values = [value for value, _ in numbers]
    rising = all(one < other for one, other in pairwise(values))
    falling = all(one > other for one, other in pairwise(values))
    if not rising and not falling:
        yield Finding("I16", "Numeric options must be in ascending order.", ("options",))
    units = {_singular(unit) for _, unit in numbers}
    if len(units) > 1:
        message = f"Numeric options must share one unit, not {', '.join(sorted(units))}."
        yield Finding("I16", message, ("options",), warn=True)
    if not item.fixed_order:
        message = "Numeric options need fixed_order: yes, or they are shuffled."
        yield Finding("I16", message, ("options",), warn=True)


def _singular(unit: str) -> str:
    return " ".join(word.removesuffix("s") if len(word) > 3 else word for word in unit.split())


def _overlap(item: Item) -> Iterator[Finding]:
    for (_, one), (index, other) in combinations(enumerate(item.options), 2):
        first, second = _RANGE.fullmatch(one.text), _RANGE.fullmatch(other.text)
        if first and second and first["unit"] == second["unit"]:
            ends = [Decimal(match[end]) for match in (first, second) for end in ("low", "high")]
            if ends[0] <= ends[3] and ends[2] <= ends[1]:
                message = f"The ranges of options {one.id} and {other.id} overlap."
                yield Finding("I15", message, option_path(index))
        elif _contains(one.text, other.text) or _contains(other.text, one.text):
            message = f"One of the options {one.id} and {other.id} includes the other."
            yield Finding("I15", message, option_path(index), warn=True)


def _contains(longer: str, shorter: str) -> bool:
    """The shorter option's words stand as they are inside the longer one."""
    inner, outer = f" {normal(shorter)} ", f" {normal(longer)} "
    return len(inner) > 8 and len(inner) < len(outer) and inner in outer
