"""Rules on whole banks (K01 to K09) and the search for near duplicates (I35, G/J16)."""

from dataclasses import replace

import pytest

from tests.content.build import ITEM, make_item
from trainer.content.lint import lint_bank, lint_whole, near_duplicates
from trainer.core.items import Item

SHORT_KEY = ["Read it again later", "Record it as negative", "Record it as positive", "Repeat it"]


def bank(*keys: int, **changes: object) -> list[Item]:
    return [make_item(_with_key_short(key), key=key, **changes) for key in keys]


def _with_key_short(key: int) -> list[str]:
    wrong = iter(SHORT_KEY[:3])
    return [SHORT_KEY[3] if place == key else next(wrong) for place in range(4)]


def rules(items: list[Item]) -> list[str]:
    return [remark.rule for remark in lint_bank(items)]


def test_a_spread_bank_has_nothing_to_say_against_it():
    assert rules(bank(*[0, 1, 2, 3] * 6)) == []


def test_four_keys_in_one_place_in_a_row_are_too_many():
    assert rules(bank(1, 2, 2, 2, 0)) == []

    remarks = list(lint_bank(bank(1, 2, 2, 2, 2, 0)))

    assert [(remark.rule, remark.index) for remark in remarks] == [("K01", 1)]


def test_uneven_key_places_are_found_by_chi_square():
    assert rules(bank(*[0, 1] * 9, 2, 3, 0, 1)) == ["K01"]


def test_keys_that_are_the_longest_too_often_are_found():
    short = bank(*[0, 1, 2, 3] * 2)
    long = [make_item(["Wait", "Call", "Look at the whole device", "Go"], key=2)]

    assert rules([*short, *long, *short[:1], *long]) == []
    assert "K02" in rules([*short[:6], *long, *short[:1], *long, *short[1:2], *long, *long])


def test_absolute_words_in_many_distractors_are_found():
    cue = make_item(["Always wait", "Call", "Look", "Repeat it"], key=1)
    plain = bank(*[0, 1, 2, 3] * 3)

    assert rules([*plain, cue]) == []
    assert "K04" in rules([cue, plain[0], cue, *plain[2:]])


def test_a_name_stands_for_one_patient_only():
    items = bank(0, 1, 2, 3)
    named = [replace(item, stem="Ms. Rivera waits.") for item in items[:2]]

    remarks = list(lint_bank([*items, *named]))

    assert [(remark.rule, remark.index) for remark in remarks] == [("K08", 5)]


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        (["apply"] * 6 + ["analyze"] * 2 + ["remember"] * 2, []),
        (["understand"] * 6 + ["apply"] * 4, ["K06"]),
        (["remember"] * 4 + ["apply"] * 6, ["K06"]),
    ],
)
def test_most_items_ask_for_more_than_recall(levels, expected):
    difficulties = [1, 1, 1, 2, 2, 2, 2, 2, 3, 3]
    items = [
        replace(ITEM, bloom=bloom, difficulty=difficulty)
        for bloom, difficulty in zip(levels, difficulties, strict=True)
    ]

    assert expected == [remark.rule for remark in lint_whole(items)]


def test_difficulties_are_spread():
    items = [replace(ITEM, difficulty=2)] * 10

    assert [remark.rule for remark in lint_whole(items)] == ["K07"] * 3


def test_negative_items_are_rare():
    good = [replace(ITEM, difficulty=d) for d in (1, 1, 1, 2, 2, 2, 2, 2, 3)]
    bad = replace(ITEM, difficulty=3, lead_in="Which step is NOT yours?")

    assert [remark.rule for remark in lint_whole([*good, bad])] == ["K09"]


def test_an_item_that_differs_in_punctuation_only_is_the_same():
    other = replace(ITEM, stem=ITEM.stem.replace(".", " !").upper())

    assert list(near_duplicates([ITEM, other])) == [(0, 1, 1.0)]


def test_a_changed_word_makes_a_near_duplicate_and_a_new_text_none():
    near = replace(ITEM, stem=ITEM.stem.replace("influenza", "strep"))
    other = replace(
        make_item(["Gown", "Mask", "Apron"]), stem="A child coughs.", lead_in="Which comes first?"
    )

    found = list(near_duplicates([near, other, ITEM]))

    assert [pair[:2] for pair in found] == [(0, 2)]
    assert 0.70 <= found[0][2] < 1


def test_the_order_of_options_hides_no_duplicate():
    turned = replace(ITEM, options=ITEM.options[::-1])

    assert list(near_duplicates([ITEM, turned])) == [(0, 1, 1.0)]


def test_no_pair_is_missed_compared_with_trying_all():
    words = [f"w{n}" for n in range(60)]
    items = [
        replace(ITEM, stem=" ".join(words[start : start + 40]), lead_in="", options=())
        for start in range(0, 20, 2)
    ]

    found = {pair[:2] for pair in near_duplicates(items)}

    def runs(item: Item) -> set[tuple[str, ...]]:
        said = item.stem.split()
        return {tuple(said[i : i + 3]) for i in range(len(said) - 2)}

    expected = {
        (i, j)
        for i in range(len(items))
        for j in range(i + 1, len(items))
        if len(runs(items[i]) & runs(items[j])) / len(runs(items[i]) | runs(items[j])) >= 0.70
    }
    assert expected == found
    assert expected
