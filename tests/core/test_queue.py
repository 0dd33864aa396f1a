from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.core.items import Item, Option
from trainer.core.items.given import shown_order
from trainer.core.queue import (
    Answer,
    Ask,
    ComeBack,
    Finished,
    Missed,
    Seen,
    choose_variant,
    interleave,
    missed_today,
    next_step,
    repeatable,
)

DAY = date(2026, 1, 10)
NOON = datetime(2026, 1, 10, 12, tzinfo=UTC)


def at(seconds) -> datetime:
    return NOON + timedelta(seconds=seconds)


def ago(days, times=1) -> Seen:
    return Seen(DAY - timedelta(days=days), times)


def answers(text) -> list[Answer]:
    """Answers half a minute apart: "a1- b1+" is a miss on item a1, then b1 right."""
    return [
        Answer(word[0], word[:-1], at(30 * n), again_today=word[-1] == "-")
        for n, word in enumerate(text.split())
    ]


def bank(*concepts, size=5) -> dict[str, list[str]]:
    return {concept: [f"{concept}{n}" for n in range(1, size + 1)] for concept in concepts}


def others(n) -> str:
    return " ".join(f"{letter}1+" for letter in "bcdefghijklm"[:n])


def soon(given) -> datetime:
    return given[-1].at + timedelta(seconds=1)


# Which variant


def test_an_item_never_answered_comes_first():
    seen = {"x1": ago(90), "x2": ago(1), "x4": ago(40)}

    assert choose_variant(["x1", "x2", "x3", "x4"], seen, DAY, "s") == "x3"


def test_then_the_one_answered_longest_ago_whatever_its_showings():
    seen = {"x1": ago(3, 1), "x2": ago(20, 9), "x3": ago(5, 1)}

    assert choose_variant(["x1", "x2", "x3"], seen, DAY, "s") == "x2"


def test_then_the_one_shown_least():
    for less, more in (("x1", "x2"), ("x2", "x1")):
        seen = {more: ago(3, 4), less: ago(3, 2)}

        assert choose_variant(["x1", "x2"], seen, DAY, "s") == less
        assert choose_variant(["x1", "x2"], {more: Seen(None, 1)}, DAY, "s") == less


def test_then_the_seed_decides_and_always_the_same_way():
    codes = [f"x{n}" for n in range(6)]
    chosen = [choose_variant(codes, {}, DAY, f"seed-{n}") for n in range(60)]

    assert set(codes) == set(chosen)
    assert chosen == [choose_variant(codes[::-1], {}, DAY, f"seed-{n}") for n in range(60)]


def test_an_item_is_not_shown_twice_on_one_day_unless_it_is_the_only_one():
    assert choose_variant(["x1", "x2"], {"x1": ago(0), "x2": ago(1, 50)}, DAY, "s") == "x2"
    assert choose_variant(["x1", "x2"], {"x1": ago(0), "x2": ago(0)}, DAY, "s") is None
    assert choose_variant(["x1"], {"x1": ago(0)}, DAY, "s") == "x1"
    assert choose_variant([], {}, DAY, "s") is None


# Option order


def question(fixed_order) -> Item:
    options = tuple(Option(id, id, id == "A", "") for id in "ABCD")
    return Item(
        "q-17", "c", "single_best_answer", 1, "apply", "", "Which?", options, "", (), "", "",
        fixed_order, "bank",
    )  # fmt: skip


@pytest.mark.parametrize(("attempt", "order"), [("att-1", "BDAC"), ("att-2", "DBCA")])
def test_options_are_shuffled_per_attempt(attempt, order):
    assert tuple(order) == shown_order(question(fixed_order=False), attempt)


def test_options_whose_order_carries_meaning_stay_as_written():
    assert shown_order(question(fixed_order=True), "att-1") == ("A", "B", "C", "D")


# Mixing


@pytest.mark.parametrize(
    ("ranked", "expected"),
    [
        ("A1 A2 A3 B1 B2", "A1 A2 B1 A3 B2"),
        ("A1 A2 A3 A4", "A1 A2 A3 A4"),
        ("A1 B1 A2 A3 A4 C1", "A1 B1 A2 A3 C1 A4"),
        ("", ""),
    ],
)
def test_a_third_card_in_a_row_waits_while_another_domain_is_there(ranked, expected):
    assert expected.split() == interleave(ranked.split(), lambda one: one[0])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from("ABC"), max_size=15))
def test_mixing_keeps_every_card_and_the_order_within_a_domain(domains):
    ranked = list(enumerate(domains))
    mixed = interleave(ranked, lambda one: one[1])

    assert Counter(ranked) == Counter(mixed)
    for domain in "ABC":
        assert [o for o in ranked if o[1] == domain] == [o for o in mixed if o[1] == domain]
    for n in range(2, len(mixed)):
        third_in_row = len({domain for _, domain in mixed[n - 2 : n + 1]}) == 1
        others_wait = {domain for _, domain in mixed[n:]} != {mixed[n][1]}
        assert not (third_in_row and others_wait)


# What was missed


def test_a_miss_stays_open_until_it_is_answered_right_once():
    given = answers("a1- b1+ a2- c1- a3+ b2-")

    assert missed_today(given) == [Missed("c", at(90), 2, 0), Missed("b", at(150), 0, 0)]


def test_repeats_are_counted_over_the_whole_day():
    assert missed_today(answers("a1- a2- b1+ a3-")) == [Missed("a", at(90), 0, 2)]
    assert missed_today(answers("a1- a2+ a3- a4-"))[0].repeats == 2


# What comes next


def test_a_sitting_starts_with_its_plan_in_order():
    assert next_step(["b", "a"], [], bank("a", "b"), NOON) == Ask("b", is_repeat=False)


def test_after_an_answer_the_next_planned_concept_comes():
    given = answers("b1+ a1-")

    assert next_step("bac", given, bank(*"abc"), soon(given)) == Ask("c", is_repeat=False)


def test_a_miss_waits_for_ten_other_cards():
    plan = "abcdefghijklm"
    nine, ten = answers("a1- " + others(9)), answers("a1- " + others(10))

    assert next_step(plan, nine, bank(*plan), soon(nine)) == Ask("k", is_repeat=False)
    assert next_step(plan, ten, bank(*plan), soon(ten)) == Ask("a", is_repeat=True)


def test_or_for_ten_minutes():
    given = answers("a1- b1+")

    assert next_step("abc", given, bank(*"abc"), at(599)) == Ask("c", is_repeat=False)
    assert next_step("abc", given, bank(*"abc"), at(600)) == Ask("a", is_repeat=True)


def test_of_two_rested_misses_the_older_comes_first():
    given = answers("b1- a1- c1+")

    assert next_step("bac", given, bank(*"abc"), at(3600)) == Ask("b", is_repeat=True)


def test_a_second_miss_rests_again_from_its_own_moment():
    given = answers("a1- " + others(10) + " a2-")

    assert next_step("a", given, bank("a"), soon(given)) == ComeBack(at(330 + 600), ("a",))


def test_one_right_answer_a_day_is_enough():
    given = answers("a1- " + others(10) + " a2+")

    assert next_step("abcdefghijk", given, bank(*"abcdefghijk"), at(9000)) == Finished()


def test_a_missed_card_is_repeated_three_times_a_day_at_most():
    two, three = answers("a1- a2- a3-"), answers("a1- a2- a3- a4-")

    assert next_step("a", two, bank("a"), at(9000)) == Ask("a", is_repeat=True)
    assert next_step("a", three, bank("a"), at(9000)) == Finished()
    assert next_step("ab", three, bank("a", "b"), at(9000)) == Ask("b", is_repeat=False)
    assert [one.concept for one in repeatable(two, bank("a"))] == ["a"]
    assert repeatable(three, bank("a")) == []
    assert repeatable(two, {}) == []


def test_with_only_fresh_misses_left_the_sitting_ends_until_the_first_has_rested():
    given = answers("a1- b1- c1+")

    assert next_step("abc", given, bank(*"abc"), soon(given)) == ComeBack(at(600), ("a", "b"))


def test_an_empty_plan_and_no_misses_is_finished():
    assert next_step([], [], {}, NOON) == Finished()
    assert next_step("ab", answers("a1+ b1+"), bank("a", "b"), at(60)) == Finished()


def test_a_concept_whose_items_are_used_up_today_is_passed_over():
    used = answers("a1- a2-")

    assert next_step("a", used, bank("a", size=2), at(9000)) == Finished()
    assert next_step("a", used[:1], bank("a", size=1), at(9000)) == Ask("a", is_repeat=True)
    assert next_step("ab", [], bank("b"), NOON) == Ask("b", is_repeat=False)


def test_an_earlier_sitting_leaves_its_misses_but_does_not_use_up_the_new_plan():
    earlier = [
        Answer("a", "a1", at(0), again_today=False, in_sitting=False),
        Answer("b", "b1", at(30), again_today=True, in_sitting=False),
    ]

    assert next_step("ba", earlier, bank("a", "b"), at(60)) == Ask("a", is_repeat=False)
    assert next_step("ba", earlier, bank("a", "b"), at(900)) == Ask("b", is_repeat=True)
    assert next_step("b", earlier, bank("b"), at(60)) == ComeBack(at(630), ("b",))


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 6), st.integers(1, 4), st.lists(st.booleans(), max_size=40), st.integers(5, 700)
)
def test_every_sitting_ends_and_shows_no_item_twice(concepts, size, misses, pace_s):
    plan = "abcdef"[:concepts]
    items, now, given = bank(*plan, size=size), NOON, []
    outcomes = iter(misses)
    seen: dict[str, Seen] = {}
    while True:
        step = next_step(plan, given, items, now)
        if isinstance(step, Finished):
            break
        if isinstance(step, ComeBack):
            assert now < step.at
            now = step.at
            continue
        item = choose_variant(items[step.concept], seen, DAY, "s")
        assert item is not None
        seen[item] = Seen(DAY, seen.get(item, Seen(None, 0)).times + 1)
        given.append(Answer(step.concept, item, now, again_today=next(outcomes, False)))
        now += timedelta(seconds=pace_s)

    shown = Counter(answer.item_code for answer in given)
    asked = Counter(answer.concept for answer in given)
    assert set(plan) == set(asked)
    assert all(count <= 4 for count in asked.values())
    assert size == 1 or all(count == 1 for count in shown.values())
