from fractions import Fraction

import pytest

from trainer.core.rating import (
    Outcome,
    Pace,
    Rated,
    Rating,
    is_rapid,
    rapid_limit_s,
    rate,
    rt_ratio,
)

AGAIN, HARD, GOOD, EASY = Rating
HALF = Fraction(1, 2)


def outcome(score=1, confidence=3, **more) -> Outcome:
    return Outcome(score=Fraction(score), confidence=confidence, **more)


@pytest.mark.parametrize(
    ("given", "rating", "rule"),
    [
        pytest.param(outcome(rt_ratio=0.6), EASY, "R9", id="A2-01"),
        pytest.param(outcome(rt_ratio=0.9), GOOD, "R10", id="A2-02"),
        pytest.param(outcome(), GOOD, "R10", id="A2-03"),
        pytest.param(outcome(confidence=2), HARD, "R7", id="A2-04"),
        pytest.param(outcome(confidence=1), AGAIN, "R6", id="A2-05"),
        pytest.param(outcome(0), AGAIN, "R4", id="A2-06"),
        pytest.param(outcome(HALF), AGAIN, "R4", id="A2-07"),
        pytest.param(outcome(hint=1), HARD, "R7", id="A2-08"),
        pytest.param(outcome(hint=2), AGAIN, "R5", id="A2-09"),
        pytest.param(outcome(rapid=True), None, "R3", id="A2-10"),
        pytest.param(outcome(0, None, rapid=True), AGAIN, "R3", id="A2-11"),
        pytest.param(outcome(0, None, skipped=True), AGAIN, "R2", id="A2-12"),
        pytest.param(outcome(0, None, not_reached=True), None, "R1", id="A2-13"),
        pytest.param(outcome(1, None, mode="exam"), GOOD, "R10", id="A2-14"),
        pytest.param(outcome(1, None, mode="exam", flagged=True), HARD, "R7", id="A2-15"),
        pytest.param(outcome(same_item_days=3, rt_ratio=0.5), HARD, "R8", id="A2-16"),
        pytest.param(outcome(same_item_days=20, rt_ratio=0.5), GOOD, "R10", id="A2-17"),
        pytest.param(outcome(same_item_days=45, rt_ratio=0.5), EASY, "R9", id="A2-18"),
    ],
)
def test_the_worked_rows_of_the_design(given, rating, rule):
    rated = rate(given)

    assert (rating, rule) == (rated.rating, rated.rule)


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        (outcome(0, None, not_reached=True, skipped=True), "R1"),
        (outcome(0, None, skipped=True, rapid=True), "R2"),
        (outcome(0, rapid=True), "R3"),
        (outcome(0, 1, hint=3), "R4"),
        (outcome(1, 1, hint=2), "R5"),
        (outcome(1, 1, hint=1), "R6"),
        (outcome(1, 2, same_item_days=3), "R7"),
        (outcome(1, 3, same_item_days=3, rt_ratio=0.5), "R8"),
    ],
)
def test_the_first_rule_that_applies_wins(given, rule):
    assert rule == rate(given).rule


@pytest.mark.parametrize(
    ("days", "rating"), [(0, GOOD), (1, HARD), (7, HARD), (8, GOOD), (30, GOOD), (31, EASY)]
)
def test_the_same_item_caps_for_a_week_and_blocks_easy_for_a_month(days, rating):
    assert rating == rate(outcome(same_item_days=days, rt_ratio=0.5)).rating


@pytest.mark.parametrize(
    ("given", "rating"),
    [
        (outcome(rt_ratio=0.75), EASY),
        (outcome(rt_ratio=0.7501), GOOD),
        (outcome(rt_ratio=0.5, mode="review"), EASY),
        (outcome(rt_ratio=0.5, mode="exam"), GOOD),
        (outcome(confidence=None, rt_ratio=0.5), GOOD),
        (outcome(rt_ratio=9.0), GOOD),
        (outcome(flagged=True), GOOD),
    ],
)
def test_easy_needs_certainty_practice_and_own_pace_and_slowness_costs_nothing(given, rating):
    assert rating == rate(given).rating


def test_only_a_right_guess_is_lucky():
    assert rate(outcome(1, 1)) == Rated(rating=AGAIN, rule="R6", lucky=True, again_today=True)
    assert not rate(outcome(0, 1)).lucky


def test_only_a_fully_wrong_answer_given_as_certain_is_a_misconception():
    assert rate(outcome(0, 3)).misconception
    assert not rate(outcome(HALF, 3)).misconception
    assert not rate(outcome(0, 2)).misconception
    assert not rate(outcome(0, None)).misconception
    assert not rate(outcome(0, 3, rapid=True)).misconception
    assert not rate(outcome(0, 3, skipped=True)).misconception


def test_what_was_not_recalled_comes_again_today():
    assert rate(outcome(0)).again_today
    assert rate(outcome(rapid=True)).again_today
    assert rate(outcome(0, None, skipped=True)).again_today
    assert not rate(outcome(0, None, not_reached=True)).again_today
    assert not rate(outcome(1, 2)).again_today
    assert not rate(outcome()).again_today


@pytest.mark.parametrize(
    ("words", "timings", "mean_s", "limit_s"),
    [
        (60, 0, 0.0, 2.0),
        (60, 29, 48.0, 2.0),
        (60, 30, 48.0, 4.8),
        (60, 30, 150.0, 10.0),
        (60, 30, 12.0, 2.0),
        (140, 0, 0.0, 4.0),
    ],
)
def test_the_rapid_limit_follows_the_item_and_is_capped(words, timings, mean_s, limit_s):
    assert limit_s == pytest.approx(rapid_limit_s(words, timings, mean_s))


def test_rapid_is_below_the_limit_and_never_under_an_accommodation():
    assert is_rapid(1999, 2.0, accommodated=False)
    assert not is_rapid(2000, 2.0, accommodated=False)
    assert not is_rapid(100, 2.0, accommodated=True)


def test_own_pace_is_known_after_thirty_answers_and_never_under_an_accommodation():
    assert rt_ratio(18_000, 48, Pace(30, 0.5)) == 0.75
    assert rt_ratio(18_000, 48, Pace(29, 0.5)) is None
    assert rt_ratio(18_000, 48, Pace(30, 0.5, accommodated=True)) is None
    assert rt_ratio(18_000, 0, Pace(30, 0.5)) is None
    assert rt_ratio(18_000, 48, Pace(30, 0.0)) is None
