"""Texts with values in braces: {dose}, {fee:money}, {start:time}. Knows forms of writing only."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import floor

from trainer.core.items.formula import Value, Values

_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)(?::([a-z0-9]*))?\}")
_MAX_DECIMALS = 4
_SHIFT = 10**_MAX_DECIMALS
_DAY = 24 * 60


class FillError(ValueError):
    """Why a value cannot be written, in words for the author of the text."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value is put into a text, and in which form."""

    name: str
    form: str


@lru_cache(maxsize=4096)
def parts_of(text: str) -> tuple[str | Place, ...]:
    """The text cut at its values; FillError for a brace that belongs to none."""
    parts: list[str | Place] = []
    at = 0
    for match in _PLACE.finditer(text):
        parts += [text[at : match.start()], Place(match[1], match[2] or "")]
        at = match.end()
    parts.append(text[at:])
    for part in parts:
        if isinstance(part, Place):
            if part.form not in FORMS:
                raise FillError(f'There is no form "{part.form}"; there are {_known()}.')
        elif "{" in part or "}" in part:
            raise FillError("A brace is left over; write a value as {dose} or {fee:money}.")
    return tuple(part for part in parts if part)


def places_of(text: str) -> tuple[Place, ...]:
    """The values that a text shows, in order."""
    return tuple(part for part in parts_of(text) if isinstance(part, Place))


def fill(text: str, values: Values) -> str:
    """The text with its values, for people."""
    if "{" not in text and "}" not in text:
        return text
    parts = parts_of(text)
    said = "".join(
        part if isinstance(part, str) else shown(values[part.name], part.form) for part in parts
    )
    # A time at the end of a sentence brings its own period.
    return said.replace(".m..", ".m.")


def fill_number(text: str, values: Values) -> str:
    """The text of a number, for the program: no commas between thousands, a plain minus."""
    return fill(text, values).replace(",", "").replace("−", "-")


@lru_cache(maxsize=16384)
def shown(value: Value, form: str = "") -> str:
    """One value as people read it; FillError when the form does not fit."""
    if isinstance(value, str):
        if form:
            raise FillError(f'"{value}" is text and cannot be shown as {form}.')
        return value
    return FORMS[form](value)


def _plain(value: Fraction) -> str:
    """With a zero before the decimal point and none behind (rule I25), commas between thousands."""
    scaled = abs(value) * _SHIFT
    if scaled.denominator != 1:
        message = f"{float(value):.6f} does not end within {_MAX_DECIMALS} decimals; round it."
        raise FillError(message)
    whole, rest = divmod(scaled.numerator, _SHIFT)
    decimals = f"{rest:04d}".rstrip("0")
    return f"{_sign(value)}{whole:,}{'.' if decimals else ''}{decimals}"


def _money(value: Fraction) -> str:
    cents = abs(value) * 100
    if cents.denominator != 1:
        raise FillError(f"{float(value):.4f} is not a number of whole cents; round it.")
    whole, rest = divmod(cents.numerator, 100)
    return f"{_sign(value)}${whole:,}.{rest:02d}"


def _sign(value: Fraction) -> str:
    return "−" if value < 0 else ""


def _minutes(value: Fraction) -> tuple[int, int]:
    if value.denominator != 1 or value < 0:
        raise FillError(f"{float(value):g} is not a number of whole minutes.")
    return divmod(value.numerator, 60)


def _moment(value: Fraction) -> tuple[int, int]:
    if value >= _DAY:
        raise FillError(f"{float(value):g} minutes after midnight is after the end of the day.")
    return _minutes(value)


def _time(value: Fraction) -> str:
    hour, minute = _moment(value)
    return f"{(hour + 11) % 12 + 1}:{minute:02d} {'a.m.' if hour < 12 else 'p.m.'}"


def _clock(value: Fraction) -> str:
    hour, minute = _moment(value)
    return f"{hour:02d}:{minute:02d}"


def _hours(value: Fraction) -> str:
    hours, minutes = _minutes(value)
    parts = [(hours, "hour"), (minutes, "minute")]
    said = [f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in parts if count]
    return " ".join(said) or "0 minutes"


def _about(value: Fraction) -> str:
    """An intermediate result: as it is when it ends soon, otherwise rounded and said to be so."""
    thousandths = abs(value) * 1000
    if thousandths.denominator == 1:
        return _plain(value)
    near = Fraction(floor(thousandths + Fraction(1, 2)), 1000)
    return f"about {_plain(near if value > 0 else -near)}"


def _plural(value: Fraction) -> str:
    """0.5 tablet, 1 tablet, 1.5 tablets."""
    return "" if 0 < value <= 1 else "s"


FORMS: dict[str, Callable[[Fraction], str]] = {
    "": _plain,
    "money": _money,
    "time": _time,
    "clock": _clock,
    "hours": _hours,
    "about": _about,
    "s": _plural,
}
"""How a number can be shown: 2.5, $20.00, 9:20 a.m., 09:20, 1 hour 20 minutes, about 0.333, and
the s of tablets. Times are minutes, those of the clock after midnight."""


def _known() -> str:
    return ", ".join(form for form in FORMS if form)
