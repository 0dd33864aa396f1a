import json
import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.core.constants import DEFAULTS
from trainer.core.memory import CardState, interval, load_window, retrievability, review, spread
from trainer.core.rating import Rated, Rating

AGAIN, HARD, GOOD, EASY = Rating
DAY = date(2026, 1, 10)
VECTORS = json.loads((Path(__file__).parent / "fsrs_vectors.json").read_text("utf-8"))


def rated(rating, **more) -> Rated:
    return Rated(rating=rating, rule="R10", **more)


def after(n) -> date:
    return DAY + timedelta(days=n)


def card_after(*steps):
    """The card after (day offset, rating) pairs, and the record of the last review."""
    card, record = None, None
    for offset, rating in steps:
        card, record = review(card, rated(rating), after(offset))
    return card, record


def known(s=10.0, d=5.0, **more) -> CardState:
    return CardState(s=s, d=d, last_day=DAY, due_day=after(10), **more)


# The curve


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, 1), (1, 0.9857), (5, 0.9403), (10, 0.9), (20, 0.8459), (30, 0.8094), (60, 0.7427),
     (90, 0.7031)],
)  # fmt: skip
def test_the_forgetting_curve_at_stability_ten(days, expected):
    assert expected == pytest.approx(retrievability(10, days), abs=5e-5)


def test_the_curve_takes_parts_of_days_and_starts_at_one():
    assert retrievability(10, 1) < retrievability(10, 0.5) < 1
    assert retrievability(10, -3) == 1


@pytest.mark.parametrize(
    ("retention", "days"), [(0.80, 33), (0.85, 19), (0.90, 10), (0.92, 7), (0.95, 4), (0.97, 2)]
)
def test_intervals_at_stability_ten_by_desired_retention(retention, days):
    assert days == interval(10, replace(DEFAULTS, desired_retention=retention))


def test_intervals_stay_between_one_day_and_the_maximum():
    assert interval(0.001) == 1
    assert interval(36_500) == 180


# The model


@pytest.mark.parametrize(
    ("steps", "s", "d", "days"),
    [
        ([(0, AGAIN)], 0.2120, 6.4133, 1),
        ([(0, HARD)], 1.2931, 5.1122, 1),
        ([(0, GOOD)], 2.3065, 2.1181, 2),
        ([(0, EASY)], 8.2956, 1.0000, 8),
        ([(0, AGAIN), (0, GOOD)], 0.2467, 6.4021, 1),
        ([(0, AGAIN), (0, GOOD), (1, GOOD)], 2.0215, 6.3909, 2),
        ([(0, GOOD), (2, AGAIN)], 0.6076, 7.3945, 1),
        ([(0, GOOD), (2, HARD)], 7.5133, 4.7529, 8),
        ([(0, GOOD), (2, GOOD)], 10.9643, 2.1112, 11),
        ([(0, GOOD), (2, GOOD), (13, GOOD)], 46.2802, 2.1043, 46),
        ([(0, GOOD), (2, GOOD), (13, GOOD), (59, GOOD)], 162.8622, 2.0975, 163),
    ],
)
def test_the_worked_histories_of_the_design(steps, s, d, days):
    card, _ = card_after(*steps)

    assert (s, d) == pytest.approx((card.s, card.d), abs=5e-5)
    assert after(steps[-1][0] + days) == card.due_day


@pytest.mark.parametrize(
    ("rating", "s", "d", "days"),
    [(AGAIN, 1.3920, 8.3418, 1), (HARD, 23.2469, 6.6660, 23), (GOOD, 32.0267, 4.9902, 32),
     (EASY, 51.2539, 3.3145, 51)],
)  # fmt: skip
def test_a_card_of_stability_ten_after_ten_days(rating, s, d, days):
    card, record = review(known(), rated(rating), after(10))

    assert (s, d) == pytest.approx((card.s, card.d), abs=5e-5)
    assert (after(10 + days), 0.9) == (card.due_day, pytest.approx(record.r_before))


def test_a_miss_after_ten_days_relearned_the_same_day():
    missed, _ = review(known(), rated(AGAIN), after(10))
    card, _ = review(missed, rated(GOOD), after(10))

    assert pytest.approx((card.s, card.d), abs=5e-5) == (1.4311, 8.3286)
    assert after(11) == card.due_day


@pytest.mark.parametrize(
    ("steps", "r"),
    [([(0, GOOD), (2, AGAIN)], 0.9095), ([(0, GOOD), (2, GOOD), (13, GOOD)], 0.8998),
     ([(0, GOOD), (2, GOOD), (13, GOOD), (59, GOOD)], 0.9004), ([(0, GOOD), (0, GOOD)], 1)],
)  # fmt: skip
def test_recall_before_a_review_is_recorded(steps, r):
    assert r == pytest.approx(card_after(*steps)[1].r_before, abs=5e-5)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_the_library_still_gives_the_recorded_memory(vector):
    card = None
    for offset, rating, s, d, days in vector["steps"]:
        card, _ = review(card, rated(Rating(rating)), after(offset))

        assert (s, d) == pytest.approx((card.s, card.d), abs=1e-6)
        assert after(offset + days) == card.due_day


def test_a_first_review_has_nothing_before_it():
    card, record = card_after((0, GOOD))

    assert (
        record.elapsed_days, record.r_before, record.s_before, record.d_before
    ) == (None, None, None, None)  # fmt: skip
    assert (card.s, card.d, card.due_day) == (record.s_after, record.d_after, record.due_day)
    assert (card.reps, card.lapses, card.lucky, card.last_day) == (1, 0, 0, DAY)


def test_a_review_leaves_the_card_it_was_given_alone():
    before = known()
    _, record = review(before, rated(GOOD), after(10))

    assert before == known()
    assert (record.elapsed_days, record.s_before, record.d_before) == (10, 10.0, 5.0)


def test_a_review_draws_nothing_from_the_global_random_numbers():
    before = random.getstate()
    review(known(), rated(GOOD), after(10))

    assert before == random.getstate()


def test_an_answer_without_a_rating_is_no_review():
    with pytest.raises(ValueError, match="rating"):
        review(None, rated(None), DAY)


def test_an_earlier_date_after_travel_west_counts_as_the_same_day():
    card, record = review(known(), rated(GOOD), after(-1))
    same_day, _ = review(known(), rated(GOOD), DAY)

    assert card == same_day
    assert (record.elapsed_days, card.last_day) == (0, DAY)


def test_stability_is_clamped_at_a_hundred_years():
    card, _ = review(known(s=36_000.0, d=1.0), rated(EASY), after(20_000))

    assert card.s == 36_500
    assert after(20_000 + 180) == card.due_day


# Counts and misconceptions


def test_a_lapse_is_a_miss_on_a_later_day_and_never_a_lucky_one():
    assert card_after((0, AGAIN), (0, AGAIN))[0].lapses == 0
    assert card_after((0, GOOD), (1, AGAIN))[0].lapses == 1
    assert card_after((0, GOOD), (1, AGAIN), (1, AGAIN))[0].lapses == 1
    assert card_after((0, GOOD), (1, HARD))[0].lapses == 0

    lucky, _ = review(known(), rated(AGAIN, lucky=True), after(5))

    assert (lucky.lapses, lucky.lucky, lucky.reps) == (0, 1, 2)


def test_a_misconception_brings_the_next_review_within_three_days():
    strong = known(s=3000.0, d=1.0)
    plain, _ = review(strong, rated(AGAIN), after(900))
    card, record = review(strong, rated(AGAIN, misconception=True), after(900))

    assert plain.due_day > after(903)
    assert after(903) == card.due_day == record.due_day == card.misconception_until


def test_answering_right_the_same_day_does_not_lift_the_misconception_but_a_later_day_does():
    strong = known(s=3000.0, d=1.0)
    wrong, _ = review(strong, rated(AGAIN, misconception=True), after(900))
    repeated, _ = review(wrong, rated(GOOD), after(900))
    later, _ = review(repeated, rated(GOOD), after(903))

    assert after(903) == repeated.due_day == repeated.misconception_until
    assert later.misconception_until is None
    assert later.due_day > after(906)


def test_a_misconception_never_delays_a_card_that_is_due_sooner():
    card, _ = review(None, rated(AGAIN, misconception=True), DAY)

    assert (after(1), after(3)) == (card.due_day, card.misconception_until)


def test_a_scenario_error_makes_the_card_due_the_same_day():
    card, record = review(known(), rated(AGAIN, due_today=True), after(4))

    assert after(4) == card.due_day == record.due_day


# Spreading the load


@pytest.mark.parametrize(
    ("days", "low", "high"),
    [(0, 0, 0), (1, 1, 1), (2, 2, 2), (3, 2, 4), (7, 5, 9), (11, 9, 13), (15, 13, 17),
     (20, 17, 23), (46, 42, 50), (100, 93, 107), (180, 169, 180)],
)  # fmt: skip
def test_the_windows_of_the_design(days, low, high):
    assert (low, high) == load_window(days)


def due_after(counts, not_after=None, **more) -> int:
    busy = {after(n): count for n, count in counts.items()}
    card = replace(known(), due_day=after(7), **more)
    return (spread(card, busy, not_after).due_day - DAY).days


def test_a_card_moves_to_the_least_busy_day_of_its_window():
    assert due_after({5: 3, 6: 3, 7: 3, 8: 3, 9: 2}) == 9
    assert due_after({4: 0, 5: 3, 6: 3, 7: 3, 8: 3, 9: 3, 10: 0}) == 7


def test_ties_go_to_the_day_nearest_the_ideal_then_to_the_earlier():
    assert due_after({}) == 7
    assert due_after({7: 1}) == 6
    assert due_after({6: 1, 7: 1}) == 8


def test_a_card_is_never_moved_past_the_exam():
    assert due_after({5: 4, 6: 4, 7: 4}, not_after=after(7)) == 7
    assert due_after({5: 4}, not_after=after(6)) == 6
    assert due_after({}, not_after=after(2)) == 7


def test_a_misconception_card_is_never_moved():
    assert due_after({7: 9}, misconception_until=after(7)) == 7


# Properties

histories = st.lists(
    st.tuples(st.integers(0, 200), st.sampled_from(list(Rating))), min_size=1, max_size=8
)


@settings(max_examples=40, deadline=None)
@given(histories)
def test_memory_stays_in_its_limits_and_its_due_day_is_the_interval(gaps):
    card, offset = None, 0
    for gap, rating in gaps:
        offset += gap
        card, record = review(card, rated(rating), after(offset))

        assert 0.001 <= card.s <= 36_500
        assert 1 <= card.d <= 10
        assert interval(card.s) == (card.due_day - card.last_day).days
        assert record.r_before is None or 0 < record.r_before <= 1
    assert len(gaps) == card.reps


@settings(max_examples=40, deadline=None)
@given(st.floats(0.01, 36_500), st.floats(1, 10), st.integers(0, 400))
def test_a_better_rating_never_leaves_less_stability(s, d, days):
    stabilities = [review(known(s, d), rated(rating), after(days))[0].s for rating in Rating]

    assert sorted(stabilities) == stabilities


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 180), st.dictionaries(st.integers(0, 200), st.integers(0, 9), max_size=20))
def test_spreading_stays_in_the_window_and_never_meets_a_busier_day(days, counts):
    busy = {after(n): count for n, count in counts.items()}
    low, high = load_window(days)
    moved = spread(replace(known(), due_day=after(days)), busy).due_day

    assert after(low) <= moved <= after(high)
    assert busy.get(moved, 0) <= busy.get(after(days), 0)
