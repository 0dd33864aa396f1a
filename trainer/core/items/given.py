"""What was given as an answer: how each item type writes it down, and what is refused.

The written form is kept as it is, one line of text: option ids in the order sent, pairs such as
`a=2` for matching, the number as typed. With `grading` the only place that knows item types.
"""

from collections.abc import Sequence
from typing import Final

from trainer.core.errors import Invalid
from trainer.core.items import Item
from trainer.core.items.numbers import FIELD, read_number
from trainer.core.order import seeded_order

LONGEST: Final = 40
"""Characters of a written answer; the longest is a matching of six rows."""


def shown_order(item: Item, attempt: str) -> tuple[str, ...]:
    """Ids as shown in this attempt: the options, then for matching the partners.

    Shuffled by the seed rule, or as written where the order carries meaning. Steps to be put in
    order are never shown in their right one.
    """
    ids = [option.id for option in item.options]
    partners = [partner.id for partner in item.partners]
    shown = ids if item.fixed_order else seeded_order(ids, "opt", attempt, item.code)
    if item.type == "ordered_response" and list(shown) == ids:
        shown = [*ids[1:], ids[0]]
    return (*shown, *seeded_order(partners, "opt", attempt, item.code))


def written(values: Sequence[str]) -> str:
    """The values of a form as one text; "" for nothing."""
    return " ".join(value.strip() for value in values if value.strip())


def check(item: Item, given: str) -> None:
    """Raises Invalid, with what to do, when the text is no complete answer to the item."""
    if not given:
        raise Invalid(FIELD, _FIRST[item.type])
    parts = given.split()
    match item.type:
        case "single_best_answer" | "hot_spot":
            _one(item, parts)
        case "multiple_response":
            _several(item, parts)
        case "ordered_response":
            _whole_order(item, parts)
        case "matching":
            _all_rows(item, parts)
        case "numeric":
            assert item.number is not None
            read_number(given, item.number.units)


_FIRST: Final = {
    "single_best_answer": "Choose an answer first.",
    "hot_spot": "Choose a place first.",
    "multiple_response": "Choose your answers first.",
    "ordered_response": "Put the steps in order first.",
    "matching": "Choose a match for each row first.",
    "numeric": "Write your answer first.",
}
_NOT_SHOWN: Final = "Please choose one of the answers shown."


def _known(item: Item, ids: Sequence[str]) -> None:
    if not set(ids) <= {option.id for option in item.options}:
        raise Invalid(FIELD, _NOT_SHOWN)
    if len(set(ids)) != len(ids):
        raise Invalid(FIELD, "The same answer was sent twice.")


def _one(item: Item, parts: list[str]) -> None:
    if len(parts) != 1:
        raise Invalid(FIELD, "Choose one answer.")
    _known(item, parts)


def _several(item: Item, parts: list[str]) -> None:
    _known(item, parts)
    if item.select and len(parts) != item.select:
        raise Invalid(FIELD, f"Choose exactly {item.select}; you have chosen {len(parts)}.")


def _whole_order(item: Item, parts: list[str]) -> None:
    _known(item, parts)
    if len(parts) != len(item.options):
        raise Invalid(FIELD, "Every step needs its place.")


def pairs(given: str) -> dict[str, str]:
    """Row id and partner id of a matching answer."""
    return dict(part.split("=", 1) for part in given.split() if "=" in part)


def _all_rows(item: Item, parts: list[str]) -> None:
    chosen = pairs(" ".join(parts))
    if len(chosen) != len(parts):
        raise Invalid(FIELD, _NOT_SHOWN)
    _known(item, list(chosen))
    if not set(chosen.values()) <= {partner.id for partner in item.partners}:
        raise Invalid(FIELD, _NOT_SHOWN)
    left = len(item.options) - len(chosen)
    if left:
        rows = "row has" if left == 1 else "rows have"
        raise Invalid(FIELD, f"{left} {rows} no match yet.")


def key_of(item: Item) -> str:
    """The written form of a fully right answer."""
    match item.type:
        case "ordered_response":
            return " ".join(option.id for option in item.options)
        case "matching":
            return " ".join(f"{option.id}={option.match}" for option in item.options)
        case "numeric":
            assert item.number is not None
            return item.number.value
        case _:
            return " ".join(option.id for option in item.options if option.correct)


def misses_of(item: Item) -> list[str]:
    """Written forms of answers that are not fully right, as a student could give them."""
    ids = [option.id for option in item.options]
    wrong = [option.id for option in item.options if not option.correct]
    keys = key_of(item).split()
    match item.type:
        case "ordered_response":
            return [" ".join(reversed(ids)), " ".join([*ids[1:], ids[0]])]
        case "matching":
            others = [p.id for p in item.partners if p.id != item.options[0].match]
            return [" ".join([f"{ids[0]}={other}", *keys[1:]]) for other in others]
        case "numeric":
            assert item.number is not None
            return [error.value for error in item.number.errors] or ["0"]
        case "multiple_response":
            return [" ".join([*keys[1:], one]) for one in wrong]
        case _:
            return wrong
