import pytest

from tests.core.items.build import DOSE, EVERY, PAIRS, PLACE, PLAIN, SELECT_ALL, STEPS
from trainer.core.items.given import key_of, misses_of, shown_order
from trainer.core.items.told import lesson


def lines(item, given, order=("a", "b", "c", "d")):
    known = [one for one in order if one in {option.id for option in item.options}]
    return [(one.role, one.text, one.note) for one in lesson(item, given, known).told]


def test_one_answer_tells_the_key_then_the_own_choice_then_the_others():
    assert lines(PLAIN, "b", ("c", "b", "a")) == [
        ("missed", "Use hand rub", ""),
        ("wrong", "Wash and dry twice", ""),
        ("other", "Nothing", ""),
    ]
    assert lines(PLAIN, "a") == [
        ("right", "Use hand rub", ""),
        ("other", "Wash and dry twice", ""),
        ("other", "Nothing", ""),
    ]


def test_several_answers_tell_what_was_found_missed_and_taken_wrongly():
    assert lines(SELECT_ALL, "a d") == [
        ("right", "Cap", ""),
        ("missed", "Gown", ""),
        ("missed", "Mask", ""),
        ("wrong", "Pen", ""),
    ]


def test_steps_are_told_in_their_right_order_with_the_own_place():
    assert lines(STEPS, "b a c d") == [
        ("wrong", "1. Wash", "You put it at 2"),
        ("wrong", "2. Dry", "You put it at 1"),
        ("right", "3. Glove", ""),
        ("right", "4. Draw", ""),
    ]


def test_rows_are_told_with_their_match():
    assert lines(PAIRS, "a=1 b=3 c=1") == [
        ("right", "Red: Serum", ""),
        ("wrong", "Blue: Citrate", "You chose: EDTA"),
        ("right", "Gold: Serum", ""),
    ]


def test_a_number_is_told_with_its_solution_and_the_error_behind_it():
    assert lines(DOSE, "2.5") == [("right", "2.5 mL", "")]
    assert lines(DOSE, "0.4 mL") == [
        ("missed", "2.5 mL", ""),
        ("wrong", "0.4 mL", "Inverted ratio"),
    ]
    near, far = (lesson(DOSE, given, ()).told[1].why for given in ("3", "250"))
    assert "line by line" in near
    assert "decimal point" in far


def test_a_place_is_told_by_the_number_on_the_drawing():
    assert lines(PLACE, "a")[:2] == [
        ("missed", "Place 2: Thigh", ""),
        ("wrong", "Place 1: Upper arm", ""),
    ]
    assert lesson(PLACE, "a", ("a", "b", "c")).answer == "Place 2: Thigh"


@pytest.mark.parametrize("item", EVERY, ids=lambda item: item.type)
def test_every_part_has_its_reason(item):
    order = shown_order(item, "att-1")
    for given in [key_of(item), *misses_of(item)]:
        told = lesson(item, given, [o for o in order if not o.isdigit()]).told
        assert all(one.why for one in told)
        assert len(told) >= max(len(item.options), 1)
