"""Draws of parametric items: which values an item can have, and the item with one set of them.

Pure: the same seed gives the same draw (design section 0). That every draw is a sound question
is shown in `proof`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from hashlib import sha256
from itertools import product
from math import prod

from trainer.core.items import Item, Number, Option, Parameters
from trainer.core.items.filling import FillError, fill, fill_number, places_of
from trainer.core.items.formula import (
    Condition,
    Formula,
    FormulaError,
    Value,
    Values,
    read_condition,
    read_formula,
)

MAX_COMBINATIONS = 2000
_DECIMAL = re.compile(r"[-−]?[0-9]{1,9}(?:\.[0-9]{1,6})?")
_LARGEST = 10**15
Path = tuple[str | int, ...]


class DrawError(ValueError):
    """Why a template gives no draws: what is wrong, where, with which values."""

    def __init__(self, message: str, path: Path, values: Values | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.values = dict(values or {})


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do with the values so far: add a derived value, or test a condition."""

    path: Path
    name: str
    """Of the derived value; empty for a condition."""
    work: Formula | Condition


def draw_seed(student_id: str, code: str, n: int) -> str:
    """The seed of a student's n-th sight of a template (design A1)."""
    return sha256(f"par|{student_id}|{code}|{n}".encode()).hexdigest()


def draw(item: Item, seed: str) -> Item:
    """The item that the seed gives; an item without parameters is its own only draw."""
    if item.parameters is None:
        return item
    draws = draws_of(item)
    number = int.from_bytes(sha256(seed.encode()).digest())
    return drawn(item, draws[number % len(draws)])


def draws_of(item: Item) -> tuple[Values, ...]:
    """The values of every draw, in the order of the file; DrawError when there are none."""
    return ({},) if item.parameters is None else _draws(item.parameters)


@lru_cache(maxsize=512)
def _draws(parameters: Parameters) -> tuple[Values, ...]:
    steps = steps_of(parameters)
    found = [complete(raw, steps) for raw in combinations(parameters)]
    draws = tuple(values for values in found if values is not None)
    if not draws:
        raise DrawError("No combination of values meets all conditions.", ("parameters",))
    return draws


def combinations(parameters: Parameters) -> Iterator[dict[str, Value]]:
    """Every row with every combination of the ranges, whether or not the conditions hold."""
    sizes = [len(parameters.rows) or 1, *(len(found.values) for found in parameters.ranges)]
    if prod(sizes) > MAX_COMBINATIONS:
        message = (
            f"{prod(sizes):,} combinations are too many; leave out values until there are at most "
            f"{MAX_COMBINATIONS:,}."
        )
        raise DrawError(message, ("parameters",))
    texts = texts_of(parameters)
    rows = [
        {name: raw if name in texts else number(raw) for name, raw in row}
        for row in parameters.rows or ((),)
    ]
    names = [found.name for found in parameters.ranges]
    choices = [[number(raw) for raw in found.values] for found in parameters.ranges]
    for row, chosen in product(rows, product(*choices)):
        yield {**row, **dict(zip(names, chosen, strict=True))}


def is_decimal(raw: str) -> bool:
    return bool(_DECIMAL.fullmatch(raw))


def number(raw: str) -> Fraction:
    """The number that a decimal text says, exactly."""
    if not is_decimal(raw):
        raise DrawError(f'"{raw}" is not a decimal number.', ("parameters",))
    return Fraction(raw.replace("−", "-"))


@lru_cache(maxsize=512)
def texts_of(parameters: Parameters) -> frozenset[str]:
    """Names of the columns that hold words, such as the name of a drug."""
    return frozenset(name for row in parameters.rows for name, raw in row if not is_decimal(raw))


@lru_cache(maxsize=512)
def steps_of(parameters: Parameters) -> tuple[Step, ...]:
    """Derived values in their order, each condition as early as its names are known, so that
    `where: ["divisor != 0"]` guards the formulas that divide by it."""
    texts = texts_of(parameters)
    known = {name for row in parameters.rows for name, _ in row}
    known |= {found.name for found in parameters.ranges}
    waiting = [_condition(index, text, texts) for index, text in enumerate(parameters.where)]
    steps: list[Step] = []
    for index, derived in enumerate(parameters.derived):
        ready = [step for step in waiting if step.work.names <= known]
        waiting = [step for step in waiting if step not in ready]
        path: Path = ("parameters", "derived", index, "formula")
        try:
            steps += [*ready, Step(path, derived.name, read_formula(derived.formula, texts))]
        except FormulaError as wrong:
            raise DrawError(str(wrong), path) from None
        known.add(derived.name)
    return (*steps, *waiting)


def _condition(index: int, text: str, texts: frozenset[str]) -> Step:
    path: Path = ("parameters", "where", index)
    try:
        return Step(path, "", read_condition(text, texts))
    except FormulaError as wrong:
        raise DrawError(str(wrong), path) from None


def complete(raw: dict[str, Value], steps: tuple[Step, ...]) -> dict[str, Value] | None:
    """The raw values with all derived ones; none when a condition does not hold."""
    values = dict(raw)
    for step in steps:
        try:
            if isinstance(step.work, Condition):
                if not step.work.holds(values):
                    return None
                continue
            result = step.work.compute(values)
        except FormulaError as wrong:
            raise DrawError(str(wrong), step.path, raw) from None
        except KeyError as missing:
            raise DrawError(f'There is no value "{missing.args[0]}" here.', step.path) from None
        if abs(result.numerator) > _LARGEST or result.denominator > _LARGEST:
            raise DrawError("The number is too large or too long.", step.path, raw)
        values[step.name] = result
    return values


def drawn(item: Item, values: Values) -> Item:
    """The plain item with these values in all its texts, numeric options rising (rule I16)."""
    try:
        return _drawn(item, values)
    except FillError as wrong:
        raise DrawError(str(wrong), (), values) from None
    except KeyError as missing:
        raise DrawError(f'There is no value "{missing.args[0]}".', (), values) from None


def _drawn(item: Item, values: Values) -> Item:
    options = [
        replace(option, text=fill(option.text, values), reason=fill(option.reason, values))
        for option in item.options
    ]
    rising = _rising(item.options, values)
    return replace(
        item,
        stem=fill(item.stem, values),
        lead_in=fill(item.lead_in, values),
        options=tuple(options[index] for index in rising) if rising else tuple(options),
        rule=fill(item.rule, values),
        fixed_order=item.fixed_order or bool(rising),
        number=_number(item.number, values) if item.number else None,
        parameters=None,
    )


def _rising(options: tuple[Option, ...], values: Values) -> list[int]:
    """Positions of the options by the numbers they show; empty when one shows none."""
    shown = [numbers_shown(option.text, values) for option in options]
    return sorted(range(len(options)), key=lambda index: shown[index]) if all(shown) else []


def numbers_shown(text: str, values: Values) -> tuple[Fraction, ...]:
    found = (values[place.name] for place in places_of(text) if place.form != "s")
    return tuple(value for value in found if isinstance(value, Fraction))


def _number(made: Number, values: Values) -> Number:
    return Number(
        value=fill_number(made.value, values),
        tolerance=fill_number(made.tolerance, values),
        low=fill_number(made.low, values),
        high=fill_number(made.high, values),
        units=made.units,
        solution=fill(made.solution, values),
        errors=tuple(
            replace(
                wrong,
                value=fill_number(wrong.value, values),
                reason=fill(wrong.reason, values),
            )
            for wrong in made.errors
        ),
    )
