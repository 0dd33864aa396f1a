"""Whether an answer counts otherwise once the question was corrected."""

from dataclasses import replace

import pytest

from tests.core.items.build import DOSE, EVERY, PAIRS, PLAIN, STEPS
from trainer.core.items import Item, Option, Partner
from trainer.core.items.given import key_of, misses_of
from trainer.core.items.regrading import counts_now

OTHER_KEY = replace(
    PLAIN, options=tuple(replace(one, correct=one.id == "b") for one in PLAIN.options)
)


@pytest.mark.parametrize("item", EVERY, ids=lambda item: item.type)
def test_by_the_same_question_an_answer_counts_as_before(item: Item) -> None:
    assert counts_now(item, item, key_of(item)) is True
    assert counts_now(item, item, misses_of(item)[0]) is False


@pytest.mark.parametrize(("given", "right"), [("a", False), ("b", True), ("c", False)])
def test_a_changed_key_counts_for_what_was_chosen(given: str, right: bool) -> None:
    assert counts_now(PLAIN, OTHER_KEY, given) is right


def test_what_was_chosen_must_read_as_before() -> None:
    rewritten = replace(PLAIN, options=(Option("a", "Rub", True, "So."), *PLAIN.options[1:]))
    partner = replace(PAIRS, partners=(Partner("1", "Plasma"), *PAIRS.partners[1:]))
    other_dose = replace(DOSE, stem="Another patient.")

    assert counts_now(PLAIN, rewritten, "a") is None
    assert counts_now(PLAIN, rewritten, "b") is False
    assert counts_now(PAIRS, partner, key_of(PAIRS)) is None
    assert counts_now(DOSE, other_dose, "2.5 mL") is None


def test_an_answer_that_fits_no_more_is_not_compared() -> None:
    shorter = replace(STEPS, options=STEPS.options[:3])

    assert counts_now(PLAIN, DOSE, "a") is None
    assert counts_now(STEPS, shorter, "a b c d") is None
    assert counts_now(PLAIN, replace(PLAIN, options=PLAIN.options[1:]), "a") is None
    assert counts_now(PLAIN, PLAIN, None) is None
