"""How much fits into a day, and the order of new ideas, in plain values."""

import pytest

from trainer.core.outline.concepts import Concept
from trainer.services.practice.dayplan import (
    choose_new,
    count_that_fit,
    minutes,
    new_today,
    review_seconds,
)


def make_concepts(text: str) -> dict[str, Concept]:
    """`a/x a/y<a/x`: area and code, and the codes it builds on."""
    found = {}
    for word in text.split():
        head, *before = word.split("<")
        area, code = head.split("/")
        found[code] = Concept(code, code, "", area, (), tuple(before), "bank")
    return found


@pytest.mark.parametrize(("recall", "seconds"), [(1.0, 35), (0.0, 80), (0.9, 39.5)])
def test_a_review_costs_more_the_less_is_recalled(recall, seconds):
    assert review_seconds(recall) == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("budget", "count"), [(0, 0), (-5, 0), (1, 1), (40, 1), (80, 2), (119, 2), (120, 3)]
)
def test_cards_are_taken_in_order_until_the_time_is_used(budget, count):
    assert count_that_fit([40, 40, 40], budget) == count


def test_nothing_due_fits_into_any_time():
    assert count_that_fit([], 600) == 0


@pytest.mark.parametrize(
    ("unseen", "budget", "due", "exam", "new"),
    [
        (400, 1500, 600, 60, 6),
        (5, 1500, 600, 20, 5),
        (50, 1500, 600, 7, 0),
        (50, 1500, 600, 8, 6),
        (50, 1500, 600, None, 6),
        # Reviews beyond half of the minutes wait, so that new ideas keep the other half.
        (50, 600, 1400, 60, 4),
        (50, 60, 0, 60, 0),
        (50, 0, 0, 60, 0),
    ],
)
def test_new_ideas_fill_what_the_reviews_leave(unseen, budget, due, exam, new):
    assert new_today(unseen, budget, due, exam) == new


def test_minutes_are_shown_whole_and_never_as_none():
    assert [minutes(s) for s in (0, 29, 89, 91, 870)] == [1, 1, 1, 2, 14]


def test_new_ideas_come_in_blocks_of_three_from_one_area():
    concepts = make_concepts("a/a1 a/a2 a/a3 a/a4 b/b1 b/b2")

    assert choose_new(concepts, [], 6) == ["a1", "a2", "a3", "b1", "b2", "a4"]
    assert choose_new(concepts, [], 4) == ["a1", "a2", "a3", "b1"]


def test_the_area_that_is_known_least_comes_first():
    concepts = make_concepts("a/a1 a/a2 b/b1 b/b2 c/c1")

    assert choose_new(concepts, ["a1"], 2) == ["b1", "b2"]
    assert choose_new(concepts, ["b1", "c1"], 2) == ["a1", "a2"]


def test_what_an_idea_builds_on_comes_before_it():
    concepts = make_concepts("a/a1<z2 a/a2 z/z1 z/z2<z1")

    assert choose_new(concepts, [], 4) == ["z1", "z2", "a1", "a2"]
    assert choose_new(concepts, ["z1", "z2"], 2) == ["a1", "a2"]


def test_a_circle_of_prerequisites_or_an_unknown_one_does_no_harm():
    concepts = make_concepts("a/a1<a2<nowhere a/a2<a1")

    assert choose_new(concepts, [], 6) == ["a2", "a1"]


def test_nothing_new_is_left_when_all_was_met():
    concepts = make_concepts("a/a1 b/b1")

    assert choose_new(concepts, ["a1", "b1"], 6) == []
    assert choose_new({}, [], 6) == []
