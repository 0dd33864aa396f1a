from fractions import Fraction

import pytest

from tests.core.items.build import (
    DOSE,
    EVERY,
    PAIRS,
    PLACE,
    PLAIN,
    SELECT_ALL,
    SELECT_TWO,
    STEPS,
)
from trainer.core.errors import Invalid
from trainer.core.items.given import key_of, misses_of
from trainer.core.items.grading import grade


@pytest.mark.parametrize(
    ("item", "given", "score"),
    [
        (PLAIN, "a", "1"), (PLAIN, "b", "0"), (PLAIN, "c", "0"),
        # Select all: +1 for a right one, -1 for a wrong one, never below zero.
        (SELECT_ALL, "a b c", "1"), (SELECT_ALL, "c a b", "1"), (SELECT_ALL, "a b", "2/3"),
        (SELECT_ALL, "a b c d", "2/3"), (SELECT_ALL, "a d", "0"), (SELECT_ALL, "d", "0"),
        # Select two: a point a right one.
        (SELECT_TWO, "b a", "1"), (SELECT_TWO, "a c", "1/2"), (SELECT_TWO, "c d", "0"),
        # Steps: each that directly follows the right one.
        (STEPS, "a b c d", "1"), (STEPS, "b c d a", "1/2"), (STEPS, "d a b c", "1/2"),
        (STEPS, "d c b a", "0"), (STEPS, "a b d c", "1/2"), (STEPS, "b a c d", "1/4"),
        # Matching: a point a row.
        (PAIRS, "a=1 b=2 c=1", "1"), (PAIRS, "a=1 b=2 c=3", "2/3"), (PAIRS, "a=2 b=1 c=2", "0"),
        (DOSE, "2.5", "1"), (DOSE, "0.4", "0"), (DOSE, "5/2 mL", "1"),
        (PLACE, "b", "1"), (PLACE, "a", "0"),
    ],
)  # fmt: skip
def test_every_type_has_its_credit(item, given, score):
    assert grade(item, given) == Fraction(score)


@pytest.mark.parametrize("item", EVERY, ids=lambda item: item.type)
def test_a_form_gives_all_or_nothing(item):
    assert grade(item, key_of(item), parts=False) == 1
    assert {grade(item, miss, parts=False) for miss in misses_of(item)} == {0}


@pytest.mark.parametrize("item", EVERY, ids=lambda item: item.type)
def test_a_blank_earns_nothing(item):
    assert grade(item, None) == 0
    assert grade(item, "") == 0


@pytest.mark.parametrize("chosen", ["d", "A", "0", "a b", "a a"])
def test_an_option_that_was_not_offered_is_refused_with_its_field(chosen):
    with pytest.raises(Invalid) as refused:
        grade(PLAIN, chosen)

    assert refused.value.field == "choice"


def test_an_item_knows_its_key_its_options_and_its_length():
    assert PLAIN.key.id == "a"
    assert PLAIN.option("b").text == "Wash and dry twice"
    assert PLAIN.words == 6 + 3 + 3 + 4 + 1
    with pytest.raises(KeyError):
        PLAIN.option("z")
