"""A number as a student types it. Reads what is clear and refuses what could mean two things."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from trainer.core.errors import Invalid

FIELD: Final = "choice"
_PARTS: Final = re.compile(
    r"(?P<sign>[-−+]?)(?P<figure>[\d.,/ ]*\d[\d.,/ ]*)(?P<unit>.*)", re.DOTALL
)
_PLAIN: Final = re.compile(r"\d*\.?\d+|\d+\.")
_GROUPED: Final = re.compile(r"[1-9]\d{0,2}(,\d{3})+(\.\d+)?")
_FRACTION: Final = re.compile(r"(?:(\d+) )?(\d+)/(\d+)")
LONGEST: Final = 40


def read_number(text: str, units: Sequence[str]) -> Fraction:
    """The value of what was typed: 0.5, .5, 1/2, 1 1/2, 1,000, or any of them with the unit.

    Raises Invalid, with words that say what to write, for no number, two numbers, a comma that
    could be a decimal point, a division by zero and another unit than the one asked for.
    """
    typed = " ".join(text.split())
    if not typed:
        raise Invalid(FIELD, "Write your answer first.")
    if len(typed) > LONGEST:
        raise Invalid(FIELD, f"Write the number only, in at most {LONGEST} characters.")
    found = _PARTS.fullmatch(typed)
    if found is None or (not typed.isascii() and "−" not in typed):
        raise Invalid(FIELD, "Write one number in digits, such as 2.5.")
    _check_unit(found["unit"].strip(), units)
    value = _value(found["figure"].strip())
    return -value if found["sign"] in {"-", "−"} else value


def decimal(text: str) -> Fraction:
    """A decimal text of an item file as an exact value."""
    return Fraction(text)


def _check_unit(unit: str, units: Sequence[str]) -> None:
    if re.search(r"\d", unit):
        raise Invalid(FIELD, "Write one number, not two.")
    plain = unit.rstrip(".").casefold()
    if plain and plain not in {one.casefold() for one in units}:
        asked = f"in {units[0]}" if units else "without a unit"
        raise Invalid(FIELD, f"“{unit[:20]}” is not what is asked for. Answer {asked}.")


def _value(figure: str) -> Fraction:
    fraction = _FRACTION.fullmatch(figure)
    if fraction is not None:
        whole, top, bottom = (int(part or 0) for part in fraction.groups())
        if not bottom:
            raise Invalid(FIELD, "A fraction cannot have zero below its line.")
        return whole + Fraction(top, bottom)
    if _GROUPED.fullmatch(figure):
        return Fraction(figure.replace(",", ""))
    if "," in figure:
        message = f"“{figure}” could be read in two ways. Write decimals with a point, such as 2.5."
        raise Invalid(FIELD, message)
    if not _PLAIN.fullmatch(figure):
        raise Invalid(FIELD, "Write one number in digits, such as 2.5.")
    return Fraction(f"0{figure}" if figure.startswith(".") else figure)
