"""Rules on what an item of its type must have: I01, I02, I16 and N01 for numbers, I34.

Files are refused earlier for most of this; generated items and drawn templates come here only.
"""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from trainer.content.lint.finding import OPTIONS, Finding, option_path
from trainer.content.lint.numbers import numeric_options
from trainer.content.lint.said import keys
from trainer.content.lint.words import likeness, may_be_like, normal
from trainer.content.models.item_shapes import SIZES
from trainer.core.items import Item, Number

NEARLY = 0.90
_DECIMAL = re.compile(r"-?\d+(?:\.\d+)?")


def check_shape(item: Item) -> Iterator[Finding]:
    yield from _key(item)
    yield from _enough(item)
    yield from _different(item)
    if item.number:
        yield from _number(item.number)
    if item.picture:
        yield from _picture(item)


def _key(item: Item) -> Iterator[Finding]:
    right = len(keys(item))
    match item.type:
        case "single_best_answer" | "hot_spot":
            wrong = "Exactly one option must be correct" if right != 1 else ""
        case "multiple_response":
            wrong = _several(right, len(item.options), item.select)
        case "matching":
            known = {partner.id for partner in item.partners}
            lost = [option.id for option in item.options if option.match not in known]
            wrong = f"Row {lost[0]} has no partner" if lost else ""
        case "ordered_response":
            wrong = "Steps are in the right order; none is marked correct" if right else ""
        case "numeric":
            wrong = "" if item.number else "The number is missing"
    if wrong:
        yield Finding("I01", f"{wrong}.", OPTIONS if item.options else ())


def _several(right: int, options: int, select: int) -> str:
    if not 2 <= right < options:
        return f"At least two options must be correct, and one not; here {right}"
    if select and select != right:
        return f"{select} are to be chosen, but {right} are correct"
    return ""


def _enough(item: Item) -> Iterator[Finding]:
    low, high = SIZES[item.type]
    if not low <= len(item.options) <= high:
        message = f"There are {len(item.options)} options; {low} to {high} are needed."
        yield Finding("I02", message, OPTIONS)


def _different(item: Item) -> Iterator[Finding]:
    # Places in one picture differ by a word ("left", "right"), so only the same text counts there.
    numeric = item.type == "hot_spot" or numeric_options(item) is not None
    texts = [option.text for option in item.options]
    for one, other, same in _pairs(texts, numeric):
        message = f"Options {item.options[one].id} and {item.options[other].id} are "
        yield Finding(
            "I02", message + ("the same." if same else "nearly the same."), option_path(other),
            warn=not same,
        )  # fmt: skip
    for one, other, same in _pairs([partner.text for partner in item.partners], numeric=False):
        if same:
            message = (
                f"Partners {item.partners[one].id} and {item.partners[other].id} are the same."
            )
            yield Finding("I02", message, ("partners", other, "text"))


def _pairs(texts: Sequence[str], numeric: bool) -> Iterator[tuple[int, int, bool]]:
    """Positions of two texts that are the same (True) or nearly so.

    Signs matter between numbers: "5" and "-5" are not the same option.
    """
    forms = list(texts) if numeric else [normal(text) for text in texts]
    for one, other in combinations(range(len(texts)), 2):
        if forms[one] == forms[other]:
            yield one, other, True
        elif not numeric and _nearly(forms[one], forms[other]):
            yield one, other, False


def _nearly(one: str, other: str) -> bool:
    return may_be_like(one, other, NEARLY) and likeness(one, other) > NEARLY


def _number(number: Number) -> Iterator[Finding]:
    """Bad input G/J8. Texts of a template have become numbers before they come here."""
    texts = (number.value, number.tolerance, number.low, number.high)
    figures = [*texts, *(wrong.value for wrong in number.errors)]
    if not all(_DECIMAL.fullmatch(text) for text in figures):
        yield Finding("N01", "A value is not a plain decimal number.", ("number",))
        return
    value, tolerance, low, high = (Fraction(text) for text in texts)
    if tolerance < 0:
        yield Finding("N01", "The tolerance must not be negative.", ("number", "tolerance"))
    if not low <= value <= high:
        message = f"{number.value} is outside its plausible range, {number.low} to {number.high}."
        yield Finding("N01", message, ("number", "value"))
    seen: list[Fraction] = []
    for index, wrong in enumerate(number.errors):
        path = ("number", "errors", index, "value")
        amount = Fraction(wrong.value)
        if abs(amount - value) <= tolerance:
            message = f'"{wrong.error}" leads to the right answer, {wrong.value}.'
            yield Finding("I16", message, path)
        if any(abs(amount - other) <= tolerance for other in seen):
            yield Finding("I16", f"{wrong.value} stands for two errors.", path)
        seen.append(amount)


def _picture(item: Item) -> Iterator[Finding]:
    """A reader who hears the text of the picture must still have something to find out."""
    assert item.picture is not None
    alt = f" {normal(item.picture.alt)} "
    if not alt.strip():
        yield Finding("I34", "The picture needs a text that describes it.", ("picture",))
    named = [option for option in item.options if f" {normal(option.text)} " in alt]
    if item.number:
        unit = item.number.units[0] if item.number.units else ""
        given = f" {normal(f'{item.number.value} {unit}')} " in alt
    else:
        given = any(option.correct for option in named) and len(named) < len(item.options)
    if given:
        yield Finding("I34", "The text of the picture gives the answer.", ("picture",))
