"""How much of an answer is right. Knows item types, not what the grade leads to."""

from fractions import Fraction
from typing import assert_never

from trainer.core.errors import Invalid
from trainer.core.items import Item


def grade(item: Item, chosen_option_id: str | None) -> Fraction:
    """The grade from 0 to 1, exact. A blank earns nothing.

    Raises Invalid when the item has no such option.
    """
    if chosen_option_id is None:
        return Fraction(0)
    match item.type:
        case "single_best_answer":
            return _single_best_answer(item, chosen_option_id)
        case _:
            assert_never(item.type)


def _single_best_answer(item: Item, chosen_option_id: str) -> Fraction:
    try:
        option = item.option(chosen_option_id)
    except KeyError:
        raise Invalid("option", "Please choose one of the answers shown.") from None
    return Fraction(int(option.correct))
