from dataclasses import replace
from fractions import Fraction

import pytest

from tests.core.items.build import DOSE, EVERY, PAIRS, PLAIN, SELECT_ALL, SELECT_TWO, STEPS
from trainer.core.errors import Invalid
from trainer.core.items.given import check, key_of, misses_of, shown_order, written
from trainer.core.items.numbers import read_number


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("0.5", "1/2"), (".5", "1/2"), ("1/2", "1/2"), ("1 1/2", "3/2"), ("1,000", "1000"),
        ("12,500.5", "25001/2"), ("5 mL", "5"), ("5mL", "5"), ("5 ml.", "5"), ("5 ML", "5"),
        ("2.50", "5/2"), ("2.", "2"), (" 7 ", "7"), ("-1.5", "-3/2"), ("−3", "-3"), ("+4", "4"),
        ("007", "7"), ("5 milliliters", "5"),
    ],
)  # fmt: skip
def test_a_clear_number_is_read(typed, value):
    assert read_number(typed, ("mL", "milliliters")) == Fraction(value)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("", "first"), ("   ", "first"), ("five", "digits"), ("1,5", "two ways"),
        ("1,00", "two ways"), ("0,500", "two ways"), ("1,0000", "two ways"), ("5-10", "one number"),
        ("5 or 6", "not two"), ("1/0", "zero"), ("1/2/3", "digits"), ("1.2.3", "digits"),
        ("5 mg", "in mL"), ("5 L", "in mL"), ("1e3", "not two"), ("٣", "digits"), ("５", "digits"),
        ("0x10", "not two"), ("9" * 41, "at most 40"), (".", "digits"), ("1 2", "digits"),
        ("5;", "in mL"), ("inf", "digits"), ("nan", "digits"),
    ],
)  # fmt: skip
def test_what_could_mean_two_things_is_refused_with_what_to_write(typed, word):
    with pytest.raises(Invalid) as refused:
        read_number(typed, ("mL",))

    assert refused.value.field == "choice"
    assert word in refused.value.message


@pytest.mark.parametrize(
    ("item", "given", "word"),
    [
        (PLAIN, "", "Choose an answer"),
        (PLAIN, "a b", "one answer"),
        (SELECT_ALL, "a z", "shown"),
        (SELECT_ALL, "a a", "twice"),
        (SELECT_TWO, "a", "exactly 2; you have chosen 1"),
        (SELECT_TWO, "a b c", "exactly 2; you have chosen 3"),
        (STEPS, "a b c", "its place"),
        (STEPS, "a b c c", "twice"),
        (PAIRS, "a=1 b=2", "1 row has no match"),
        (PAIRS, "a=1", "2 rows have no match"),
        (PAIRS, "a=1 b=2 c=9", "shown"),
        (PAIRS, "a=1 b=2 c", "shown"),
        (PAIRS, "a=1 a=2 b=2 c=1", "shown"),
        (DOSE, "two", "digits"),
    ],
)
def test_an_incomplete_answer_is_refused_in_words(item, given, word):
    with pytest.raises(Invalid) as refused:
        check(item, given)

    assert word in refused.value.message


@pytest.mark.parametrize("item", EVERY, ids=lambda item: item.type)
def test_the_key_and_the_misses_are_answers(item):
    check(item, key_of(item))
    for miss in misses_of(item):
        check(item, miss)
        assert miss != key_of(item)
        assert len(miss) <= 40


def test_values_of_a_form_become_one_text():
    assert written(["c", "a", "b"]) == "c a b"
    assert written([" 5 mL "]) == "5 mL"
    assert written(["a=1", "", "c=2"]) == "a=1 c=2"
    assert written([]) == ""


@pytest.mark.parametrize("attempt", [f"att-{n}" for n in range(40)])
def test_steps_are_never_shown_in_their_right_order(attempt):
    short = replace(STEPS, options=STEPS.options[:3])
    order = shown_order(short, attempt)

    assert sorted(order) == ["a", "b", "c"]
    assert order != ("a", "b", "c")


def test_matching_shows_rows_and_then_partners():
    order = shown_order(PAIRS, "att-1")

    assert sorted(order[:3]) == ["a", "b", "c"]
    assert sorted(order[3:]) == ["1", "2", "3"]
